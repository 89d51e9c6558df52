// Signals by chance: what a careless player might report, made of one seed. The playhead mostly
// moves with the time that passes, so that most sequences play, stall, seek and end.
import type { Signal, SignalType } from '@retour/player-sdk/contract';
import { CONTEXT, EPOCH, ORIGIN } from './screening.ts';

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function createChance(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Between `least` and `most` signals, in the order of their making. */
export function createSignals(seed: number, least = 5, most = 40): Signal[] {
  const chance = createChance(seed);
  const player = { at: ORIGIN, position: 0, rate: 1, count: 0 };
  const length = least + Math.floor(chance() * (most - least + 1));
  const signals: Signal[] = [];
  if (chance() < 0.9) signals.push(toSignal('request', { by: 'play' }, player.at));
  while (signals.length < length) signals.push(createSignal(chance, player));
  return signals;
}

interface RandomPlayer {
  at: number;
  position: number;
  rate: number;
  count: number;
}

type Chance = () => number;

function toSignal(type: SignalType, facts: object, at: number): Signal {
  return { type, at, ...facts } as unknown as Signal; // Wild on purpose.
}

function createSignal(chance: Chance, player: RandomPlayer): Signal {
  const passedMs = createPassing(chance);
  if (chance() < 0.001) return toSignal('tick', {}, toWild(chance) as number); // Or none, on purpose.
  player.at += passedMs;
  player.count += 1;
  if (chance() < 0.6) return toSignal('sample', createSample(chance, player, passedMs), player.at);
  const type = pick(chance, OTHERS);
  const isEnd = ENDS.indexOf(type) >= 0;
  return isEnd && chance() < 0.7
    ? toSignal('tick', {}, player.at)
    : toSignal(type, FACTS[type](chance, player), player.at);
}

function createPassing(chance: Chance): number {
  const kind = chance();
  if (kind < 0.9) return pick(chance, [0, 33, 100, 249.6, 250]);
  if (kind < 0.997) return chance() * 15_500 - 500;
  return pick(chance, [66_000, 600_000, 4_000_000]);
}

function createSample(chance: Chance, player: RandomPlayer, passedMs: number): object {
  player.position += passedMs * pick(chance, [1, 1, 1, 1, 1, 0, 0, chance() * 4 - 2]);
  if (chance() < 0.05) player.rate = pick(chance, [1, 2, 0.5, 0, toWild(chance) as number]); // Or none.
  const known = (value: number): unknown => (chance() < 0.8 ? value : toWild(chance));
  return {
    position: chance() < 0.97 ? player.position : toWild(chance),
    rate: player.rate,
    readyState: pick(chance, [4, 4, 4, 4, 3, 2, 1, 0]),
    paused: chance() < 0.06,
    seeking: chance() < 0.05,
    ended: chance() < 0.02,
    bufferedEnd: known(player.position + chance() * 30_000),
    duration: known(30_000),
    framesDropped: known(player.count),
    framesRendered: known(player.count * 7),
    programTime: known(EPOCH + player.at - 5_000),
    viewportWidth: known(1_280),
    viewportHeight: 720,
    videoWidth: pick(chance, [640, 1_280, 0]),
    videoHeight: pick(chance, [360, 720]),
    waitingMs: known(300),
  };
}

function pick<T>(chance: Chance, values: readonly T[]): T {
  return values[Math.floor(chance() * values.length)] as T; // In bounds: no list is empty.
}

function toWild(chance: Chance): unknown {
  const numbers = [0, -1, 0.5, 250, 1e9, 1e300, Number.NaN, Infinity, -Infinity];
  return pick(chance, [...numbers, chance() * 1e5, undefined, 'text']);
}

function toText(chance: Chance): unknown {
  return pick(chance, ['a.example', 'b.example', 'c.example', '', '\ud800x', 'z'.repeat(300), 5]);
}

const toActor = (chance: Chance) => ({
  by: pick(chance, ['user', 'player', 'browser', 'unknown', 'nobody']),
});

type MakeFacts = (chance: Chance, player: RandomPlayer) => object;

const FACTS: { readonly [T in Exclude<SignalType, 'sample'>]: MakeFacts } = {
  request: (chance) => ({ by: pick(chance, ['play', 'autoplay', 'api']) }),
  refused: () => ({}),
  ready: (chance) => ({ sinceCreatedMs: toWild(chance) }),
  waiting: () => ({}),
  segment: (chance) => ({
    kind: 'video',
    host: toText(chance),
    bytes: toWild(chance),
    ok: chance() < 0.8,
    ttfbMs: toWild(chance),
    transferMs: toWild(chance),
    pathway: pick(chance, [undefined, toText(chance)]),
  }),
  rendition: (chance) => ({
    bitrate: toWild(chance),
    width: toWild(chance),
    height: toWild(chance),
    frameRate: toWild(chance),
    codec: toText(chance),
    audioBitrate: toWild(chance),
  }),
  pathway: (chance) => ({ host: toText(chance), pathway: toText(chance) }),
  seek: (chance, player) => {
    const from = player.position;
    player.position = chance() * 30_000;
    return { ...toActor(chance), from, to: player.position };
  },
  play: toActor,
  pause: toActor,
  ended: () => ({}),
  ad: (chance) => ({
    phase: pick(chance, [
      'breakStart',
      'breakStart',
      'breakEnd',
      'request',
      'start',
      'start',
      'quartile',
      'complete',
      'skip',
      'error',
      'toString',
    ]),
    slot: pick(chance, ['pre', 'mid', 'post', 'nowhere']),
    id: toText(chance),
    expected: toWild(chance),
    quartile: toWild(chance),
    code: toText(chance),
  }),
  error: (chance) => ({
    fatal: chance() < 0.15,
    category: pick(chance, ['network', 'nothing']),
    code: toText(chance),
    message: toText(chance),
    business: chance() < 0.3,
  }),
  visibility: (chance) => ({ hidden: chance() < 0.5 }),
  presentation: (chance) => ({ mode: pick(chance, ['inline', 'pip', 'wall']) }),
  captions: (chance) => ({ language: toText(chance) }),
  suspend: () => ({}),
  resume: () => ({}),
  clock: (chance, player) => ({
    time: pick(chance, [EPOCH + player.at + chance() * 40_000 - 20_000, toWild(chance)]),
    source: pick(chance, ['server', 'device']),
    discontinuity: chance() < 0.3,
    gapMs: pick(chance, [chance() * 40_000, toWild(chance)]),
  }),
  context: (_, { count }) => ({ context: { ...CONTEXT, rev: count } }),
  source: () => ({}),
  interaction: (chance) => ({ kind: toText(chance), name: toText(chance), value: toText(chance) }),
  recommendation: (chance) => ({
    kind: toText(chance),
    id: toText(chance),
    items: pick<unknown>(chance, [[toText(chance), 5], 'none', Array(70).fill('item')]),
    rank: toWild(chance),
  }),
  detach: (chance) => ({ reason: pick(chance, ['hidden', 'hidden', 'left', 'timeout']) }),
  tick: () => ({}),
};

const OTHERS = Object.keys(FACTS) as (keyof typeof FACTS)[]; // Its own keys.
/** What ends a view, or takes its attempt back, is rare. */
const ENDS: readonly SignalType[] = ['source', 'detach', 'refused', 'ended'];
