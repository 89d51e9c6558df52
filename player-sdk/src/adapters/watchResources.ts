// The requests that a browser makes for a media element by itself, as far as Resource Timing shows
// them. It sees no failure of its own and, without Timing-Allow-Origin, no times and no sizes.
import type { Segment } from '../contract/signal.ts';
import type { Port } from './adapter.ts';
import type { Scope } from './scope.ts';

/** By extension: all that a URL tells. */
const KINDS: readonly (readonly [RegExp, Segment['kind']])[] = [
  [/\.(m3u8|mpd)$/i, 'manifest'],
  [/\.(aac|mp3|ogg|m4a|wav|flac)$/i, 'audio'],
  [/\.(vtt|srt|ttml)$/i, 'text'],
  [/\.key$/i, 'key'],
];

export function watchResources(
  media: HTMLMediaElement,
  { port, scope }: { port: Port; scope: Scope },
): void {
  if (typeof PerformanceObserver === 'undefined') return;
  const since = port.now();
  let host = '';
  const observer = new PerformanceObserver(
    scope.guard((list: PerformanceObserverEntryList) => {
      for (const entry of list.getEntries()) {
        const timing = entry as PerformanceResourceTiming; // The only type that is observed.
        if (timing.startTime < since || !isOf(media, timing)) continue;
        const segment = toSegment(timing);
        if (segment.host !== host) port.emit('pathway', { host: segment.host });
        host = segment.host;
        port.emit('segment', segment);
      }
    }),
  );
  observer.observe({ type: 'resource', buffered: true });
  scope.own(() => observer.disconnect());
}

/**
 * Requests carry no element. One is ours when a media element made it and its URL is our source's,
 * or lies in the same folder or below, as the segments of a playlist usually do.
 */
function isOf(
  media: HTMLMediaElement,
  { initiatorType, name }: PerformanceResourceTiming,
): boolean {
  if (!/^(video|audio|source|other)$/.test(initiatorType)) return false;
  const folder = media.currentSrc.replace(/[?#].*$/, '').replace(/[^/]*$/, '');
  return folder !== '' && name.startsWith(folder) && (initiatorType !== 'other' || isMedia(name));
}

function isMedia(name: string): boolean {
  return /\.(m3u8|ts|m4s|mp4|aac|m4a|key|vtt)(\?|$)/i.test(name);
}

function toSegment(timing: PerformanceResourceTiming): Segment {
  const url = new URL(timing.name);
  const { requestStart, startTime, responseStart, responseEnd, responseStatus } = timing;
  const seen = requestStart > 0 && responseStart > 0;
  return {
    kind: KINDS.find(([pattern]) => pattern.test(url.pathname))?.[1] ?? 'video',
    host: url.host,
    bytes: timing.encodedBodySize || timing.transferSize || 0,
    ok: !(responseStatus >= 400),
    ...(responseStatus > 0 && { status: responseStatus }),
    ...(seen && { ttfbMs: responseStart - startTime, transferMs: responseEnd - startTime }),
  };
}
