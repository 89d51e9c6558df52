// The end of ads and ad breaks, whoever ends them: the ads themselves, or the end of the view.
import type { EventFacts } from '../contract/index.ts';
import { reviseEvent } from './events.ts';
import type { View } from './view.ts';

/** The ad that runs or was asked for is over. */
export function closeAd(view: View, facts: Partial<EventFacts['ad']> = {}): void {
  const { ad } = view;
  if (ad === undefined) return;
  reviseEvent<'ad'>(view, ad.event, {
    ...facts,
    ...(ad.since !== undefined && { durationMs: view.totals.adMs - ad.since }),
  });
  view.ad = undefined;
}

export function closeBreak(view: View): void {
  closeAd(view);
  view.adTail = false;
  if (view.adBreak === undefined) return;
  const durationMs = view.totals.adMs - view.adBreak.since;
  reviseEvent<'adBreak'>(view, view.adBreak.event, { durationMs });
  view.adBreak = undefined;
  view.seenAt = view.now;
}
