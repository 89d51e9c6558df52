// Moves the view on in time, ends it when nobody is there any more, and says when to look again.
import { LIMITS } from '../contract/index.ts';
import { finish } from './exit.ts';
import { WAIT_MS } from './slices.ts';
import { isIdle, PLAYING } from './state.ts';
import { advance, bookGap, FROZEN_MS, HOUR_MS, settle } from './time.ts';
import { stateOf, type View } from './view.ts';

/** No tick is asked for sooner than that, ms: looks at the playhead come by themselves. */
const REST_MS = 250;
/** Slices and summaries kept back for the last hour of a view that has used up its numbers. */
const RESERVE = 500;

/** Moves the view to a moment; a moment in the past is now. */
export function moveTo(view: View, at: number): void {
  const { now: last, idleSince = Infinity } = view;
  const now = Math.max(last, at);
  if (view.begun) {
    const gone = now - last > HOUR_MS;
    const isUsedUp = view.sliceCount > LIMITS.k - RESERVE || view.totals.rev > LIMITS.rev - RESERVE;
    if (gone || now - idleSince > HOUR_MS || isUsedUp) {
      view.now = gone ? last : Math.min(now, idleSince + HOUR_MS);
      advance(view);
      finish(view, 'timeout');
      return;
    }
    const state = stateOf(view);
    // What became of playing time, a look at the playhead will say.
    if (now - last > FROZEN_MS && state !== PLAYING && !isIdle(state)) {
      settle(view);
      view.seenAt = view.now = now;
      bookGap(view);
    }
  }
  view.now = now;
}

/** Notes since when nobody watches. Called after every signal. */
export function putIdle(view: View): void {
  view.idleSince = isIdle(stateOf(view)) ? (view.idleSince ?? view.now) : undefined;
}

/** When a tick is due, in monotonic time. */
export function dueAt(view: View): number | undefined {
  const { draft, idleSince = Infinity } = view;
  if (!view.begun || view.isOver) return undefined;
  let due = idleSince + HOUR_MS + 1;
  if (draft.endsAt) due = Math.min(due, draft.endsAt + WAIT_MS);
  for (const { closedAt } of view.closedDrafts) due = Math.min(due, closedAt + WAIT_MS);
  return due < Infinity ? Math.max(due, view.now + REST_MS) - view.gapsMs : undefined;
}
