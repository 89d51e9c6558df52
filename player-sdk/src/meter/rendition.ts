// The rendition on the screen and the switches between them. What is chosen before the first frame is
// a choice and no switch.
import type { Rendition } from '../contract/index.ts';
import { putKnown, toKnown, toNumber, toText } from './bounds.ts';
import { emitEvent } from './events.ts';
import { add } from './slices.ts';
import { later } from './time.ts';
import type { View } from './view.ts';

const MAX_BITRATE = 1e10;
const MAX_PIXELS = 1e5;

export function foldRendition(view: View, signal: Rendition): void {
  const rendition = toRendition(signal);
  const { adBreakOn, newestRendition } = view;
  if (JSON.stringify(rendition) === JSON.stringify(newestRendition)) return;
  const before = view.beforeAds || newestRendition;
  view.newestRendition = rendition;
  if (!adBreakOn) view.beforeAds = undefined;
  // An ad in the content's own element is shown in its own size.
  const isSwitch = view.totals.contentStarts > 0 && before && !adBreakOn;
  const step = isSwitch ? toStep(before, rendition) : 0;
  const change = step > 0 ? 'up' : step < 0 ? 'down' : undefined;
  emitEvent(view, 'rendition', { rendition, change });
  later(view, () => {
    view.onScreen = rendition;
    if (step > 0) add(view, { switchesUp: 1 });
    if (step < 0) add(view, { switchesDown: 1 });
  });
}

/** NaN, where neither is known, is no step. */
function toStep(before: Rendition, next: Rendition): number {
  const byOf = (a = Number.NaN, b = Number.NaN) => b - a;
  return byOf(before.bitrate, next.bitrate) || byOf(before.height, next.height);
}

function toRendition(signal: Rendition): Rendition {
  const frameRate = toNumber(signal.frameRate);
  return putKnown<Rendition>(
    {},
    {
      bitrate: toKnown(signal.bitrate, MAX_BITRATE),
      width: toKnown(signal.width, MAX_PIXELS),
      height: toKnown(signal.height, MAX_PIXELS),
      codec: toText(signal.codec),
      frameRate: frameRate > 0 && frameRate < 1e4 ? frameRate : undefined,
      hdr: toText(signal.hdr),
      audioBitrate: toKnown(signal.audioBitrate, MAX_BITRATE),
      audioLanguage: toText(signal.audioLanguage),
    },
  );
}
