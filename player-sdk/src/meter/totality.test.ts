// Whatever signals come, in whatever order: the rows are valid, they add up, and they are bounded.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auditSignals, type RowStore } from '../../test/auditSignals.ts';
import { createSignals } from '../../test/randomSignals.ts';
import { CONTEXT, EPOCH, ORIGIN } from '../../test/screening.ts';
import { LIMITS, type Signal, type SignalType } from '../contract/index.ts';
import { createMeter } from './index.ts';

/** Seeds of createSignals() that once failed. */
const KEPT_SEEDS: readonly number[] = [];

const RUNS = 2_500;

const wild = fc.oneof(
  fc.constantFrom(0, -1, 0.5, 250, 1e9, Number.NaN, Infinity, -Infinity, 1e300),
  fc.double(),
  fc.integer({ min: 0, max: 100_000 }),
);
const by = fc.constantFrom('user', 'player', 'browser', 'unknown');
const text = fc.oneof(fc.constantFrom('a.example', 'b.example', '', '\ud800'), fc.string());
const slot = fc.constantFrom('pre', 'mid', 'post', 'unknown');
const flag = fc.boolean();
const mostly = (value: boolean) =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: flag });

/** How far the playhead moves beside the time that passes; `position` is made of it below. */
const step = fc.oneof(
  { weight: 6, arbitrary: fc.constant(1) },
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.double({ min: -2, max: 4, noNaN: true }) },
);

const sample = fc.record(
  {
    step,
    rate: fc.oneof({ weight: 5, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: wild }),
    readyState: fc.constantFrom(4, 4, 4, 3, 2, 1, 0),
    paused: mostly(false),
    seeking: mostly(false),
    ended: mostly(false),
    position: wild,
    bufferedEnd: wild,
    duration: fc.oneof(fc.constant(30_000), wild),
    framesDropped: wild,
    framesRendered: fc.nat(),
    programTime: fc.oneof(fc.constant(EPOCH - 5_000), wild),
    viewportWidth: wild,
    viewportHeight: fc.constant(720),
    videoWidth: fc.constantFrom(640, 1280, 0),
    videoHeight: fc.constantFrom(360, 720),
  },
  { requiredKeys: ['step', 'rate', 'readyState', 'paused', 'seeking', 'ended'] },
);

const FACTS: { readonly [T in SignalType]: fc.Arbitrary<object> } = {
  request: fc.record({ by: fc.constantFrom('play', 'autoplay', 'api') }),
  refused: fc.constant({}),
  ready: fc.record({ sinceCreatedMs: wild }),
  sample,
  waiting: fc.constant({}),
  segment: fc.record(
    {
      kind: fc.constantFrom('video', 'manifest'),
      host: text,
      bytes: wild,
      ok: flag,
      ttfbMs: wild,
      transferMs: wild,
      pathway: text,
    },
    { requiredKeys: ['kind', 'host', 'bytes', 'ok'] },
  ),
  rendition: fc.record(
    { bitrate: wild, width: wild, height: wild, frameRate: wild, audioBitrate: wild, codec: text },
    { requiredKeys: [] },
  ),
  pathway: fc.record({ host: text, pathway: text }, { requiredKeys: [] }),
  seek: fc.record({ by, from: wild, to: wild }),
  play: fc.record({ by }),
  pause: fc.record({ by }),
  ended: fc.constant({}),
  ad: fc.oneof(
    fc.record({ phase: fc.constant('breakStart'), slot, id: text }),
    fc.record({ phase: fc.constantFrom('breakEnd', 'request', 'start', 'complete', 'skip') }),
    fc.record({ phase: fc.constant('quartile'), quartile: wild }),
    fc.record({ phase: fc.constant('error'), code: text }),
  ),
  error: fc.record({ fatal: mostly(false), category: text, code: text, business: flag }),
  visibility: fc.record({ hidden: flag }),
  presentation: fc.record({ mode: text }),
  captions: fc.record({ language: text }),
  suspend: fc.constant({}),
  resume: fc.constant({}),
  clock: fc.record({
    time: fc.oneof(
      fc.integer({ min: -20_000, max: 20_000 }).map((off) => EPOCH + off),
      wild,
    ),
    source: fc.constantFrom('server', 'device'),
    discontinuity: flag,
    gapMs: fc.oneof(fc.integer({ min: 0, max: 40_000 }), wild),
  }),
  context: fc.nat(1_000).map((rev) => ({ context: { ...CONTEXT, rev } })),
  source: fc.constant({}),
  interaction: fc.record({ kind: text, name: text, value: text }),
  recommendation: fc.record({ kind: text, id: text, items: fc.array(text), rank: wild }),
  detach: fc.record({ reason: fc.constantFrom('hidden', 'hidden', 'hidden', 'left', 'timeout') }),
  tick: fc.constant({}),
};

