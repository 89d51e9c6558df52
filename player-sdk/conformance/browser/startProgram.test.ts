import type { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { endProgram, readLine, startProgram } from './startProgram.ts';

const shell = (script: string) =>
  startProgram('/bin/sh', {
    args: ['-c', script],
    stdio: ['ignore', 'pipe', 'ignore'],
    missing: 'sh',
  });

describe('startProgram', () => {
  it('says what to install where there is no such program', async () => {
    const started = startProgram('no-such-program', {
      ...{ args: [], stdio: 'ignore' },
      missing: 'Xvfb: install it',
    });
    await expect(started).rejects.toThrow('There is no Xvfb: install it.');
  });
});

describe('readLine', () => {
  it('finds the line that fits, or says that there was none', async () => {
    const program = await shell('echo starting; echo at 7');
    expect((await readLine(program.stdout as Readable, /at (\d)/))[1]).toBe('7');
    const other = await shell('echo starting');
    await expect(readLine(other.stdout as Readable, /at/)).rejects.toThrow('Expected a program');
  });
});

describe('endProgram', () => {
  it('ends it, also where it will not', async () => {
    const program = await shell('trap "" TERM; echo deaf; while :; do sleep 0.1; done');
    await readLine(program.stdout as Readable, /deaf/);
    await endProgram(program);
    expect(program.signalCode).toBe('SIGKILL');
    await endProgram(program);
  });
});
