// What the publisher reports and the meter only passes on: interactions and recommendations. Browsers
// load it with the entry that tells of them.
import { LIMITS, type SignalOf } from '../contract/index.ts';
import { toKnown, toText, toWord } from './bounds.ts';
import { emitEvent } from './events.ts';
import type { View } from './view.ts';

const INTERACTIONS = ['like', 'comment', 'share', 'follow', 'reaction', 'vote', 'custom'] as const;

export function foldInteraction(view: View, signal: SignalOf<'interaction'>): void {
  emitEvent(view, 'interaction', {
    kind: toWord(signal.kind, INTERACTIONS),
    name: toText(signal.name),
    value: toText(signal.value, LIMITS.textChars),
  });
}

export function foldRecommendation(view: View, signal: SignalOf<'recommendation'>): void {
  const items = Array.isArray(signal.items) ? signal.items : [];
  emitEvent(view, 'recommendation', {
    kind: toWord(signal.kind, ['impression', 'click', 'served']),
    id: toText(signal.id) || '',
    items: items.slice(0, LIMITS.recommendationItems).map((item) => toText(item) || ''),
    model: toText(signal.model),
    surface: toText(signal.surface),
    rank: toKnown(signal.rank),
  });
}
