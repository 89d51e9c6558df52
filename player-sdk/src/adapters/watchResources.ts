// The requests that a browser makes for a media element by itself, as far as Resource Timing shows
// them. It sees no failure of its own and, without Timing-Allow-Origin, no times and no sizes.
import type { Segment } from '../contract/signal.ts';
import type { Reach } from './createAdapter.ts';
import { type Delivered, observeResources } from './delivery.ts';

/** By extension: all that a URL tells. */
const KINDS: readonly (readonly [RegExp, Segment['kind']])[] = [
  [/\.(m3u8|mpd)$/i, 'manifest'],
  [/\.(aac|mp3|ogg|m4a|wav|flac)$/i, 'audio'],
  [/\.vtt$/i, 'text'],
  [/\.key$/i, 'key'],
];

/** The answer tells at once what the browser would tell a task later; so does the end. */
export function watchResources(
  { port, guard, own, deliver }: Pick<Reach, 'port' | 'guard' | 'own' | 'deliver'>,
  read: () => HTMLMediaElement | undefined,
): () => void {
  const since = port.now();
  const tell = (entries: PerformanceEntryList) => {
    for (const entry of entries) {
      const timing = entry as PerformanceResourceTiming; // The only type that is observed.
      const media = read();
      if (!media || timing.startTime < since || !isOf(media, timing)) continue;
      deliver(toDelivered(timing));
    }
  };
  const tellAll = () => {
    if (observer && observer.takeRecords) tell(observer.takeRecords());
  };
  own(tellAll); // Before it is disconnected, which forgets what is due.
  const observer = observeResources({ guard, own }, tell);
  return tellAll;
}

/**
 * Requests carry no element. A file is known by its URL. Of a playlist's segments nothing is known
 * beforehand: all that a media element asks for is taken for ours, unless another element plays it or it is
 * a poster.
 * Two elements with native HLS on one page cannot be told apart.
 */
function isOf(
  media: HTMLMediaElement,
  { initiatorType, name }: PerformanceResourceTiming,
): boolean {
  if (initiatorType !== 'video' && initiatorType !== 'audio') return false;
  if (name === media.currentSrc) return true;
  if (!/\.m3u8(\?|#|$)/i.test(media.currentSrc)) return false;
  const all = media.ownerDocument.querySelectorAll<HTMLVideoElement>('video,audio');
  return !Array.from(all).some((one) => one.poster === name || one.currentSrc === name);
}

function toDelivered(timing: PerformanceResourceTiming): Delivered {
  const { name, encodedBodySize, responseStatus } = timing;
  return {
    kind: KINDS.find(([pattern]) => pattern.test(new URL(name).pathname))?.[1] ?? 'video',
    url: name,
    // transferSize would count 300 bytes of headers where the browser hides the body's size.
    bytes: encodedBodySize,
    status: responseStatus,
    timing,
  };
}
