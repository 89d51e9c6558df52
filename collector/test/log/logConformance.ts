// What every Log must do, as one suite that each implementation passes with its own way of making
// logs. It holds no word of lmdb or Kafka.

import type { Batch, Log, LogRecord, NewRecord, Topic } from '@retour/collector/log';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/** One log's home: everything opened on it shares its records. */
export interface LogHome {
  open(now: () => number): Promise<Log>;
  remove(): Promise<void>;
}

const TOPIC: Topic = 'beacons';
const GROUP = 'writer';
const STARTED_AT = 1_750_000_000_000;
/** An implementation that has to ask a broker gets its time. */
const PATIENCE = { timeout: 15_000, interval: 5 };

export function logConformance(name: string, createHome: () => Promise<LogHome>): void {
  describe(name, () => {
    let home: LogHome;
    let log: Log;
    let clock: number;

    beforeEach(async () => {
      clock = STARTED_AT;
      home = await createHome();
      log = await home.open(() => clock);
    });
    afterEach(async () => {
      await log.close();
      await home.remove();
    });
    const reopen = async () => {
      await log.close();
      log = await home.open(() => clock);
    };
    /** Collects until `count` records have come, then stops. */
    const consumeOnce = async (count: number, group = GROUP): Promise<string[]> => {
      const seen: string[] = [];
      const consumer = log.consume(TOPIC, {
        group,
        handler: async (batch) => {
          seen.push(...batch.records.map(textOf));
        },
      });
      await expect.poll(() => seen.length, PATIENCE).toBeGreaterThanOrEqual(count);
      await consumer.stop();
      return seen;
    };

    describe('append and read', () => {
      it('gives back keys, values and times, in order, with ascending offsets', async () => {
        const positions = await log.append(TOPIC, [record('a', 'view-1'), record('b', 'view-1')]);
        clock += 1_000;
        await log.append(TOPIC, [record('c', 'view-1')]);
        const all = await readAll(log);
        expect(all.map(textOf)).toEqual(['a', 'b', 'c']);
        expect(all.map(({ key }) => key)).toEqual(['view-1', 'view-1', 'view-1']);
        expect(all.slice(0, 2).map(({ partition, offset }) => ({ partition, offset }))).toEqual(
          positions,
        );
        expect(offsetsAscend(all)).toBe(true);
        expect(all[2]?.at).toBeGreaterThanOrEqual(all[0]?.at ?? Number.POSITIVE_INFINITY);
      });

      it('keeps topics apart and bytes as they are', async () => {
        const value = Uint8Array.from({ length: 256 }, (_, byte) => byte);
        await log.append('rejected', [{ key: 'é', value }]);
        await log.append(TOPIC, [record('x')]);
        const rejected = await readAll(log, 'rejected');
        expect(rejected.map(({ key }) => key)).toEqual(['é']);
        expect(Buffer.from(rejected[0]?.value ?? []).equals(value)).toBe(true);
        expect((await readAll(log)).map(textOf)).toEqual(['x']);
        expect(await readAll(log, 'control')).toEqual([]);
      });

      it('takes big and empty values', async () => {
        const big = new Uint8Array(512 * 1024).fill(7);
        await log.append(TOPIC, [
          { key: 'big', value: big },
          { key: '', value: new Uint8Array() },
        ]);
        const all = await readAll(log);
        expect(all.map(({ value }) => value.length)).toEqual([big.length, 0]);
        expect(Buffer.from(all[0]?.value ?? []).equals(big)).toBe(true);
      });

      it('reads from a position, inclusive, to the end as it stood at the call', async () => {
        const [, second] = await log.append(TOPIC, [record('a'), record('b'), record('c')]);
        const seen: string[] = [];
        for await (const one of log.read(TOPIC, second)) {
          seen.push(textOf(one));
          if (seen.length === 1) await log.append(TOPIC, [record('late')]);
        }
        expect(seen).toEqual(['b', 'c']);
      });

      it('appends nothing for no records', async () => {
        expect(await log.append(TOPIC, [])).toEqual([]);
        expect(await readAll(log)).toEqual([]);
      });

      it('keeps every record of many concurrent appends, each append in one piece', async () => {
        const appends = Array.from({ length: 200 }, (_, index) =>
          log.append(TOPIC, [record(`${index}-0`), record(`${index}-1`)]),
        );
        await Promise.all(appends);
        const all = (await readAll(log)).map(textOf);
        expect(new Set(all).size).toBe(400);
        for (let index = 0; index < 400; index += 2)
          expect(all[index + 1]).toBe(all[index]?.replace('-0', '-1'));
      });

      it('still has everything after a restart', async () => {
        await log.append(TOPIC, [record('a')]);
        await reopen();
        await log.append(TOPIC, [record('b')]);
        const all = await readAll(log);
        expect(all.map(textOf)).toEqual(['a', 'b']);
        expect(offsetsAscend(all)).toBe(true);
      });

      it('is ready', async () => {
        await expect(log.ready()).resolves.toBeUndefined();
      });
    });

    describe('consume', () => {
      it('starts a new group at the oldest record and goes on with what comes', async () => {
        await log.append(TOPIC, [record('old')]);
        const seen: string[] = [];
        const consumer = log.consume(TOPIC, {
          group: GROUP,
          handler: async (batch) => {
            seen.push(...batch.records.map(textOf));
          },
        });
        await expect.poll(() => seen, PATIENCE).toEqual(['old']);
        await log.append(TOPIC, [record('new')]);
        await expect.poll(() => seen, PATIENCE).toEqual(['old', 'new']);
        await consumer.stop();
      });

      it('goes on where its group stopped, after a restart too', async () => {
        await log.append(TOPIC, [record('a'), record('b')]);
        expect(await consumeOnce(2)).toEqual(['a', 'b']);
        await reopen();
        await log.append(TOPIC, [record('c')]);
        expect(await consumeOnce(1)).toEqual(['c']);
      });

      it('gives every group everything', async () => {
        await log.append(TOPIC, [record('a')]);
        expect(await consumeOnce(1, 'one')).toEqual(['a']);
        expect(await consumeOnce(1, 'two')).toEqual(['a']);
      });

      it('bounds a batch by records and by bytes, and takes one that is over by itself', async () => {
        await log.append(
          TOPIC,
          [...'abcde'].map((text) => record(text)),
        );
        expect(await batchSizes(log, { maxRecords: 2 }, 5)).toEqual([2, 2, 1]);
        await log.append(TOPIC, [record('x'.repeat(5_000)), record('y'), record('z')]);
        expect(await batchSizes(log, { maxBytes: 1_000 }, 3)).toEqual([1, 2]);
      });

      it('brings the same batch again when its handler rejects, and never skips it', async () => {
        await log.append(TOPIC, [record('a'), record('b')]);
        const tries: string[][] = [];
        const consumer = log.consume(TOPIC, {
          group: GROUP,
          handler: async (batch) => {
            tries.push(batch.records.map(textOf));
            if (tries.length === 1) {
              await log.append(TOPIC, [record('c')]);
              throw new Error('not now');
            }
          },
        });
        await expect.poll(() => tries, PATIENCE).toEqual([['a', 'b'], ['a', 'b'], ['c']]);
        await consumer.stop();
      });

      it('commits nothing of a batch that was never taken', async () => {
        await log.append(TOPIC, [record('a')]);
        let tries = 0;
        const consumer = log.consume(TOPIC, {
          group: GROUP,
          handler: async () => {
            tries += 1;
            throw new Error('never');
          },
        });
        await expect.poll(() => tries, PATIENCE).toBeGreaterThan(0);
        await consumer.stop();
        expect(await consumeOnce(1)).toEqual(['a']);
      });

      it('stops only after the batch in hand is done and committed', async () => {
        await log.append(TOPIC, [record('a')]);
        let finish = () => {};
        let began = false;
        const consumer = log.consume(TOPIC, {
          group: GROUP,
          handler: () => {
            began = true;
            return new Promise((resolve) => {
              finish = resolve;
            });
          },
        });
        await expect.poll(() => began, PATIENCE).toBe(true);
        let stopped = false;
        const stopping = consumer.stop().then(() => {
          stopped = true;
        });
        await new Promise((resolve) => setImmediate(resolve));
        expect(stopped).toBe(false);
        finish();
        await stopping;
        expect((await log.lag(TOPIC, GROUP)).records).toBe(0);
      });
    });

    describe('rewind and lag', () => {
      it('moves a group back to the first record younger than a time, and never forward', async () => {
        await log.append(TOPIC, [record('a')]);
        clock += 60_000;
        await log.append(TOPIC, [record('b')]);
        clock += 60_000;
        await log.append(TOPIC, [record('c')]);
        await consumeOnce(3);
        await log.rewind(TOPIC, GROUP, clock - 90_000);
        await log.rewind(TOPIC, GROUP, clock + 1);
        expect(await consumeOnce(2)).toEqual(['b', 'c']);
      });

      it('leaves other groups where they are', async () => {
        await log.append(TOPIC, [record('a')]);
        await consumeOnce(1, 'one');
        await consumeOnce(1, 'two');
        await log.rewind(TOPIC, 'one', 0);
        expect((await log.lag(TOPIC, 'one')).records).toBe(1);
        expect((await log.lag(TOPIC, 'two')).records).toBe(0);
      });

      it('counts what is not committed and how old the oldest of it is', async () => {
        expect(await log.lag(TOPIC, GROUP)).toEqual({ records: 0, oldestMs: 0 });
        await log.append(TOPIC, [record('a')]);
        clock += 5_000;
        await log.append(TOPIC, [record('b')]);
        expect(await log.lag(TOPIC, GROUP)).toEqual({ records: 2, oldestMs: 5_000 });
        await consumeOnce(2);
        expect(await log.lag(TOPIC, GROUP)).toEqual({ records: 0, oldestMs: 0 });
      });
    });
  });
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function record(text: string, key = 'view'): NewRecord {
  return { key, value: encoder.encode(text) };
}

function textOf({ value }: LogRecord): string {
  return decoder.decode(value);
}

function offsetsAscend(records: readonly LogRecord[]): boolean {
  return records.every(
    ({ offset }, index) => index === 0 || offset > (records[index - 1]?.offset ?? 0),
  );
}

async function readAll(log: Log, topic: Topic = TOPIC): Promise<LogRecord[]> {
  const all: LogRecord[] = [];
  for await (const one of log.read(topic)) all.push(one);
  return all;
}

async function batchSizes(
  log: Log,
  bounds: { maxRecords?: number; maxBytes?: number },
  count: number,
): Promise<number[]> {
  const sizes: number[] = [];
  const handler = async ({ records }: Batch) => {
    sizes.push(records.length);
  };
  const consumer = log.consume(TOPIC, { group: GROUP, handler, ...bounds });
  await expect
    .poll(() => sizes.reduce((sum, size) => sum + size, 0), PATIENCE)
    .toBeGreaterThanOrEqual(count);
  await consumer.stop();
  return sizes;
}
