// The clock rule end to end: real clock, labels, assembly and outbox against a collector that checks
// the send time as ours does, while answers are lost, clocks step, devices sleep and pages close.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assembleBeacons } from './assembleBeacons.ts';
import type { Context } from './contract/context.ts';
import type { ViewEvent } from './contract/event.ts';
import { LIMITS } from './contract/limits.ts';
import { readBeacon } from './contract/schema/readBeacon.ts';
import { CELL_MS, decodeSlice, type Slice } from './contract/slice.ts';
import { decodeSummary } from './contract/summary.ts';
import { createLabels } from './labels.ts';
import { createFakeTimers } from './outbox/fakeTimers.ts';
import type { Answer, Transport } from './outbox/transport.ts';
import { createClock } from './platform/clock.ts';
import type { Platform } from './platform/platform.ts';
import { createUplink } from './uplink.ts';

const TRUE_START = 1_783_166_403_210;
const VIEW = '019f2d3c-5a00-7c1e-9b4a-0d1e2f3a4b5c';
const RTT_MS = 40;
const CTX: Context = {
  rev: 0,
  asset: { id: 'film' },
  player: { name: 'p', adapter: 'html5' },
  privacy: 'exempt',
  weight: 1,
};

/** What becomes of one request. */
type Fate = 'answered' | 'answerLost' | 'requestLost' | 'busy' | 'failing' | 'failingAfter';

type Step =
  | { readonly do: 'play'; readonly ms: number }
  | { readonly do: 'urgent' }
  | { readonly do: 'settings' }
  | { readonly do: 'stepClock'; readonly ms: number }
  | { readonly do: 'sleep'; readonly ms: number }
  | { readonly do: 'hide'; readonly taken: boolean; readonly arrives: boolean }
  | { readonly do: 'return' };

interface Scenario {
  readonly deviceErrorMs: number;
  readonly fates: readonly Fate[];
  readonly steps: readonly Step[];
}

interface Stored {
  readonly starts: Set<number>;
  rev: number;
}

/** Keeps the newest revision by key, as the writer does; remembers every start it was ever told. */
function createCollector(trueTime: () => number) {
  const rows = new Map<string, Stored>();
  const issues: unknown[] = [];
  const store = (key: string, start: number, rev: number): void => {
    const stored = rows.get(key) ?? { starts: new Set(), rev };
    stored.starts.add(start);
    stored.rev = Math.max(stored.rev, rev);
    rows.set(key, stored);
  };
  const take = (url: string, body: string): Omit<Answer, 'rttMs'> => {
    const query = new URL(url, 'http://collector').searchParams;
    const skewMs = Number(query.get('s')) - trueTime();
    const time = trueTime();
    if (query.get('u') === null && Math.abs(skewMs) > LIMITS.clockSkewMs) {
      return { status: 409, body: JSON.stringify({ code: 'clock', time }) };
    }
    const posted: unknown = JSON.parse(body);
    for (const sent of Array.isArray(posted) ? posted : [posted]) {
      const read = readBeacon(sent);
      issues.push(...read.issues);
      for (const cells of read.beacon?.slices ?? []) {
        const slice = decodeSlice(cells);
        store(`s${slice.k}`, slice.start, slice.rev);
      }
      for (const event of read.beacon?.events ?? []) store(`e${event.seq}`, event.at, event.rev);
      const summary = read.beacon?.summary;
      if (summary !== undefined) store('view', decodeSummary(summary).start, 0);
    }
    return { status: 202, body: JSON.stringify({ accepted: 1, rejected: 0, time }) };
  };
  return { rows, issues, take };
}

