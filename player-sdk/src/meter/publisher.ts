// What the page or the publisher reports and the meter only passes on: the player's readiness,
// interactions, recommendations.
import { LIMITS, type SignalOf } from '../contract/index.ts';
import { toFacts, toInteger, toKnown, toText, toWord } from './bounds.ts';
import { emitEvent } from './events.ts';
import type { View } from './view.ts';

const INTERACTIONS = ['like', 'comment', 'share', 'follow', 'reaction', 'vote', 'custom'] as const;

export function foldReady(view: View, signal: SignalOf<'ready'>): void {
  emitEvent(view, { type: 'playerReady', durationMs: toInteger(signal.sinceCreatedMs) });
}

export function foldInteraction(view: View, signal: SignalOf<'interaction'>): void {
  emitEvent(view, {
    type: 'interaction',
    kind: toWord(signal.kind, INTERACTIONS),
    ...toFacts({ name: toText(signal.name), value: toText(signal.value, LIMITS.textChars) }),
  });
}

export function foldRecommendation(view: View, signal: SignalOf<'recommendation'>): void {
  const items = Array.isArray(signal.items) ? signal.items : [];
  emitEvent(view, {
    type: 'recommendation',
    kind: toWord(signal.kind, ['impression', 'click', 'served']),
    id: toText(signal.id),
    items: items.slice(0, LIMITS.recommendationItems).map((item) => toText(item)),
    ...toFacts({
      model: toText(signal.model),
      surface: toText(signal.surface),
      rank: toKnown(signal.rank),
    }),
  });
}
