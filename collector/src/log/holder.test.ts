// One installation per data directory: who holds it is named, and the dead hold nothing.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DirectoryHeld, type Holder, lockDirectory } from './holder.ts';

const NOW = Date.parse('2026-01-02T03:04:05Z');
const options = { port: 8080, now: () => NOW };

describe('lockDirectory', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'retour-holder-'));
  });
  afterEach(() => rm(directory, { recursive: true }));
  const writeLock = (holder: Partial<Holder>) =>
    writeFile(
      join(directory, 'holder-7.json'),
      JSON.stringify({ since: 'then', port: 1, started: 'x', released: false, ...holder }),
    );

  it('refuses a second start and names the holder: process, port and since when', async () => {
    const lock = await lockDirectory(directory, options);
    const refusal = await lockDirectory(directory, { ...options, port: 9090 }).catch(
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(DirectoryHeld);
    expect(refusal).toMatchObject({
      code: 'directory_held',
      holder: { pid: process.pid, port: 8080, since: '2026-01-02T03:04:05.000Z' },
    });
    expect(String(refusal)).toContain(
      `process ${process.pid} on port 8080 since 2026-01-02T03:04:05`,
    );
    await lock.release();
  });

  it('can be taken again once released, and leaves one file however often', async () => {
    for (let round = 0; round < 12; round += 1)
      await (await lockDirectory(directory, options)).release();
    expect(await readdir(directory)).toEqual(['holder-12.json']);
  });

  it('takes over from a process that is dead', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    await writeLock({ pid: child.pid ?? 0 });
    const lock = await lockDirectory(directory, options);
    expect(JSON.parse(await readFile(join(directory, 'holder-8.json'), 'utf8'))).toMatchObject({
      pid: process.pid,
    });
    await lock.release();
  });

  it('takes over when the pid lives on as another process, as in a restarted container', async () => {
    await writeLock({ pid: process.pid, started: 'another boot' });
    await (await lockDirectory(directory, options)).release();
  });

  it('takes over a lock that a crash cut short', async () => {
    await writeFile(join(directory, 'holder-7.json'), '{"pid":');
    await (await lockDirectory(directory, options)).release();
  });

  it('gives a dead holder\u2019s directory to exactly one of many starts', async () => {
    await writeLock({ pid: process.pid, started: 'another boot' });
    const starts = await Promise.allSettled(
      Array.from({ length: 8 }, (_, port) => lockDirectory(directory, { ...options, port })),
    );
    const locks = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
    expect(locks.length).toBe(1);
    for (const start of starts)
      if (start.status === 'rejected') expect(start.reason).toBeInstanceOf(DirectoryHeld);
  });
});
