// What is reported and the meter only passes on: the player's readiness, where its picture and its
// captions are shown, interactions, recommendations.
import { LIMITS, type SignalOf } from '../contract/index.ts';
import { toInteger, toKnown, toText, toWord } from './bounds.ts';
import { emitEvent } from './events.ts';
import type { View } from './view.ts';

const INTERACTIONS = ['like', 'comment', 'share', 'follow', 'reaction', 'vote', 'custom'] as const;

export function foldReady(view: View, signal: SignalOf<'ready'>): void {
  emitEvent(view, 'playerReady', { durationMs: toInteger(signal.sinceCreatedMs) });
}

export function foldPresentation(view: View, signal: SignalOf<'presentation'>): void {
  const mode = toWord(signal.mode, ['fullscreen', 'pip', 'cast', 'inline']);
  emitEvent(view, 'presentation', { mode });
}

export function foldCaptions(view: View, signal: SignalOf<'captions'>): void {
  emitEvent(view, 'captions', { language: toText(signal.language) });
}

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
    id: toText(signal.id) ?? '',
    items: items.slice(0, LIMITS.recommendationItems).map((item) => toText(item) ?? ''),
    model: toText(signal.model),
    surface: toText(signal.surface),
    rank: toKnown(signal.rank),
  });
}
