// Takes out of a beacon what came too late or lies in the future: such rows would touch minutes that
// are sealed, or stand before now. Measured against the receipt, which is in the log, so that a
// replay decides as the first reading did.
import { SLICE_POSITIONS, SUMMARY_POSITIONS, type WireBeacon } from '@retour/player-sdk/contract';
import { expandCells, placeOf } from './expandCells.ts';

export interface TimeBounds {
  /** Slices and events that began longer before their receipt are late; summaries by their end. */
  readonly latenessHorizonMs: number;
  /** A view may be this old while it goes on. */
  readonly viewHorizonMs: number;
  /** Beyond the receipt by more than any clock that the collector lets through. */
  readonly futureMs: number;
}

export type OutOfTime = 'too_late' | 'too_early';

/** The items of one beacon that are out of time for one reason. */
export interface OutItems {
  readonly reason: OutOfTime;
  /** Positions in the beacon: `slices[0]`, `events[2]`, `summary`. */
  readonly items: readonly string[];
  /** The beacon with these items alone. */
  readonly beacon: WireBeacon;
}

export interface Split {
  readonly kept: WireBeacon;
  readonly out: readonly OutItems[];
}

const SLICE_START = placeOf(SLICE_POSITIONS, 'start');
const SUMMARY_START = placeOf(SUMMARY_POSITIONS, 'start');
const SUMMARY_LAST = placeOf(SUMMARY_POSITIONS, 'last');

type Verdict = OutOfTime | 'kept';

export function splitByTime(beacon: WireBeacon, receivedAt: number, bounds: TimeBounds): Split {
  const { slices = [], events = [], summary } = beacon;
  const { latenessHorizonMs, viewHorizonMs, futureMs } = bounds;
  const judge = (at: number, horizonMs: number): Verdict =>
    at < receivedAt - horizonMs ? 'too_late' : at > receivedAt + futureMs ? 'too_early' : 'kept';
  const ofSlices = slices.map((cells) =>
    judge(Number(expandCells(SLICE_POSITIONS, cells)[SLICE_START]), latenessHorizonMs),
  );
  const ofEvents = events.map(({ at }) => judge(at, latenessHorizonMs));
  const ofSummary = summary === undefined ? [] : [judgeSummary()];
  if ([ofSlices, ofEvents, ofSummary].every((all) => all.every((one) => one === 'kept'))) {
    return { kept: beacon, out: [] };
  }

  function judgeSummary(): Verdict {
    const row = expandCells(SUMMARY_POSITIONS, summary ?? []);
    const ended = judge(Number(row[SUMMARY_LAST]), latenessHorizonMs);
    return ended === 'kept' ? judge(Number(row[SUMMARY_START]), viewHorizonMs) : ended;
  }
  function select(verdict: Verdict): WireBeacon {
    const { slices: _, events: __, summary: ___, ...head } = beacon;
    return {
      ...head,
      slices: slices.filter((_, i) => ofSlices[i] === verdict),
      events: events.filter((_, i) => ofEvents[i] === verdict),
      ...(summary !== undefined && ofSummary[0] === verdict && { summary }),
    };
  }
  function name(verdict: OutOfTime): string[] {
    const named = (all: readonly Verdict[], item: (i: number) => string): string[] =>
      all.flatMap((one, i) => (one === verdict ? [item(i)] : []));
    return [
      ...named(ofSlices, (i) => `slices[${i}]`),
      ...named(ofEvents, (i) => `events[${i}]`),
      ...named(ofSummary, () => 'summary'),
    ];
  }
  const out = (['too_late', 'too_early'] as const)
    .map((reason) => ({ reason, items: name(reason), beacon: select(reason) }))
    .filter(({ items }) => items.length > 0);
  return { kept: select('kept'), out };
}
