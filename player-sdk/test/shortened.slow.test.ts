// The build shortens the property names that are nobody's but ours: it must change no byte that leaves.
import { beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../build/bundle.mjs';
import { findInternalNames } from '../build/internalNames.mjs';
import { runScript, type Step } from './runScript.ts';

const SRC = new URL('../src', import.meta.url).pathname;

const build = async (readable: boolean): Promise<string> => {
  const output = { format: 'iife' as const, name: 'sdk' };
  const files = await bundle({ input: 'test/wholeSdk.ts', target: 'es2017', output, readable });
  return files.map(({ code }) => code).join('');
};

/** A view with everything in it, over and over: stalls, seeks, ads, errors, other sources, hiding. */
function writeScript(count: number, seed: number): Step[] {
  const steps: Step[] = [['request', { by: 'play' }]];
  let state = seed;
  let position = 0;
  const below = (n: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % n;
  };
  const looks = (paused: boolean, seeking: boolean): Step => [
    'sample',
    {
      position,
      rate: 1,
      readyState: 4,
      paused,
      seeking,
      ended: false,
      bufferedEnd: position + below(20_000),
      duration: 60_000,
      framesDropped: steps.length >> 4,
      framesRendered: steps.length * 6,
      viewportWidth: 1280,
      viewportHeight: 720,
    },
  ];
  const segment = { kind: 'video', host: 'a.example', bytes: 400_000, ok: true, ttfbMs: 30 };
  const rendition = { bitrate: 3_000_000, width: 1280, height: 720, codec: 'avc1' };
  const news: (() => Step)[] = [
    () => ['request', { by: 'api' }],
    () => ['waiting', {}],
    () => ['segment', { ...segment, transferMs: below(900), host: `${below(3)}.example` }],
    () => ['rendition', { ...rendition, bitrate: 1_000_000 * (1 + below(5)) }],
    () => ['pathway', { host: 'b.example', pathway: `p${below(3)}` }],
    () => {
      const from = position;
      position = below(60_000);
      return ['seek', { by: 'user', from, to: position }];
    },
    () => ['pause', { by: 'user' }],
    () => ['play', { by: 'user' }],
    () => ['ad', { phase: 'breakStart', slot: 'mid', id: 'break' }],
    () => ['ad', { phase: 'request', id: 'ad' }],
    () => ['ad', { phase: 'start', id: 'ad', creative: 'c' }],
    () => ['ad', { phase: 'quartile', quartile: 2 }],
    () => ['ad', { phase: 'complete' }],
    () => ['ad', { phase: 'breakEnd' }],
    () => ['error', { fatal: below(3) === 0, category: 'network', code: 'e', message: 'broke' }],
    () => ['interaction', { kind: 'like' }],
    () => ['recommendation', { kind: 'served', id: 'r', items: ['a', 'b'] }],
    () => ['ready', { sinceCreatedMs: 120 }],
    () => ['ended', {}],
    () => ['source', {}],
    () => ['suspend', {}],
    () => ['resume', {}],
    () => ['presentation', { mode: 'fullscreen' }],
    () => ['captions', { language: 'fr' }],
    () => ['wait'],
    () => ['hide'],
    () => ['show'],
    () => ['update'],
  ];
  while (steps.length < count) {
    const next = below(6) === 0 ? news[below(news.length)]?.() : undefined;
    if (next) steps.push(next);
    if (below(8) > 0) position += 250;
    steps.push(looks(false, false));
  }
  return steps;
}

describe('a build with shortened names', () => {
  let plain = '';
  let short = '';
  beforeAll(async () => {
    [plain, short] = await Promise.all([build(true), build(false)]);
  }, 60_000);

  it.each([1, 22, 333])('sends the same bytes (script %i)', async (seed) => {
    const steps = writeScript(2_000, seed);
    const sent = await runScript(short, steps);
    expect(sent).toEqual(await runScript(plain, steps));
    expect(sent.length).toBeGreaterThan(100);
    expect(sent.join('')).toContain('"asset":{"id":"film"');
    expect(sent.join('')).toContain('"type":"adBreak"');
  });

  it('has shortened some', () => {
    const names = [...findInternalNames(SRC)];
    const left = names.filter((name) => new RegExp(`\\.${name}\\b`).test(short));
    expect(left).toEqual([]);
    expect(names.length).toBeGreaterThan(50);
    expect(short.length).toBeLessThan(plain.length);
  });

  it('names nothing that strangers read', () => {
    const names = findInternalNames(SRC);
    const strangers =
      'key endpoint asset privacy sampling viewer custom token update destroy attach emit now failed type at by position bufferedEnd currentTime addEventListener loadLevel details';
    expect(strangers.split(' ').filter((name) => names.has(name))).toEqual([]);
  });
});
