// The meter: folds signals, hands out what they made. Total and pure: nothing here or below reads a
// clock, throws, or forgets a bound.
import type { SignalType } from '../contract/index.ts';
import { toKnown } from './bounds.ts';
import type { Emission, Meter, MeterOptions } from './emission.ts';
import { takeEvents } from './events.ts';
import { FOLDS, type Fold } from './folds.ts';
import { dueAt, moveTo, putIdle } from './lifetime.ts';
import { peekSlices, takeSlices } from './slices.ts';
import { takeSummary } from './summary.ts';
import { advance, GAP_MS } from './time.ts';
import { createView, type View } from './view.ts';

export function createMeter(options: MeterOptions): Meter {
  const view = createView(options);
  return {
    fold(signal) {
      if (view.over || !signal || !isKnown(signal.type)) {
        return { slices: [], events: [], urgent: undefined, lost: 0 };
      }
      moveTo(view, toMoment(view, signal.at));
      // A look knows more of the time before it than can be said without.
      if (signal.type !== 'sample' || view.rest !== undefined) advance(view);
      if (!view.over) (FOLDS[signal.type] as Fold<SignalType>)(view, signal); // By its own type.
      return takeEmission(view);
    },
    peek(at) {
      const moment = toMoment(view, at);
      if (!view.over && moment > view.now && moment - view.now <= GAP_MS) {
        view.now = moment; // Further on, only a signal says what became of the time.
        advance(view);
      }
      if (!view.begun) return { slices: [], summary: undefined };
      return { slices: peekSlices(view), summary: takeSummary(view) };
    },
    get nextDueAt() {
      const due = dueAt(view);
      return due === undefined ? undefined : due - view.gaps;
    },
    get over() {
      return view.over;
    },
  };
}

function isKnown(type: SignalType): boolean {
  return Object.keys(FOLDS).indexOf(type) >= 0; // Not a name that every object inherits.
}

/** Whole ms on the view's own time line; what is no time is now. */
function toMoment(view: View, at: number): number {
  return (toKnown(at) ?? 0) + view.gaps;
}

function takeEmission(view: View): Emission {
  putIdle(view);
  const { urgent, lost } = view;
  view.urgent = undefined;
  view.lost = 0;
  return {
    slices: view.begun ? takeSlices(view) : [],
    events: takeEvents(view),
    urgent: view.begun ? urgent : undefined,
    lost,
  };
}