/** All that signals carry beside their type and their context. */
const FACT_NAMES = (
  'at by sinceCreatedMs position rate readyState paused seeking ended bufferedEnd duration framesDropped ' +
  'framesRendered programTime viewportWidth viewportHeight videoWidth videoHeight waitingMs kind host bytes ' +
  'ok status ttfbMs transferMs pathway bitrate width height frameRate audioBitrate codec from to phase slot ' +
  'id expected creative quartile code fatal category message business hidden mode language time source ' +
  'discontinuity gapMs name value items rank reason'
).split(' ');

/** Looks at the playhead are the most common; what ends a view for good is rare. */
const WEIGHTS: { readonly [T in SignalType]?: number } = { sample: 60, request: 6, play: 6 };
const ENDS: readonly SignalType[] = ['source', 'detach', 'refused'];

const passing = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(0, 100, 250, 249.6) },
  { weight: 3, arbitrary: fc.double({ min: -500, max: 15_000, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(66_000, 600_000) },
  { weight: 0.05 * 20, arbitrary: wild },
);

interface Step {
  readonly passMs: number;
  readonly type: SignalType;
  readonly facts: object;
}

const steps = fc.array(
  fc.oneof(
    ...Object.entries(FACTS).map(([type, facts]) => ({
      weight: WEIGHTS[type as SignalType] ?? (ENDS.includes(type as SignalType) ? 1 : 3),
      arbitrary: fc.record({ passMs: passing, type: fc.constant(type as SignalType), facts }),
    })),
  ),
  { maxLength: 150, size: 'max' },
);

/** Signals with the playhead where its steps have brought it, unless it was made up. */
function toSignals(list: readonly Step[]): Signal[] {
  let at = ORIGIN;
  let position = 0;
  return list.map(({ passMs, type, facts }) => {
    at += passMs;
    const { step = 0 } = facts as { step?: number };
    if (Number.isFinite(passMs)) position += passMs * step;
    return { type, at, position, ...facts } as unknown as Signal; // Wild on purpose.
  });
}

describe('createMeter, on any signals', () => {
  it('makes valid rows that add up to the summary, at any moment', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 20 }), (list, peekEvery) => {
        auditSignals(toSignals(list), peekEvery);
      }),
      { numRuns: RUNS },
    );
  }, 120_000);

  it.each([1, 2, 3, ...KEPT_SEEDS])('makes valid rows of the signals of seed %i', (seed) => {
    auditSignals(createSignals(seed), 3);
  });

  it('makes the same of the same', () => {
    const rows = (store: RowStore) => ({
      slices: [...store.slices.values()].map((slice) => ({ ...slice, rev: 0 })),
      events: [...store.events.values()].map((event) => ({ ...event, rev: 0 })),
    });
    fc.assert(
      fc.property(steps, (list) => {
        const signals = toSignals(list);
        const [a, b] = [rows(auditSignals(signals, 1_000)), rows(auditSignals(signals, 1_000))];
        expect(b).toEqual(a);
      }),
      { numRuns: 300 },
    );
  });

  it('takes anything for a signal', () => {
    const broken = fc.constantFrom({ toString: '' }, Object.create(null), Symbol('no number'), 1n);
    const fact = fc.oneof(fc.anything(), broken);
    const junk = fc.record(
      {
        type: fc.oneof(
          fc.constantFrom(...Object.keys(FACTS), 'toString', '__proto__'),
          fc.anything(),
        ),
        context: fc.constant(undefined),
        ...Object.fromEntries(FACT_NAMES.map((name) => [name, fact])),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(junk, fc.anything())), (list) => {
        const signals = [{ type: 'request', at: 0 }, ...list] as Signal[]; // Junk on purpose.
        const meter = createMeter({
          ctx: CONTEXT,
          at: ORIGIN,
          clock: { time: EPOCH, source: 'server' },
        });
        for (const signal of signals) meter.fold(signal);
        meter.peek(1e6);
      }),
      { numRuns: 1_000 },
    );
  });

  it('keeps no more than its bounds', () => {
    const meter = createMeter({ ctx: CONTEXT, at: 0, clock: { time: EPOCH, source: 'server' } });
    let lost = 0;
    const fold = (signal: object) => {
      lost += meter.fold(signal as Signal).lost; // Partial on purpose.
    };
    for (let i = 0; i < 100; i += 1) {
      fold({ type: 'interaction', at: i, kind: 'like' });
    }
    expect(lost).toBe(50);
    fold({ type: 'request', at: 100, by: 'play' });
    for (let i = 0; i < 20_000; i += 1) {
      const at = 200 + i;
      fold({ type: 'segment', at, host: `host${i % 50}`, bytes: 1, ok: true });
      fold({ type: 'rendition', at, bitrate: i });
      fold({ type: 'seek', at, by: 'user', from: 0, to: i * 1_000 });
      fold({ type: 'sample', at, position: i * 1_000, readyState: 4, rate: 1 });
      fold({ type: 'sample', at: at + 0.5, position: i * 1_000 + 60, readyState: 4, rate: 1 });
    }
    const { slices, summary } = meter.peek(30_000);
    const open = slices[slices.length - 1];
    expect(slices.length).toBeLessThanOrEqual(2);
    expect(open?.deliveries.length).toBe(LIMITS.sliceDeliveries);
    expect(open?.renditions.length).toBeLessThanOrEqual(LIMITS.sliceRenditions);
    expect(open?.ranges.length).toBeLessThanOrEqual(LIMITS.sliceRanges);
    expect(summary?.ranges.length).toBe(LIMITS.summaryRanges);
    expect(lost).toBeLessThanOrEqual(50);
  });

  it('ends a view that has used up its numbers, and counts the events that have none', () => {
    const meter = createMeter({ ctx: CONTEXT, at: 0, clock: { time: EPOCH, source: 'server' } });
    let [events, slices, lost] = [0, 0, 0];
    const fold = (signal: object) => {
      const emission = meter.fold(signal as Signal); // Partial on purpose.
      events += emission.events.length;
      slices += emission.slices.length;
      lost += emission.lost;
    };
    fold({ type: 'request', at: 0, by: 'play' });
    for (let i = 0; i < LIMITS.seq + 10; i += 1) fold({ type: 'interaction', at: 1, kind: 'like' });
    expect([events, lost]).toEqual([LIMITS.seq, 11]);
    for (let at = 0; at < 11_000 * (LIMITS.k + 1) && !meter.over; at += 10_000) {
      fold({ type: 'sample', at, position: at, rate: 1, readyState: 4 });
    }
    expect(meter.over).toBe(true);
    expect(slices).toBeLessThanOrEqual(LIMITS.k);
    expect(slices).toBeGreaterThan(LIMITS.k - 600);
  });

  it('ends a view that has used up the revisions of its summary', () => {
    const meter = createMeter({ ctx: CONTEXT, at: 0, clock: { time: EPOCH, source: 'server' } });
    meter.fold({ type: 'request', at: 0, by: 'play' });
    for (let rev = 0; rev < LIMITS.rev && !meter.over; rev += 1) {
      expect(meter.peek(rev).summary?.rev).toBe(rev);
      meter.fold({ type: 'tick', at: rev });
    }
    expect(meter.over).toBe(true);
  });
});
