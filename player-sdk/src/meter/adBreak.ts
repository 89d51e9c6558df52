// The end of ads and ad breaks, whoever ends them: the ads themselves, or the end of the view.
import type { EventFacts } from '../contract/index.ts';
import type { Loose } from './bounds.ts';
import { endSpell, reviseEvent } from './events.ts';
import type { View } from './view.ts';

export function closeBreak(view: View): void {
  closeAd(view);
  view.adTail = false;
  if (view.adBreakOn) view.seenAt = view.now;
  endSpell(view, view.adBreakOn, view.totals.adMs);
  view.adBreakOn = undefined;
}

/** The ad that runs or was asked for is over. */
export function closeAd(view: View, facts: Loose<Partial<EventFacts['ad']>> = {}): void {
  if (!view.adOn) return;
  reviseEvent<'ad'>(view, view.adOn.told, facts);
  endSpell(view, view.adOn, view.totals.adMs);
  view.adOn = undefined;
}
