// Folds signals and checks every row that comes of them: by the contract's schemas, against what came
// before it, and that the slices add up to the summary at any moment.
import { isDeepStrictEqual } from 'node:util';
import {
  CELL_MS,
  CUTS_PER_CELL,
  decodeSlice,
  encodeSlice,
  encodeSummary,
  type Signal,
  SLICE_POSITIONS,
  type Slice,
  SUMMARY_POSITIONS,
  type Summary,
  type ViewEvent,
} from '@retour/player-sdk/contract';
import { createMeter } from '@retour/player-sdk/meter';
import { eventSchemas } from '../src/contract/schema/event.ts';
import { validateSlice } from '../src/contract/schema/slice.ts';
import { validateSummary } from '../src/contract/schema/summary.ts';
import { CONTEXT, EPOCH, ORIGIN } from './screening.ts';

type Shared = Extract<keyof Slice & keyof Summary, `${string}Ms` | 'exits' | 'bits'>;
/** What the slices and the summary both count. */
const SHARED = SUMMARY_POSITIONS.filter(
  ([name, kind]) =>
    /ms|bits|bytes|count/.test(kind) && SLICE_POSITIONS.some((other) => other[0] === name),
).map(([name]) => name as Shared); // By the filter.

/** Plays the signals and shows what there is with every so many of them; throws at a bad row. */
export function auditSignals(signals: readonly Signal[], peekEvery: number): RowStore {
  const store = new RowStore();
  const meter = createMeter({ ctx: CONTEXT, at: ORIGIN, clock: { time: EPOCH, source: 'server' } });
  const peek = (at: number) => {
    const { slices, summary } = meter.peek(at);
    must(slices.length < 800, 'what waits is bounded');
    for (const slice of slices) store.putSlice(slice);
    if (summary !== undefined) store.putSummary(summary);
  };
  signals.forEach((signal, i) => {
    const { slices, events } = meter.fold(signal);
    for (const slice of slices) store.putSlice(slice);
    for (const event of events) store.putEvent(event);
    const due = meter.nextDueAt;
    must(due === undefined || due > signal.at || !(signal.at < 1e12), 'a tick is due later');
    if (i % peekEvery === 0) peek(signal.at);
  });
  peek(signals[signals.length - 1]?.at ?? 0);
  // A clock that steps may come back to a cell.
  const steps = signals.some(({ type }) => type === 'clock');
  must(steps || store.mostInCell() <= CUTS_PER_CELL + 1, 'cuts are bounded');
  return store;
}

/** Comparing whole rows is slow: so many are checked by the schema alone between two. */
const ROUND_TRIP = 10;

/** Every row by its key, the latest revision; the rules of a row are checked as it comes. */
export class RowStore {
  readonly slices = new Map<number, Slice>();
  readonly events = new Map<number, ViewEvent>();
  readonly #sums = Object.fromEntries(SHARED.map((name) => [name, 0]));
  #summaryRev = -1;
  #rows = 0;

  putSlice(slice: Slice): void {
    mustBeWhole(slice);
    const cells = encodeSlice(slice);
    const fault = validateSlice(cells);
    must(fault === undefined, () => `slice: ${JSON.stringify(fault)}`);
    const known = this.slices.get(slice.k);
    must(known === undefined || slice.rev > known.rev, 'a later slice has a later revision');
    must(known === undefined || slice.start === known.start, 'a start is frozen');
    this.slices.set(slice.k, slice);
    for (const name of SHARED) {
      this.#sums[name] = Number(this.#sums[name]) + slice[name] - (known?.[name] ?? 0);
    }
    const renditionMs = slice.renditions.reduce<number>(
      (sum, entry) => sum + Number((entry as number[])[3]),
      0,
    );
    must(renditionMs <= slice.playingMs, 'renditions take playing time');
    this.#rows += 1;
    must(
      this.#rows % ROUND_TRIP > 0 || isDeepStrictEqual(decodeSlice(cells), slice),
      'a slice survives its encoding',
    );
  }

  putEvent(event: ViewEvent): void {
    const parsed = eventSchemas.get(event.type)?.safeParse(event);
    must(
      parsed?.success === true && isDeepStrictEqual(parsed.data, event),
      () => `event: ${String(parsed?.error)}`,
    );
    const known = this.events.get(event.seq);
    must(known === undefined || event.rev > known.rev, 'a later event has a later revision');
    this.events.set(event.seq, event);
  }

  putSummary(summary: Summary): void {
    mustBeWhole(summary);
    const fault = validateSummary(encodeSummary(summary));
    must(fault === undefined, () => `summary: ${JSON.stringify(fault)}`);
    must(summary.rev > this.#summaryRev, 'a later summary has a later revision');
    this.#summaryRev = summary.rev;
    must(isDense(this.slices, summary.slices), 'slices are numbered from 0, without a hole');
    must(isDense(this.events, summary.events), 'events are numbered from 0, without a hole');
    for (const name of SHARED) {
      must(
        this.#sums[name] === summary[name],
        () => `Σ ${name}: ${this.#sums[name]}, ${summary[name]}`,
      );
    }
    const spans = summary.ranges as [number, number, number][]; // WatchedSpan.
    const watchedMs = spans.reduce((sum, [from, to, times]) => sum + (to - from) * times, 0);
    must(watchedMs === summary.mediaMs, 'Σ length × times is the media time');
    for (const name of ONCE) must(summary[name] <= 1, () => `${name} at most once`);
    for (const [part, whole] of WITHIN) {
      must(summary[part] <= summary[whole], () => `${part} within ${whole}`);
    }
  }

  /** Slices of the same cell, one after the other. */
  mostInCell(): number {
    let most = 0;
    let run = 0;
    let cell = -1;
    for (let k = 0; k < this.slices.size; k += 1) {
      const next = Math.floor((this.slices.get(k)?.start ?? 0) / CELL_MS);
      run = next === cell ? run + 1 : 1;
      cell = next;
      most = Math.max(most, run);
    }
    return most;
  }
}

/** Encoding leaves NaN out like 0: so it is looked for before. */
function mustBeWhole(row: Slice | Summary): void {
  for (const name in row) {
    const value: unknown = row[name as keyof typeof row]; // Its own key.
    if (typeof value !== 'number' || (Number.isSafeInteger(value) && value >= 0)) continue;
    throw new Error(`${name}: ${value}`);
  }
}

/** Far faster than expect(), which is called a million times here. */
function must(holds: boolean, what: string | (() => string)): void {
  if (!holds) throw new Error(typeof what === 'string' ? what : what());
}

function isDense(rows: ReadonlyMap<number, unknown>, count: number): boolean {
  for (let n = 0; n < count; n += 1) if (!rows.has(n)) return false;
  return rows.size === count;
}

const ONCE = [
  'attempts',
  'starts',
  'contentStarts',
  'startups',
  'contentStartups',
  'startFailures',
  'playFailures',
  'exits',
  'exitsBeforeStart',
] as const;

const WITHIN = [
  ['contentStarts', 'starts'],
  ['startups', 'starts'],
  ['contentStartups', 'contentStarts'],
  ['exitsBeforeStart', 'exits'],
  ['seeksTimed', 'seeks'],
  ['ratedMediaMs', 'mediaMs'],
  ['start', 'last'],
] as const;