/** A meter that only counts time: open and closed slices, and one event for each slice. */
function createCounter(now: () => number, clock: ReturnType<typeof createClock>) {
  let k = 0;
  let at = now();
  let frame = { offset: clock.time(at) - at, clock: clock.source() === 'device' ? 1 : 0 };
  const viewStart = { start: Math.round(at + frame.offset), clock: frame.clock };
  let rev = -1;
  let closed: Slice[] = [];
  let events: ViewEvent[] = [];
  const truths = new Map<string, number>();

  const toSlice = (end: number, open: number): Slice => {
    const durationMs = Math.round(end) - Math.round(at);
    rev += 1;
    const start = Math.round(at + frame.offset);
    return {
      ...decodeSlice([]),
      k,
      rev,
      start,
      clock: frame.clock,
      open,
      durationMs,
      playingMs: durationMs,
    };
  };
  const cut = (end: number): void => {
    if (Math.round(end) === Math.round(at) && rev < 0) return;
    const slice = toSlice(end, 0);
    closed.push(slice);
    const clocked = frame.clock === 1 ? { clock: 'device' as const } : {};
    events.push({
      type: 'resume',
      by: 'user',
      seq: k,
      rev: 0,
      at: slice.start,
      ctx: 0,
      ...clocked,
    });
    k += 1;
    rev = -1;
    at = end;
  };
  return {
    truths,
    made: () => k,
    /** Cuts at every cell border up to now; a new clock reading counts from the next cut. */
    tick() {
      for (;;) {
        const border = at + CELL_MS - (Math.round(at + frame.offset) % CELL_MS);
        if (border > now()) return;
        cut(border);
        frame = { offset: clock.time(at) - at, clock: clock.source() === 'device' ? 1 : 0 };
      }
    },
    /** A discontinuity: what was before keeps its frame, what follows has another. */
    breakHere(before: (rows: { slices: Slice[]; events: ViewEvent[] }) => void) {
      before({ slices: [...closed, toSlice(now(), 1)], events });
      cut(now());
      at = now();
      frame = { offset: clock.time(at) - at, clock: clock.source() === 'device' ? 1 : 0 };
    },
    take() {
      const slices = [...closed, toSlice(now(), 1)];
      const taken = { slices, events };
      closed = [];
      events = [];
      const last = Math.max(viewStart.start, Math.round(now() + frame.offset));
      return {
        ...taken,
        summary: { ...decodeSummary([]), ...viewStart, last, rev: Math.min(k, 60_000) },
      };
    },
  };
}

