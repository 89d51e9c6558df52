// The one command as its user meets it: starts, refusals, stops and crashes.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodeBeacon } from '@retour/player-sdk/contract';
import { parseSync } from 'vite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAudienceView, toStepBeacon } from '../faults/audience.ts';
import { freePort, type Retour, runRetour } from '../truth/runRetour.ts';

const STARTER = fileURLToPath(new URL('../../start.cjs', import.meta.url));

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'retour-start-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

describe('npm start', () => {
  it('serves, says where, drains on Ctrl-C, and starts again within 5 s with all it had', async () => {
    const first = await runRetour({ directory });
    const views = await sendViews(first, 20);
    expect(await first.stop()).toBe(0);
    expect(first.output()).toMatch(
      /20 beacons accepted, \d+ rows stored; everything accepted is stored/,
    );

    const started = performance.now();
    const second = await runRetour({ directory });
    const seconds = (performance.now() - started) / 1000;
    console.log(`second start: ${seconds.toFixed(1)} s`);
    expect(seconds).toBeLessThan(5);
    expect(second.console.split('#')[1]).toBe(first.console.split('#')[1]);
    expect(await readViews(second)).toEqual(views);
    expect(await second.stop()).toBe(0);
  });

  it('keeps the privacy mode that it was told once', async () => {
    const modeOf = async ({ sample }: Retour): Promise<unknown> => {
      const { searchParams } = new URL(sample);
      const answer = await fetch(`${searchParams.get('endpoint')}/${searchParams.get('key')}`);
      return (await answer.json()).privacy;
    };
    const told = await runRetour({ directory, flags: ['--privacy', 'consented'] });
    expect(await modeOf(told)).toBe('consented');
    expect(await told.stop()).toBe(0);
    const later = await runRetour({ directory });
    expect(await modeOf(later)).toBe('consented');
    expect(await later.stop()).toBe(0);
  });

  it('loses nothing that it acknowledged when it is killed', async () => {
    const first = await runRetour({ directory });
    const views = await sendViews(first, 200);
    process.kill(first.pid, 'SIGKILL');
    const second = await runRetour({ directory });
    await expect.poll(() => readViews(second), { timeout: 30_000 }).toEqual(views);
    expect(await second.stop()).toBe(0);
  });

  it('refuses a directory that is in use, naming who holds it', async () => {
    const first = await runRetour({ directory });
    await expect(runRetour({ directory })).rejects.toThrow(
      new RegExp(`ended with 2: ${directory} is in use by process ${first.pid} on port \\d+`),
    );
    expect(await first.stop()).toBe(0);
  });

  it('refuses a port that is taken, and leaves the directory free', async () => {
    const port = await freePort();
    const holder = createServer().listen(port, '127.0.0.1');
    await once(holder, 'listening');
    await expect(runRetour({ directory, port })).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is taken.`,
    );
    holder.close();
    expect(await (await runRetour({ directory, port })).stop()).toBe(0);
  });

  it('stops as cleanly when the terminal closes', async () => {
    const retour = await runRetour({ directory });
    expect(await retour.stop('SIGHUP')).toBe(0);
    expect(retour.output()).toContain('everything accepted is stored');
  });
});

describe('start.cjs', () => {
  it.each([
    [
      `Object.defineProperty(process.versions, 'node', { value: '18.20.4' })`,
      'needs Node 20.19 or newer; this is 18.20.4',
    ],
    [`Object.defineProperty(process, 'platform', { value: 'win32' })`, 'no build for win32'],
    [
      `Object.defineProperty(process, 'platform', { value: 'linux' }); process.report.getReport = () => ({ header: {} })`,
      'musl',
    ],
    [`process.argv[2] = 'dance'`, 'No command dance'],
  ])('says one clear line after %s', (pretence, line) => {
    const code = `${pretence}; require(${JSON.stringify(STARTER)})`;
    const done = spawnSync(process.execPath, ['-e', code, 'x'], { encoding: 'utf8' });
    expect(done.status).toBe(1);
    expect(done.stderr).toContain(line);
    expect(done.stderr.trim().split('\n')).toHaveLength(1);
  });

  it('is written in the syntax of ECMAScript 5, which every Node reads', () => {
    const { errors } = parseSync('start.js', readFileSync(STARTER, 'utf8'));
    expect(errors).toEqual([]);
    const newer = /=>|`|\?\.[a-zA-Z[(]|\?\?|\b(let|const|class|async|await)\b\s/;
    const code = readFileSync(STARTER, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    expect(code).not.toMatch(newer);
  });
});

/** Sends one beacon for each of `count` views; resolves when all are acknowledged. */
async function sendViews(retour: Retour, count: number): Promise<string[]> {
  const sample = new URL(retour.sample);
  const endpoint = `${sample.searchParams.get('endpoint')}/${sample.searchParams.get('key')}`;
  const beacons = Array.from({ length: count }, () =>
    toStepBeacon(createAudienceView(Date.now(), randomBytes(10)), 0),
  );
  await Promise.all(
    beacons.map(async (beacon) => {
      const body = JSON.stringify(encodeBeacon(beacon));
      const answer = await fetch(`${endpoint}?v=1&s=${Date.now()}`, { method: 'POST', body });
      expect(await answer.json()).toMatchObject({ accepted: 1, rejected: 0 });
    }),
  );
  return beacons.map(({ view }) => view).sort();
}

async function readViews(retour: Retour): Promise<string[]> {
  const url = new URL(retour.console);
  const token = new URLSearchParams(url.hash.slice(1)).get('token');
  const views: string[] = [];
  let before: string | null = '';
  while (before !== null) {
    const query: string = before === '' ? '' : `&before=${encodeURIComponent(before)}`;
    const answer = await fetch(`${url.origin}/api/views?limit=100${query}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const page = (await answer.json()) as { views: { view: string }[]; next: string | null }; // The API's.
    views.push(...page.views.map(({ view }) => view));
    before = page.next;
  }
  return views.sort();
}
