// A scripted player for the meter's tests: says what the playhead does, makes the signals that an
// adapter would make of it, and collects the latest revision of every row.
import {
  type Context,
  decodeSlice,
  decodeSummary,
  type EventFacts,
  type EventOf,
  type EventType,
  encodeSlice,
  encodeSummary,
  type Sample,
  type Signal,
  type SignalFacts,
  type SignalType,
  type Slice,
  type Summary,
  type ViewEvent,
} from '@retour/player-sdk/contract';
import { createMeter, type Emission, type Meter, type Peek } from '@retour/player-sdk/meter';
import { expect } from 'vitest';

export const CONTEXT: Context = {
  rev: 0,
  asset: { id: 'film', durationMs: 60_000, streamType: 'vod' },
  player: { name: 'test', adapter: 'test' },
  privacy: 'none',
  weight: 1,
};

/** Corrected time at the start: 3 s into a cell. */
export const EPOCH = 1_700_000_003_000;
/** Monotonic time at the start: fractional, as browsers have it. */
export const ORIGIN = 512.3;

export interface Screening {
  readonly meter: Meter;
  readonly context: Context;
  /** Where the playhead is. */
  readonly position: number;
  readonly emissions: readonly Emission[];
  /** Monotonic ms since the start. */
  readonly at: number;
  emit<T extends SignalType>(type: T, facts: SignalFacts[T]): Emission;
  /** Looks at the playhead as it is. */
  look(facts?: Partial<Sample>): void;
  /** Time passes; the playhead moves by it, or not. `every` ms it is looked at; 0: never. */
  play(ms: number, every?: number): void;
  stand(ms: number, every?: number): void;
  /** Time passes, nothing at all happens. */
  pass(ms: number): void;
  /** What the player says of itself from now on. */
  set(facts: Partial<Sample>): void;
  peek(): Peek;
  /** Everything there is, latest revisions only. */
  end(): Rows;
}

export interface Rows {
  readonly slices: readonly Slice[];
  readonly events: readonly ViewEvent[];
  readonly summary: Summary;
  readonly urgent: readonly string[];
}

export function createScreening(context: Context = CONTEXT, unseen = false): Screening {
  const meter = createMeter({
    ctx: context,
    at: ORIGIN,
    clock: { time: EPOCH, source: 'server' },
    unseen,
  });
  const emissions: Emission[] = [];
  const slices = new Map<number, Slice>();
  const events = new Map<number, ViewEvent>();
  let at = 0;
  let sample: Sample = {
    position: 0,
    rate: 1,
    readyState: 4,
    paused: false,
    seeking: false,
    ended: false,
    duration: 60_000,
  };
  const take = (row: Slice) => {
    const slice = decodeSlice(JSON.parse(JSON.stringify(encodeSlice(row))));
    if ((slices.get(slice.k)?.rev ?? -1) < slice.rev) slices.set(slice.k, slice);
  };
  const run = (ms: number, every: number, moves: boolean) => {
    let left = ms;
    while (left > 0) {
      const step = every > 0 ? Math.min(every, left) : left;
      left -= step;
      at += step;
      if (moves) sample = { ...sample, position: sample.position + step * sample.rate };
      if (every > 0) screening.look();
    }
  };
  const screening: Screening = {
    meter,
    context,
    get position() {
      return sample.position;
    },
    emissions,
    get at() {
      return at;
    },
    emit(type, facts) {
      // The facts are those of the type.
      const emission = meter.fold({ type, at: ORIGIN + at, ...facts } as unknown as Signal);
      emissions.push(emission);
      emission.slices.forEach(take);
      for (const event of emission.events) {
        if ((events.get(event.seq)?.rev ?? -1) < event.rev) events.set(event.seq, event);
      }
      return emission;
    },
    set(facts) {
      sample = { ...sample, ...facts };
    },
    look(facts = {}) {
      screening.set(facts);
      screening.emit('sample', sample);
    },
    play: (ms, every = 250) => run(ms, every, true),
    stand: (ms, every = 100) => run(ms, every, false),
    pass: (ms) => run(ms, 0, false),
    peek() {
      const peek = meter.peek(ORIGIN + at);
      peek.slices.forEach(take);
      return peek;
    },
    end() {
      const { summary } = screening.peek();
      if (summary === undefined) throw new Error('there is no view: nothing was requested');
      const bySeq = [...events.values()].sort((a, b) => a.seq - b.seq);
      return {
        slices: [...slices.values()].sort((a, b) => a.k - b.k),
        events: bySeq,
        summary: decodeSummary(JSON.parse(JSON.stringify(encodeSummary(summary)))),
        urgent: emissions.flatMap(({ urgent }) => urgent ?? []),
      };
    },
  };
  return screening;
}

/** Requests playback and starts it after so many ms. */
export function start(screening: Screening, startupMs = 400): void {
  screening.emit('request', { by: 'play' });
  screening.look({ readyState: 1 });
  screening.stand(startupMs);
  screening.look({ readyState: 4 });
}

/** What a timeline must come to; only what is named is compared. */
export interface Expected {
  /** Of a page that nobody has seen yet. */
  readonly unseen?: boolean;
  readonly summary?: Partial<Summary>;
  /** By number. */
  readonly slices?: readonly Partial<Slice>[];
  /** All events of the types that are named, in order. */
  readonly events?: readonly (Partial<ViewEvent> & { readonly type: EventType })[];
  readonly urgent?: readonly string[];
}

/** Plays a timeline and compares what the meter makes of it. */
export function check(script: (screening: Screening) => void, expected: Expected): void {
  const screening = createScreening(CONTEXT, expected.unseen);
  script(screening);
  const rows = screening.end();
  const { summary, slices, events, urgent } = expected;
  if (summary !== undefined) expect(pick(rows.summary, summary)).toEqual(summary);
  if (slices !== undefined) {
    expect(rows.slices.map((slice, k) => pick(slice, slices[k] ?? {}))).toEqual(slices);
  }
  if (events !== undefined) {
    const types = events.map(({ type }) => type);
    const found = rows.events.filter(({ type }) => types.includes(type));
    expect(found.map((event, i) => pick(event, events[i] ?? event))).toEqual(events);
  }
  if (urgent !== undefined) expect(rows.urgent).toEqual(urgent);
}

function pick<R extends object>(row: R, like: Partial<R>): Partial<R> {
  const picked: Partial<R> = {};
  for (const name of Object.keys(like) as (keyof R)[]) picked[name] = row[name]; // Its own keys.
  return picked;
}

export function eventsOf<T extends EventType>(rows: Rows, type: T): (EventOf<T> & EventFacts[T])[] {
  // By its type.
  return rows.events.filter((event) => event.type === type) as (EventOf<T> & EventFacts[T])[];
}