function run({ deviceErrorMs, fates, steps }: Scenario) {
  const timers = createFakeTimers();
  let sleptMs = 0;
  let errorMs = deviceErrorMs;
  let sent = 0;
  let healed = false;
  let uncertain = 0;
  let beacon = { taken: true, arrives: true };
  const trueTime = (): number => TRUE_START + timers.now() + sleptMs;
  const clock = createClock({ now: timers.now, wall: () => trueTime() + errorMs });
  const collector = createCollector(trueTime);

  const answerTo = (url: string, body: string): Omit<Answer, 'rttMs'> => {
    const fate = healed ? 'answered' : (fates[sent % Math.max(1, fates.length)] ?? 'answered');
    sent += 1;
    if (fate === 'busy')
      return { status: 429, body: JSON.stringify({ code: 'quota', time: trueTime() }) };
    if (fate !== 'answered') uncertain += 1;
    if (fate === 'requestLost') return { status: 0, body: '' };
    if (fate === 'failing')
      return { status: 503, body: JSON.stringify({ code: 'log_full', time: trueTime() }) };
    const answer = collector.take(url, body);
    if (fate === 'answerLost') return { status: 0, body: '' };
    return fate === 'failingAfter' ? { status: 502, body: 'bad gateway' } : answer;
  };
  const transport: Transport = {
    post(url, body, done) {
      timers.after(RTT_MS / 2, () => {
        const answer = answerTo(url, body);
        timers.after(RTT_MS / 2, () => done({ ...answer, rttMs: RTT_MS }));
      });
    },
    beacon(url, body) {
      uncertain += 1;
      if (beacon.taken && beacon.arrives) collector.take(url, body);
      return beacon.taken;
    },
    keepalive: () => false,
  };
  const labels = createLabels();
  const platform = {
    clock,
    timers,
    transport: {
      ...transport,
      get: (_: string, done: (answer: Answer) => void) => {
        timers.after(RTT_MS, () =>
          done({
            status: 200,
            body: JSON.stringify({ time: trueTime() - RTT_MS / 2 }),
            rttMs: RTT_MS,
          }),
        );
      },
    },
    random: () => 0.5,
    wall: () => trueTime() + errorMs,
  } as Partial<Platform> as Platform; // The uplink uses no more of it.
  const uplink = createUplink({
    platform,
    endpoint: '/c',
    key: 'k',
    labels: new Map([[VIEW, labels]]),
    onSettings: () => undefined,
    onClock: () => undefined,
    onRefusal: () => undefined,
  });
  const counter = createCounter(timers.now, clock);

  const look = (): void => {
    counter.tick();
    if (clock.check() === undefined) return;
    counter.breakHere((rows) => labels.freezeAll(rows));
    uplink.ask();
  };
  const take = (urgent: boolean) =>
    assembleBeacons({
      sdk: { name: 'retour', version: '0' },
      view: VIEW,
      contexts: [CTX],
      rows: counter.take(),
      lost: {},
      urgent,
      labels,
    });
  const send = (urgent: boolean): void => take(urgent).forEach(uplink.outbox.put);
  const play = (ms: number): void => {
    for (let left = ms; left > 0; left -= 1_000) {
      timers.advance(Math.min(1_000, left));
      look();
      if (Math.floor(timers.now() / 1_000) % 10 === 0) send(false);
    }
  };
  const act = (step: Step): void => {
    switch (step.do) {
      case 'play':
        play(step.ms);
        break;
      case 'urgent':
        send(true);
        break;
      case 'settings':
        uplink.ask();
        break;
      case 'stepClock':
        errorMs += step.ms;
        look();
        break;
      case 'sleep':
        sleptMs += step.ms;
        look();
        break;
      case 'hide':
        beacon = step;
        uplink.outbox.unload(take(true));
        break;
      case 'return':
        look();
        uplink.outbox.flush();
        break;
    }
  };
  send(true);
  for (const step of steps) act(step);
  return {
    collector,
    uplink,
    counter,
    trueTime,
    timers,
    uncertain: () => uncertain,
    heal() {
      healed = true;
      beacon = { taken: true, arrives: true };
      timers.advance(700_000); // Beyond the longest wait.
      look();
      send(true);
      uplink.outbox.flush();
      timers.advance(700_000);
    },
  };
}

