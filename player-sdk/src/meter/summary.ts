// The view's summary as it stands at the cursor: the totals, where in the content, how far.
import { type Cell, createSummary, LIMITS, QUARTILES, type Summary } from '../contract/index.ts';
import { toKnown } from './bounds.ts';
import { stateOf, type View } from './view.ts';

export function takeSummary(view: View): Summary {
  const { totals, watched } = view;
  putQuartiles(view);
  const summary = Object.assign(createSummary(), totals, {
    ctx: view.ctx.rev,
    clock: view.clockOffset.clock,
    last: Math.max(0, view.cursor + view.clockOffset.ms),
    slices: view.sliceCount,
    events: view.eventCount,
    endState: stateOf(view),
    ranges: watched.map((span): Cell => span.slice()),
  });
  totals.rev = Math.min(LIMITS.rev, totals.rev + 1);
  return summary;
}

/** A quartile reached stays reached; a live stream has none. */
function putQuartiles(view: View): void {
  if (view.adBreakOn || view.adTail) return; // What was last seen may be an ad's.
  const { ctx, totals } = view;
  const { asset } = ctx;
  // The page knows better than the player where ads are part of the stream.
  const durationMs = toKnown(asset.durationMs) || toKnown(view.lastSample?.duration) || 0;
  if (durationMs === 0 || asset.streamType === 'live') return;
  QUARTILES.forEach((percent, bit) => {
    if (totals.uniqueMs * 100 >= durationMs * percent) totals.quartiles |= 1 << bit;
  });
}
