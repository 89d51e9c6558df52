// What the player says of itself and the meter only passes on: that it is ready, where its picture is
// shown, its captions.
import type { SignalOf } from '../contract/index.ts';
import { toInteger, toText, toWord } from './bounds.ts';
import { emitEvent } from './events.ts';
import type { View } from './view.ts';

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
