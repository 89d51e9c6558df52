// Processes that share one embedded log and die without warning: what was acknowledged stays.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmbeddedLog, type Log } from '@retour/collector/log';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BundledChild, bundleChild } from './bundleChild.ts';

const ROUNDS = 8;

describe('the embedded log across processes', () => {
  let program: BundledChild;
  let directory: string;
  const children = new Set<ChildProcess>();

  beforeAll(async () => {
    program = await bundleChild(join(import.meta.dirname, 'appendLoop.ts'));
  });
  afterAll(() => program.remove());
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'retour-log-'));
  });
  afterEach(async () => {
    for (const child of children) await kill(child);
    children.clear();
    await rm(directory, { recursive: true });
  });

  const run = (command: string, args: readonly string[], stderr: 'inherit' | 'ignore') => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', stderr] });
    children.add(child);
    return { child, acknowledged: collectLines(child) };
  };
  const start = (name: string, count: number, writers = 8) =>
    run(
      process.execPath,
      [program.file, directory, name, String(count), String(writers)],
      'inherit',
    );
  const open = () => createEmbeddedLog({ directory, now: Date.now });

  it(`keeps every acknowledged record through ${ROUNDS} kills, one of two writers each time`, async () => {
    const acknowledged: string[][] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const survivor = start(`survivor-${round}`, 400);
      const victim = start(`victim-${round}`, 1_000_000);
      const enough = 5 + Math.floor(Math.random() * 300);
      await expect
        .poll(() => victim.acknowledged.length, { timeout: 30_000, interval: 1 })
        .toBeGreaterThan(enough);
      await kill(victim.child);
      await exitOf(survivor.child);
      expect(survivor.acknowledged.length, 'the survivor goes on').toBe(400);
      acknowledged.push(victim.acknowledged, survivor.acknowledged);
    }
    const log = await open();
    const kept = await keysOf(log);
    await log.close();
    const missing = acknowledged.flat().filter((key) => !kept.has(key));
    expect(missing).toEqual([]);
  });

  it('brings records of another process to a consumer within 100 ms of their acknowledgement', async () => {
    const log = await open();
    const seenAt = new Map<string, number>();
    const consumer = log.consume('beacons', {
      group: 'writer',
      handler: async ({ records }) => {
        for (const { key } of records) seenAt.set(key, Date.now());
      },
    });
    const delays: number[] = [];
    for (let index = 0; index < 5; index += 1) {
      const { child, acknowledged } = start(`other-${index}`, 1);
      await expect.poll(() => acknowledged.length, { timeout: 30_000, interval: 1 }).toBe(1);
      const acknowledgedAt = Date.now();
      await expect.poll(() => seenAt.size, { timeout: 10_000, interval: 1 }).toBe(index + 1);
      delays.push((seenAt.get(`<other-${index}-0>`) ?? Number.POSITIVE_INFINITY) - acknowledgedAt);
      await exitOf(child);
    }
    await consumer.stop();
    await log.close();
    // The best of five: the others only tell how busy the machine is.
    expect(Math.min(...delays)).toBeLessThanOrEqual(100);
  });

  it('gives the records of several writers one order without a gap', async () => {
    const writers = [start('a', 500), start('b', 500), start('c', 500)];
    await Promise.all(writers.map(({ child }) => exitOf(child)));
    const log = await open();
    const offsets: number[] = [];
    for await (const { offset } of log.read('beacons')) offsets.push(offset);
    expect(offsets).toEqual(Array.from({ length: 1_500 }, (_, index) => index));
    await log.close();
  });

  it('refuses when the file cannot grow, lives on, and has all that it acknowledged', async () => {
    // Blocks of 512 bytes: room for about 3 000 records. Standard error has lmdb's own complaints.
    const limited = `ulimit -f 5000; exec "$@"`;
    const child = [process.execPath, program.file, directory, 'limited', '1000000', '4'];
    const { child: shell, acknowledged } = run('sh', ['-c', limited, 'sh', ...child], 'ignore');
    await exitOf(shell);
    expect(shell.exitCode).toBe(0);
    const refusals = acknowledged.filter((line) => line.startsWith('refused'));
    expect(refusals).toEqual(Array.from({ length: 4 }, () => 'refused: log_failing'));
    const log = await open();
    const kept = await keysOf(log);
    await log.close();
    const keys = acknowledged.filter((line) => !line.startsWith('refused'));
    expect(keys.length).toBeGreaterThan(500);
    expect(keys.filter((key) => !kept.has(key))).toEqual([]);
    expect(kept.size, 'nothing that was refused was kept').toBe(keys.length);
  });
});

function collectLines(child: ChildProcess): string[] {
  const lines: string[] = [];
  let rest = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
  });
  return lines;
}

/** Resolves when the process has ended and all that it wrote has been read. */
async function exitOf(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
}

async function keysOf(log: Log): Promise<Set<string>> {
  const keys = new Set<string>();
  for await (const { key } of log.read('beacons')) keys.add(key);
  return keys;
}
