// One view's life in the player: its id, its meter, the revisions of its context, and the rows that
// wait to leave. It sends nothing itself.
import { assembleBeacons, type BeaconParcel } from './assembleBeacons.ts';
import type { Losses } from './contract/beacon.ts';
import type { Context } from './contract/context.ts';
import type { ViewEvent } from './contract/event.ts';
import type { Signal } from './contract/signal.ts';
import type { Slice } from './contract/slice.ts';
import { createLabels, type Labels } from './labels.ts';
import { createMeter, type Meter, type Urgency } from './meter/index.ts';
import type { Clock } from './platform/clock.ts';
import { SDK } from './sdk.ts';

/** Revisions kept for rows that still name them; older rows go with the oldest kept. */
const CONTEXTS = 10;

export interface View {
  readonly id: string;
  readonly labels: Labels;
  /** Playback was asked for: from now on there is something to send. */
  readonly begun: boolean;
  readonly over: boolean;
  /** Folds one signal; says whether its news should leave at once. */
  fold(signal: Signal): Urgency | undefined;
  /** From here on, rows are made under what `make` gives for the next revision. */
  revise(make: (rev: number) => Context): void;
  /** What is new, as bodies; none where nothing is, or where the view is not in the sample. */
  take(urgent: boolean): BeaconParcel[];
}

export interface ViewOptions {
  readonly id: string;
  readonly clock: Clock;
  readonly ctx: Context;
  /** Asked once, when the view is first sent: 0 is not in the sample. */
  readonly weigh: () => number;
  /** Rows lost outside of the meter so far. */
  readonly losses: () => Losses;
}

export function createView({ id, clock, ctx, weigh, losses }: ViewOptions): View {
  const at = clock.now();
  const meter: Meter = createMeter({
    ctx,
    at,
    clock: { time: clock.time(at), source: clock.source() },
  });
  const labels = createLabels();
  const contexts = [ctx];
  let slices: Slice[] = [];
  let events: ViewEvent[] = [];
  let weight: number | undefined;
  let begun = false;
  let lost = 0;

  const fold = (signal: Signal): Urgency | undefined => {
    if (signal.type === 'clock' && signal.discontinuity) {
      labels.freezeAll({ slices: [...slices, ...meter.peek(signal.at).slices], events });
    }
    const emission = meter.fold(signal);
    slices.push(...emission.slices);
    events.push(...emission.events);
    lost += emission.lost;
    begun = begun || emission.urgent !== undefined; // Nothing is urgent before the request.
    return emission.urgent;
  };

  return {
    id,
    labels,
    get begun() {
      return begun;
    },
    get over() {
      return meter.over;
    },
    fold,
    revise(make) {
      const context = make((contexts[contexts.length - 1] ?? ctx).rev + 1);
      contexts.push(context);
      contexts.splice(0, contexts.length - CONTEXTS);
      fold({ type: 'context', at: clock.now(), context });
    },
    take(urgent) {
      const peek = meter.peek(clock.now());
      if (peek.summary === undefined) return [];
      // An ordinary heartbeat tells closed slices only, unless it would tell none.
      const all = urgent || slices.length === 0 ? [...slices, ...peek.slices] : slices;
      const rows = { slices: all, events, summary: peek.summary };
      slices = [];
      events = [];
      if (weight === undefined) weight = weigh();
      if (weight === 0 || rows.slices.length + rows.events.length === 0) return [];
      const known = weight;
      return assembleBeacons({
        sdk: SDK,
        view: id,
        contexts: contexts.map((context) => ({ ...context, weight: known })),
        rows,
        lost: withInternal(losses(), lost),
        urgent,
        labels,
      });
    },
  };
}

function withInternal(losses: Losses, lost: number): Losses {
  return lost === 0 ? losses : { ...losses, internal: (losses.internal ?? 0) + lost };
}
