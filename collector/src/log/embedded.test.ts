// The embedded log on a real lmdb: the shared suite, then what is its own: retention, back-pressure,
// refusals and more than one process.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { logConformance } from '../../test/log/logConformance.ts';
import { createEmbeddedLog, type EmbeddedLogOptions, MAX_VALUE_BYTES } from './embedded.ts';
import { type Log, LogRefusal } from './log.ts';

const DAY_MS = 86_400_000;
const QUIET = { info: () => {}, warn: () => {}, error: () => {} };

logConformance('createEmbeddedLog', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'retour-log-'));
  return {
    open: (now) => createEmbeddedLog({ directory, now, logger: QUIET }),
    remove: () => rm(directory, { recursive: true }),
  };
});

describe('createEmbeddedLog', () => {
  let directory: string;
  let clock: number;
  const open: Log[] = [];

  beforeEach(async () => {
    clock = 1_750_000_000_000;
    directory = await mkdtemp(join(tmpdir(), 'retour-log-'));
  });
  afterEach(async () => {
    for (const log of open.splice(0)) await log.close();
    await rm(directory, { recursive: true });
  });
  const openLog = async (options: Partial<EmbeddedLogOptions> = {}): Promise<Log> => {
    const log = await createEmbeddedLog({ directory, now: () => clock, logger: QUIET, ...options });
    open.push(log);
    return log;
  };

  describe('retention', () => {
    it('trims by size what every group has read, and keeps the size bounded', async () => {
      const log = await openLog({ retention: { beacons: { bytes: 100_000 } } });
      for (let index = 0; index < 300; index += 1) {
        await log.append('beacons', [kilobyte(index)]);
        if (index % 50 === 49) await drain(log, 'writer');
      }
      const kept = await readAll(log);
      expect(kept.at(-1)?.key).toBe('299');
      expect(kept.length).toBeGreaterThan(50);
      expect(kept.length).toBeLessThanOrEqual(100);
    });

    it('refuses at the size limit what would cost a group its unread records, and loses none', async () => {
      const log = await openLog({ retention: { beacons: { bytes: 100_000 } } });
      await drain(log, 'fast');
      await drain(log, 'slow');
      let taken = 0;
      const refusal = await appendUntilRefused(log, () => {
        taken += 1;
      });
      await drain(log, 'fast');
      expect(refusal).toMatchObject({ code: 'log_full' });
      await expect(log.append('beacons', [kilobyte(0)])).rejects.toMatchObject({
        code: 'log_full',
      });
      await expect(log.ready()).rejects.toMatchObject({ code: 'log_full' });
      expect((await readAll(log)).length).toBe(taken);
      await drain(log, 'slow');
      await expect(log.ready()).resolves.toBeUndefined();
      await expect(log.append('beacons', [kilobyte(1)])).resolves.toHaveLength(1);
    });

    it('refuses one append of a group commit without touching its neighbours', async () => {
      const log = await openLog({ retention: { rejected: { bytes: 500 } } });
      const [beacons, rejected] = await Promise.allSettled([
        log.append('beacons', [kilobyte(1)]),
        log.append('rejected', [kilobyte(2)]),
      ]);
      expect(beacons?.status).toBe('fulfilled');
      expect(rejected).toMatchObject({ status: 'rejected', reason: { code: 'log_full' } });
      expect((await readAll(log)).length).toBe(1);
    });

    it('keeps what nobody has read yet, however old, as long as a silent group may live', async () => {
      const log = await openLog({ retention: { beacons: { bytes: 20_000, ms: 1_000 } } });
      await log.append('beacons', [kilobyte(0)]);
      clock += DAY_MS;
      expect(await appendUntilRefused(log)).toMatchObject({ code: 'log_full' });
      expect((await readAll(log))[0]?.key).toBe('0');
    });

    it('stops waiting for a group that was silent for its life time, but not in the grace after a sleep', async () => {
      const log = await openLog({ retention: { beacons: { bytes: 20_000 } } });
      await drain(log, 'gone');
      expect(await appendUntilRefused(log)).toMatchObject({ code: 'log_full' });
      clock += 8 * DAY_MS;
      await expect(log.append('beacons', [kilobyte(1)])).rejects.toMatchObject({
        code: 'log_full',
      });
      for (let minute = 0; minute < 11; minute += 1) {
        clock += 59_000;
        await log.append('beacons', [kilobyte(minute)]).catch(() => {});
      }
      await expect(log.append('beacons', [kilobyte(2)])).resolves.toHaveLength(1);
    });

    it('goes on waiting for a group that runs, even when its handler never succeeds', async () => {
      const options = { retention: { beacons: { bytes: 20_000 } }, groupLifeMs: 120_000 };
      const log = await openLog(options);
      await log.append('beacons', [kilobyte(0)]);
      let tries = 0;
      const consumer = log.consume('beacons', {
        group: 'writer',
        handler: async () => {
          tries += 1;
          throw new Error('the engine is away');
        },
      });
      for (let minute = 0; minute < 4; minute += 1) {
        const before = tries;
        clock += 59_000;
        await log.ready();
        await expect.poll(() => tries, { timeout: 5_000 }).toBeGreaterThan(before);
      }
      expect(await appendUntilRefused(log)).toMatchObject({ code: 'log_full' });
      await consumer.stop();
      expect((await readAll(log))[0]?.key).toBe('0');
    });

    it('never trims the control log: it refuses at its bound', async () => {
      const log = await openLog({ retention: { control: { bytes: 20_000, ms: 1 } } });
      let refusal: unknown;
      let taken = 0;
      while (refusal === undefined && taken < 100) {
        clock += 1_000;
        await log.append('control', [kilobyte(taken)]).then(
          () => {
            taken += 1;
          },
          (error: unknown) => {
            refusal = error;
          },
        );
      }
      expect(refusal).toMatchObject({ code: 'log_full' });
      let kept = 0;
      for await (const _ of log.read('control')) kept += 1;
      expect(kept).toBe(taken);
    });
  });

  it('refuses while the disk has less than the reserve free', async () => {
    const log = await openLog({ reserveBytes: Number.MAX_SAFE_INTEGER });
    const refusal = await log.append('beacons', [kilobyte(0)]).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(LogRefusal);
    expect(refusal).toMatchObject({ code: 'log_full', retryAfterS: 10 });
    await expect(log.ready()).rejects.toMatchObject({ code: 'log_full' });
  });

  it('refuses after it was closed, and closes with its consumers', async () => {
    const log = await openLog();
    await log.append('beacons', [kilobyte(0)]);
    let handled = 0;
    log.consume('beacons', {
      group: 'writer',
      handler: async ({ records }) => {
        handled += records.length;
      },
    });
    await expect.poll(() => handled).toBe(1);
    await log.close();
    open.length = 0;
    await expect(log.append('beacons', [kilobyte(1)])).rejects.toMatchObject({
      code: 'log_failing',
    });
  });

  it('throws at a value beyond its bound, which is a programmer\u2019s error', async () => {
    const log = await openLog();
    const value = new Uint8Array(MAX_VALUE_BYTES + 1);
    await expect(log.append('beacons', [{ key: 'k', value }])).rejects.toThrow(RangeError);
  });

  it('leaves a cursor where it was rewound to while a batch was in hand', async () => {
    const log = await openLog();
    await log.append('beacons', [kilobyte(0)]);
    await drain(log, 'writer');
    await log.append('beacons', [kilobyte(1)]);
    const seen: string[] = [];
    const consumer = log.consume('beacons', {
      group: 'writer',
      handler: async ({ records }) => {
        seen.push(...records.map(({ key }) => key));
        if (seen.length === 1) await log.rewind('beacons', 'writer', 0);
      },
    });
    await expect.poll(() => seen).toEqual(['1', '0', '1']);
    await consumer.stop();
  });

  it('never lets time go back within a topic', async () => {
    const log = await openLog();
    await log.append('beacons', [kilobyte(0)]);
    clock -= 3_600_000;
    await log.append('beacons', [kilobyte(1)]);
    const [first, second] = await readAll(log);
    expect(second?.at).toBe(first?.at);
  });
});

function kilobyte(index: number) {
  return { key: String(index), value: new Uint8Array(1_000) };
}

async function readAll(log: Log) {
  const all: { key: string; at: number }[] = [];
  for await (const { key, at } of log.read('beacons')) all.push({ key, at });
  return all;
}

/** Makes the group known and reads all that there is. */
async function drain(log: Log, group: string): Promise<void> {
  const consumer = log.consume('beacons', { group, handler: async () => {} });
  await expect.poll(async () => (await log.lag('beacons', group)).records).toBe(0);
  await consumer.stop();
}

async function appendUntilRefused(log: Log, onTaken = () => {}): Promise<unknown> {
  for (let index = 1; index <= 1_000; index += 1) {
    try {
      await log.append('beacons', [kilobyte(index)]);
      onTaken();
    } catch (error) {
      return error;
    }
  }
  return undefined;
}
