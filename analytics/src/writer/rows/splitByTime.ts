// Takes out of a beacon what came too late or lies in the future: such rows would touch minutes that
// are sealed, or stand before now. Measured against the receipt, which is in the log, so that a
// replay decides as the first reading did.
import type { Beacon, Slice, Summary, ViewEvent } from '@retour/player-sdk/contract';

export interface TimeBounds {
  /** Slices and events that began longer before their receipt are late; summaries by their end. */
  readonly latenessHorizonMs: number;
  /** A view may be this old while it goes on. */
  readonly viewHorizonMs: number;
  /** Beyond the receipt by more than any clock that the collector lets through. */
  readonly futureMs: number;
}

export type OutOfTime = 'too_late' | 'too_early';

export interface Split {
  readonly kept: Beacon;
  readonly out: readonly OutItems[];
}

/** The items of one beacon that are out of time for one reason. */
export interface OutItems {
  readonly reason: OutOfTime;
  /** `slices[0],events[2],summary`: positions in the beacon. */
  readonly items: readonly string[];
  /** The beacon with these items alone. */
  readonly beacon: Beacon;
}

export function splitByTime(beacon: Beacon, receivedAt: number, bounds: TimeBounds): Split {
  const judge = (from: number, until: number, horizonMs: number): OutOfTime | undefined => {
    if (until < receivedAt - horizonMs) return 'too_late';
    return from > receivedAt + bounds.futureMs ? 'too_early' : undefined;
  };
  const { latenessHorizonMs, viewHorizonMs } = bounds;
  const ofSlice = ({ start }: Slice) => judge(start, start, latenessHorizonMs);
  const ofEvent = ({ at }: ViewEvent) => judge(at, at, latenessHorizonMs);
  const ofSummary = ({ start, last }: Summary) =>
    judge(last, last, latenessHorizonMs) ?? judge(start, start, viewHorizonMs);
  const { slices, events, summary, ...head } = beacon;
  const select = (reason: OutOfTime | undefined): Beacon => ({
    ...head,
    slices: slices.filter((slice) => ofSlice(slice) === reason),
    events: events.filter((event) => ofEvent(event) === reason),
    ...(summary !== undefined && ofSummary(summary) === reason && { summary }),
  });
  const toItems = (reason: OutOfTime): OutItems => ({
    reason,
    items: [
      ...slices.flatMap((slice, i) => (ofSlice(slice) === reason ? [`slices[${i}]`] : [])),
      ...events.flatMap((event, i) => (ofEvent(event) === reason ? [`events[${i}]`] : [])),
      ...(summary !== undefined && ofSummary(summary) === reason ? ['summary'] : []),
    ],
    beacon: select(reason),
  });
  const out = [toItems('too_late'), toItems('too_early')].filter(({ items }) => items.length > 0);
  return { kept: out.length === 0 ? beacon : select(undefined), out };
}
