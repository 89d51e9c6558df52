// The rendition on the screen and the switches between them. What is chosen before the first frame is
// a choice and no switch.
import type { Rendition } from '../contract/index.ts';
import { toFacts, toKnown, toText } from './bounds.ts';
import { emitEvent } from './events.ts';
import { add } from './slices.ts';
import { later } from './time.ts';
import type { View } from './view.ts';

const MAX_BITRATE = 1e10;
const MAX_PIXELS = 1e5;

export function foldRendition(view: View, signal: Rendition): void {
  const next = toRendition(signal);
  const before = view.newestRendition;
  if (JSON.stringify(next) === JSON.stringify(before)) return;
  view.newestRendition = next;
  const step = before === undefined ? 0 : toStep(before, next);
  const change = step > 0 ? 'up' : step < 0 ? 'down' : undefined;
  const counts = view.totals.contentStarts > 0 && change !== undefined;
  emitEvent(view, { type: 'rendition', rendition: next, ...(counts && { change }) });
  later(view, () => {
    view.rendition = next;
    if (counts) add(view, change === 'up' ? 'switchesUp' : 'switchesDown', 1);
  });
}

function toStep(before: Rendition, next: Rendition): number {
  const byOf = (a: number | undefined, b: number | undefined) =>
    a === undefined || b === undefined ? 0 : b - a;
  return byOf(before.bitrate, next.bitrate) || byOf(before.height, next.height);
}

function toRendition(signal: Rendition): Rendition {
  const { frameRate } = signal;
  return toFacts({
    bitrate: toKnown(signal.bitrate, MAX_BITRATE),
    width: toKnown(signal.width, MAX_PIXELS),
    height: toKnown(signal.height, MAX_PIXELS),
    codec: toText(signal.codec),
    frameRate: frameRate !== undefined && frameRate > 0 && frameRate < 1e4 ? frameRate : undefined,
    hdr: toText(signal.hdr),
    audioBitrate: toKnown(signal.audioBitrate, MAX_BITRATE),
    audioLanguage: toText(signal.audioLanguage),
  });
}
