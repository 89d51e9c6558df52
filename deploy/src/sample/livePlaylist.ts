// The sample as a live stream: the VOD segments in a loop, told by the wall clock alone, so that
// every viewer sees the same live edge and no state is kept. Each turn is a discontinuity.

/** What one turn of the loop is made of. */
export interface Loop {
  /** Durations in seconds, in order. */
  readonly segments: readonly number[];
  /** One turn: whole seconds, the same for picture and sound (which ends some ms earlier). */
  readonly turnMs: number;
  /** URI of a segment and of the initialisation segment, relative to the live playlist. */
  readonly uriOf: (segment: number) => string;
  readonly initUri: string;
}

/** Segments in the window: 10 × 2 s, enough to seek back a little. */
const WINDOW = 10;

/**
 * The media playlist at `now` (epoch ms): segments that have wholly been broadcast, with
 * EXT-X-PROGRAM-DATE-TIME on each (RFC 8216 §4.3.2.6).
 */
export function toLivePlaylist(loop: Loop, now: number): string {
  const { turnMs } = loop;
  const turn = Math.floor(now / turnMs);
  const done = countWholly(loop.segments, now - turn * turnMs);
  const last = turn * loop.segments.length + done; // Number of the first segment not yet whole.
  const first = last - WINDOW;
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${Math.ceil(Math.max(...loop.segments))}`,
    `#EXT-X-MEDIA-SEQUENCE:${first}`,
    // One discontinuity a turn: those before the window's first segment.
    `#EXT-X-DISCONTINUITY-SEQUENCE:${Math.floor((first - 1) / loop.segments.length)}`,
    '#EXT-X-INDEPENDENT-SEGMENTS',
  ];
  for (let number = first; number < last; number += 1) {
    const index = number % loop.segments.length;
    if (index === 0) lines.push('#EXT-X-DISCONTINUITY');
    if (index === 0 || number === first) lines.push(`#EXT-X-MAP:URI="${loop.initUri}"`);
    const startMs = Math.floor(number / loop.segments.length) * turnMs + startOf(loop, index);
    lines.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(startMs).toISOString()}`);
    lines.push(`#EXTINF:${(loop.segments[index] ?? 0).toFixed(6)},`, loop.uriOf(index));
  }
  return `${lines.join('\n')}\n`;
}

/** Reads the segment durations and the map of a VOD media playlist of the sample. */
export function readLoop(playlist: string, prefix: string): Loop {
  const durations = [...playlist.matchAll(/^#EXTINF:([0-9.]+)/gm)].map((m) => Number(m[1]));
  const uris = playlist.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const init = /#EXT-X-MAP:URI="([^"]+)"/.exec(playlist)?.[1];
  if (init === undefined || uris.length === 0 || uris.length !== durations.length) {
    throw new Error('the sample playlist has no map, or not one duration a segment');
  }
  return {
    segments: durations,
    turnMs: Math.ceil(durations.reduce((sum, s) => sum + s, 0)) * 1000,
    uriOf: (segment) => prefix + (uris[segment] ?? ''),
    initUri: prefix + init,
  };
}

function countWholly(segments: readonly number[], withinMs: number): number {
  let endMs = 0;
  let count = 0;
  for (const seconds of segments) {
    endMs += seconds * 1000;
    if (endMs > withinMs) break;
    count += 1;
  }
  return count;
}

function startOf(loop: Loop, index: number): number {
  return Math.round(loop.segments.slice(0, index).reduce((sum, s) => sum + s, 0) * 1000);
}