const ms = (most: number) => fc.integer({ min: 1, max: most });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('play' as const), ms: ms(25_000) }) },
  { weight: 2, arbitrary: fc.constant({ do: 'urgent' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'settings' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('stepClock' as const),
      ms: fc.integer({ min: -400_000, max: 400_000 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sleep' as const), ms: ms(7_200_000) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('hide' as const),
      taken: fc.boolean(),
      arrives: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'return' as const }) },
);
const fate = fc.constantFrom<Fate>(
  'answered',
  'answered',
  'answered',
  'answerLost',
  'requestLost',
  'busy',
  'failing',
  'failingAfter',
);
const scenario: fc.Arbitrary<Scenario> = fc.record({
  deviceErrorMs: fc.oneof(
    fc.integer({ min: -30_000, max: 30_000 }),
    fc.integer({ min: -300_000, max: 300_000 }),
  ),
  fates: fc.array(fate, { maxLength: 12 }),
  steps: fc.array(step, { maxLength: 14 }),
});

function startsOf(rows: ReadonlyMap<string, Stored>): [string, number][] {
  return [...rows]
    .filter(([, stored]) => stored.starts.size > 1)
    .map(([key, stored]) => [key, stored.starts.size]);
}

describe('the clock rule', () => {
  it('doubles nothing, whatever happens to answers, clocks and pages', () => {
    fc.assert(
      fc.property(scenario, (given) => {
        const { collector, heal } = run(given);
        heal();
        expect(collector.issues).toEqual([]);
        expect(startsOf(collector.rows)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('lets nothing vanish: all is stored once the network heals, and nothing is counted as lost', () => {
    fc.assert(
      fc.property(scenario, (given) => {
        const { collector, counter, heal, uplink } = run(given);
        heal();
        expect(uplink.outbox.losses).toEqual({});
        expect(uplink.outbox.size).toBe(0);
        for (let k = 0; k < counter.made(); k += 1) {
          expect([k, collector.rows.has(`s${k}`), collector.rows.has(`e${k}`)]).toEqual([
            k,
            true,
            true,
          ]);
        }
        expect(collector.rows.has('view')).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it.each([-300_000, -40_000, -12_000, 0, 12_000, 40_000, 300_000])(
    'puts rows where they belong when every answer is read and the device is off by %i ms',
    (deviceErrorMs) => {
      const { collector, timers, trueTime, heal } = run({
        deviceErrorMs,
        fates: [],
        steps: [{ do: 'urgent' }, { do: 'play', ms: 35_000 }],
      });
      expect(timers.now()).toBe(35_000);
      const starts = [...collector.rows.values()].flatMap((stored) => [...stored.starts]);
      // A clock that is off by less than the collector bears was believed once.
      const toleranceMs =
        Math.abs(deviceErrorMs) < LIMITS.clockSkewMs ? LIMITS.clockSkewMs : CELL_MS / 2 + RTT_MS;
      expect(Math.min(...starts)).toBeGreaterThanOrEqual(TRUE_START - toleranceMs);
      expect(Math.max(...starts)).toBeLessThanOrEqual(trueTime() + toleranceMs);
      heal();
      expect(startsOf(collector.rows)).toEqual([]);
    },
  );

  it.each([-300_000, 300_000])(
    'keeps a view whose page closes within 3 s on a device that is off by %i ms',
    (deviceErrorMs) => {
      fc.assert(
        fc.property(
          fc.integer({ min: 0, max: 3_000 }),
          fc.array(fate, { maxLength: 4 }),
          (closesAt, fates) => {
            const steps: Step[] = [{ do: 'hide', taken: true, arrives: true }];
            if (closesAt > 0) steps.unshift({ do: 'play', ms: closesAt });
            const { collector } = run({ deviceErrorMs, fates, steps });
            expect(collector.rows.has('s0')).toBe(true);
            expect(collector.rows.has('view')).toBe(true);
            expect(startsOf(collector.rows)).toEqual([]);
          },
        ),
      );
    },
  );

  it.each<[Fate, boolean]>([
    ['answerLost', true],
    ['failingAfter', true],
    ['requestLost', true],
    ['busy', false],
  ])('after %s, freezes the labels that were sent: %s', (fate, frozen) => {
    const { collector, heal } = run({
      deviceErrorMs: 12_000,
      fates: [fate, 'answered'],
      steps: [{ do: 'play', ms: 50 }, { do: 'settings' }, { do: 'play', ms: 30_000 }],
    });
    heal();
    expect(startsOf(collector.rows)).toEqual([]);
    const start = TRUE_START + (frozen ? 12_000 : 2_000);
    expect([...(collector.rows.get('s0')?.starts ?? [])]).toEqual([start]);
  });

  it('sends again under a new send time and the old labels when an answer was lost and the clock stepped', () => {
    const { collector, heal } = run({
      deviceErrorMs: 0,
      fates: ['answerLost', 'answered'],
      steps: [
        { do: 'play', ms: 500 },
        { do: 'stepClock', ms: 240_000 },
        { do: 'play', ms: 15_000 },
      ],
    });
    heal();
    expect([...(collector.rows.get('view')?.starts ?? [])]).toEqual([TRUE_START]);
    expect([...(collector.rows.get('s0')?.starts ?? [])]).toEqual([TRUE_START]);
  });
});
