// Proof that an acknowledgement waits for the disk. A kill cannot show it, because the operating
// system keeps what was written; so the system calls themselves are traced.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BundledChild, bundleChild } from './bundleChild.ts';
import { findOnDisk, parseTrace } from './syncTrace.ts';

const RECORDS = 25;
const isLinux = process.platform === 'linux';
const hasStrace = isLinux && spawnSync('strace', ['-V']).status === 0;
const INSTALL = 'apt-get install -y strace';

describe('the embedded log and the disk', () => {
  if (isLinux && !hasStrace) {
    it('has strace to trace the sync with', ({ skip }) => {
      if (process.env.CI === 'true') expect.fail(`strace is missing: ${INSTALL}`);
      skip(`for want of strace: ${INSTALL}`);
    });
  }
  // Elsewhere the system call that syncs has another name, and another tool would have to see it.
  if (!hasStrace) return;

  let program: BundledChild;
  beforeAll(async () => {
    program = await bundleChild(join(import.meta.dirname, 'appendLoop.ts'));
  });
  afterAll(() => program.remove());

  it('acknowledges a record only after the sync of its pages and of the root has returned', () => {
    const directory = mkdtempSync(join(tmpdir(), 'retour-log-'));
    const trace = join(directory, 'trace');
    const calls = 'trace=openat,write,pwrite64,writev,pwritev,fdatasync,fsync,msync';
    execFileSync('strace', [
      ...['-f', '-s', '1000000', '-e', calls, '-o', trace],
      ...[process.execPath, program.file, join(directory, 'log'), 'record', String(RECORDS), '1'],
    ]);
    const events = parseTrace(readFileSync(trace, 'latin1'));
    rmSync(directory, { recursive: true });
    for (let index = 0; index < RECORDS; index += 1) {
      const key = `<record-${index}>`;
      const answer = events.find(
        ({ name, args }) => name === 'write' && args.startsWith(`1, "${key}`),
      );
      const durable = findOnDisk(events, key);
      expect(answer, `${key} was acknowledged`).toBeDefined();
      expect(durable, `${key} reached the disk`).toBeDefined();
      expect(durable?.end, `${key} was durable before its answer`).toBeLessThan(answer?.start ?? 0);
    }
  });
});
