// The collector as a process: it takes beacons under load, is told to stop, and leaves in the log
// exactly what it acknowledged.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BundledChild, bundleChild } from '../test/log/bundleChild.ts';
import { sampleBeacon } from '../test/sampleBeacon.ts';
import { createControl, createFirstProperty } from './control/index.ts';
import { createEmbeddedLog } from './log/index.ts';

describe('main', () => {
  let program: BundledChild;
  let directory: string;
  let child: ChildProcess | undefined;

  beforeAll(async () => {
    program = await bundleChild(join(import.meta.dirname, 'main.ts'));
  });
  afterAll(() => program.remove());
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'retour-collector-'));
  });
  afterEach(async () => {
    if (child?.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await rm(directory, { recursive: true });
  });

  const start = (environment: Record<string, string> = {}) => {
    const env = { RETOUR_DATA: directory, RETOUR_PORT: '0', ...environment };
    child = spawn(process.execPath, [program.file], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    return child;
  };

  it('leaves in the log exactly what it acknowledged, when it is stopped under load', async () => {
    const writeKey = await makeProperty(directory);
    const running = start();
    const address = await readAddress(running);
    const output = readOutput(running);
    const load = Array.from({ length: 16 }, () => sendUntilRefused(`${address}/${writeKey}`));
    await load[0]?.reached(200);
    running.kill('SIGTERM');
    const [code] = await once(running, 'exit');
    const acknowledged = await Promise.all(load.map(({ done }) => done));
    expect(code).toBe(0);
    const total = acknowledged.reduce((sum, one) => sum + one, 0);
    expect(await countBeacons(directory)).toBe(total);
    const said = await output;
    expect(said).toContain(`Stopped: ${total} beacons accepted, all of them in the log`);
    expect(said).toContain('every request was answered');
  });

  it('says in one line each what is wrong with its settings', async () => {
    const running = start({ RETOUR_PORT: 'x', RETOUR_PATH: 'x' });
    const [complaint] = await Promise.all([readErrors(running), once(running, 'exit')]);
    expect(running.exitCode).toBe(2);
    expect(complaint.trim().split('\n')).toHaveLength(2);
  });

  it('says that its port is taken, and leaves', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const address = holder.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const running = start({ RETOUR_PORT: String(port) });
    const [complaint] = await Promise.all([readErrors(running), once(running, 'exit')]);
    holder.close();
    expect(running.exitCode).toBe(1);
    expect(complaint.trim()).toBe('RETOUR_PORT: expected a free port, came one that is taken');
  });
});

async function makeProperty(directory: string): Promise<string> {
  const log = await createEmbeddedLog({ directory, now: Date.now });
  const control = await createControl(log, { now: Date.now });
  const { writeKey } = await createFirstProperty(control, { by: 'test' });
  await control.stop();
  await log.close();
  return writeKey;
}

async function countBeacons(directory: string): Promise<number> {
  const log = await createEmbeddedLog({ directory, now: Date.now });
  let count = 0;
  for await (const _ of log.read('beacons')) count += 1;
  await log.close();
  return count;
}

/** Sends one beacon after the other; counts what was acknowledged until nobody takes any more. */
function sendUntilRefused(url: string) {
  const body = JSON.stringify(sampleBeacon());
  let acknowledged = 0;
  const waiting: { readonly at: number; readonly resolve: () => void }[] = [];
  const run = async (): Promise<number> => {
    while (await isTaken(`${url}?v=1&s=${Date.now()}`, body)) {
      acknowledged += 1;
      for (const { at, resolve } of waiting) if (acknowledged >= at) resolve();
    }
    return acknowledged;
  };
  return {
    done: run(),
    reached: (at: number) => new Promise<void>((resolve) => waiting.push({ at, resolve })),
  };
}

/** A refused connection is no acknowledgement either. */
async function isTaken(url: string, body: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { method: 'POST', body });
    await answer.arrayBuffer();
    return answer.ok;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

function readAddress({ stdout }: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    let said = '';
    stdout?.on('data', (chunk) => {
      said += chunk;
      const found = /takes beacons at (\S+)\.\n/.exec(said);
      if (found?.[1] !== undefined) resolve(found[1]);
    });
  });
}

function readOutput({ stdout }: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    let said = '';
    stdout?.on('data', (chunk) => {
      said += chunk;
    });
    stdout?.once('end', () => resolve(said));
  });
}

function readErrors({ stderr }: ChildProcess): Promise<string> {
  if (stderr === null) throw new Error('a child with errors to read');
  return text(stderr);
}
