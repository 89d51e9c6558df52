// Retention at work in an open log: nobody asks for it, and it waits for the readers.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createEmbeddedLog } from './embedded.ts';
import type { Log } from './log.ts';

describe('startTrimming', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('removes what is too old by itself, once it has been read', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    let clock = 1_750_000_000_000;
    const directory = await mkdtemp(join(tmpdir(), 'retour-trim-'));
    const log = await createEmbeddedLog({
      directory,
      now: () => clock,
      retention: { beacons: { ms: 60_000 } },
    });
    await log.append('beacons', [{ key: 'old', value: new Uint8Array(1) }]);
    clock += 120_000;
    await log.append('beacons', [{ key: 'new', value: new Uint8Array(1) }]);
    vi.advanceTimersByTime(5_000);
    await log.ready(); // Its transaction comes after those of the round.
    expect(await keysOf(log)).toEqual(['old', 'new']);
    const consumer = log.consume('beacons', { group: 'writer', handler: async () => {} });
    await expect.poll(async () => (await log.lag('beacons', 'writer')).records).toBe(0);
    await consumer.stop();
    vi.advanceTimersByTime(5_000);
    await expect.poll(() => keysOf(log)).toEqual(['new']);
    await log.close();
    await rm(directory, { recursive: true });
  });
});

async function keysOf(log: Log): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of log.read('beacons')) keys.push(key);
  return keys;
}
