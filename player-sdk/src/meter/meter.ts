// The meter: folds signals, hands out what they made. Total and pure: nothing here or below reads a
// clock, throws, or forgets a bound.
import type { SignalType } from '../contract/index.ts';
import { toInteger } from './bounds.ts';
import type { Meter, MeterOptions } from './emission.ts';
import { takeEvents } from './events.ts';
import { FOLDS, type Fold } from './folds.ts';
import { dueAt, moveTo, putIdle } from './lifetime.ts';
import { peekSlices, takeSlices } from './slices.ts';
import { takeSummary } from './summary.ts';
import { setClock } from './suspension.ts';
import { advance, GAP_MS } from './time.ts';
import { createView, type View } from './view.ts';

export function createMeter(options: MeterOptions): Meter {
  const view = createView(options);
  setClock(view, options.clock);
  return {
    fold(signal) {
      const fold = signal && toFold(signal.type);
      if (!fold) view.lost += 1;
      else if (!view.isOver) {
        moveTo(view, toMoment(view, signal.at));
        // A look knows more of the time before it than can be said without.
        if (signal.type !== 'sample' || !view.running) advance(view);
        if (!view.isOver) fold(view, signal);
        putIdle(view);
      }
      const { urgency: urgent, lost } = view;
      view.urgency = undefined;
      view.lost = 0;
      return { slices: takeSlices(view), events: takeEvents(view), urgent, lost };
    },
    peek(at) {
      const moment = toMoment(view, at);
      if (!view.isOver && moment > view.now && moment - view.now <= GAP_MS) {
        view.now = moment; // Further on, only a signal says what became of the time.
        advance(view);
      }
      return {
        slices: peekSlices(view),
        events: view.unsent,
        summary: view.begun ? takeSummary(view) : undefined,
      };
    },
    get nextDueAt() {
      return dueAt(view);
    },
    get over() {
      return view.isOver;
    },
    get inAdBreak() {
      return !!view.adBreakOn;
    },
  };
}

function toFold(type: SignalType): Fold<SignalType> | undefined {
  const known = Object.keys(FOLDS).indexOf(type) >= 0; // Not a name that every object inherits.
  return known ? (FOLDS[type] as Fold<SignalType>) : undefined; // By its own type.
}

/** Whole ms on the view's own time line; what is no time is now. */
function toMoment(view: View, at: number): number {
  return toInteger(at) + view.gapsMs;
}
