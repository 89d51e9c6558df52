// One view's life in the player: its id, its meter, the revisions of its context, and the rows that
// wait to leave. It sends nothing itself.
import { assembleBeacons, type BeaconParcel } from './assembleBeacons.ts';
import type { Losses, LossReason } from './contract/beacon.ts';
import type { Context } from './contract/context.ts';
import type { ViewEvent } from './contract/event.ts';
import { LIMITS } from './contract/limits.ts';
import type { Signal } from './contract/signal.ts';
import type { Slice } from './contract/slice.ts';
import { createLabels, type Labels } from './labels.ts';
import type { Emission, Urgency } from './meter/emission.ts';
import { createMeter } from './meter/meter.ts';
import { WAIT_MS } from './meter/slices.ts';
import type { Clock } from './platform/clock.ts';
import { toPermitted } from './privacy.ts';

/** Revisions kept for rows that still name them; older rows go with the oldest kept. */
const CONTEXTS = 10;
const NOTHING = { slices: [], events: [] };

export interface View {
  readonly id: string;
  /** Its newest revision. */
  readonly context: () => Context;
  readonly labels: Labels;
  /** Playback was asked for: from now on there is something to send. */
  readonly begun: () => boolean;
  readonly over: () => boolean;
  readonly inAdBreak: () => boolean;
  /** Folds one signal; says whether its news should leave at once. */
  fold(signal: Signal): Urgency | undefined;
  /** From here on, rows are made under what `make` gives for the next revision. */
  revise(make: (rev: number) => Context): void;
  /** Until a slice that was just closed is final, ms; 0 where none is about to be. */
  settlesInMs(): number;
  /**
   * What is new, as bodies; none where nothing is, or where the view is not in the sample. It comes again
   * until sent() is told: Firefox cuts a script off in mid-run when its tab is closed.
   */
  take(urgent: boolean): BeaconParcel[];
  sent(): void;
}

export interface ViewOptions {
  readonly id: string;
  readonly clock: Clock;
  readonly ctx: Context;
  /** Nobody has seen the page yet. */
  readonly unseen: boolean;
  /** Asked once, when the view is first sent: 0 is not in the sample. */
  readonly weigh: () => number;
  /** Rows lost so far, of this view and of those before it. */
  readonly losses: () => Losses;
  /** The meter lost rows. */
  readonly onLost: (rows: number) => void;
}

export function createView(options: ViewOptions): View {
  const { id, clock, ctx, unseen, weigh, losses, onLost } = options;
  const at = clock.now();
  const reading = { time: clock.time(at), source: clock.source() };
  const meter = createMeter({ ctx, at, clock: reading, unseen });
  const labels = createLabels();
  let contexts = [ctx];
  const context = () => contexts[contexts.length - 1] || ctx;
  let slices: Slice[] = [];
  let events: ViewEvent[] = [];
  /** Taken, and not known to have got any further. */
  let taken: Pick<Emission, 'slices' | 'events'> = NOTHING;
  let weight: number | undefined;
  let begun = false;
  const lostBefore = Object.assign({}, losses());

  const fold = (signal: Signal): Urgency | undefined => {
    if (signal.type === 'clock' && signal.discontinuity) {
      const peek = meter.peek(signal.at);
      labels.freezeAll({
        slices: slices.concat(peek.slices),
        events: events.concat(peek.events),
      });
    }
    const emission = meter.fold(signal);
    slices.push(...emission.slices);
    for (const event of emission.events) {
      events = events.filter(({ seq }) => seq !== event.seq); // Replaced before it left.
      events.push(event);
    }
    if (emission.lost) onLost(emission.lost);
    begun = begun || !!emission.urgent; // Nothing is urgent before the request.
    return emission.urgent;
  };

  return {
    id,
    context,
    labels,
    begun: () => begun,
    over: () => meter.over,
    inAdBreak: () => meter.inAdBreak,
    fold,
    revise(make) {
      const { rev } = context();
      if (JSON.stringify(weighed(make(rev))) === JSON.stringify(context())) return; // Nothing new.
      const next = weighed(make(rev + 1));
      // What was made under an older one leaves as the mode allows now.
      contexts = contexts.map((known) => toPermitted(known, next.privacy)).slice(1 - CONTEXTS);
      contexts.push(next);
      fold({ type: 'context', at: clock.now(), context: next });
    },
    settlesInMs() {
      const ms = (meter.nextDueAt || 0) - clock.now();
      return ms > 0 && ms <= WAIT_MS && !slices.length ? ms : 0;
    },
    take(urgent) {
      const peek = meter.peek(clock.now());
      const { summary } = peek;
      if (!summary) return [];
      // An ordinary heartbeat tells closed slices only, unless it would tell none.
      if (urgent || !slices.length) slices.push(...peek.slices);
      taken = {
        slices: taken.slices.slice(-LIMITS.slices).concat(slices),
        events: taken.events.slice(-LIMITS.events).concat(events),
      };
      const rows = { slices: taken.slices, events: taken.events, summary };
      slices = [];
      events = [];
      if (weight === undefined) {
        weight = weigh();
        contexts = contexts.map(weighed);
      }
      if (!weight || !(rows.slices.length + rows.events.length)) return [];
      return assembleBeacons({ view: id, contexts, rows, lost: toLost(), urgent, labels });
    },
    sent() {
      taken = NOTHING;
    },
  };

  /** Fixed at the first send. */
  function weighed(context: Context): Context {
    return weight === undefined ? context : Object.assign({}, context, { weight });
  }

  /** Since this view began. */
  function toLost(): Losses {
    const lost: { [R in LossReason]?: number } = {};
    const found = losses();
    for (const reason of Object.keys(found) as LossReason[]) {
      const rows = (found[reason] || 0) - (lostBefore[reason] || 0);
      if (rows) lost[reason] = rows;
    }
    return lost;
  }
}
