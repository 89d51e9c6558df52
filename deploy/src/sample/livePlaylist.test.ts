import { describe, expect, it } from 'vitest';
import { readLoop, toLivePlaylist } from './livePlaylist.ts';

const VOD = [
  '#EXTM3U',
  '#EXT-X-MAP:URI="init.mp4"',
  ...[0, 1, 2].flatMap((n) => ['#EXTINF:2.000000,', `00${n}.m4s`]),
];
const loop = readLoop(VOD.join('\n'), '../vod/');

function segmentsAt(now: number): { pdt: number; uri: string }[] {
  const lines = toLivePlaylist(loop, now).split('\n');
  return lines.flatMap((line, i) => {
    const pdt = /^#EXT-X-PROGRAM-DATE-TIME:(.+)$/.exec(line)?.[1];
    return pdt === undefined ? [] : [{ pdt: Date.parse(pdt), uri: lines[i + 2] ?? '' }];
  });
}

describe('toLivePlaylist', () => {
  it('lists only segments that have wholly been broadcast, newest last', () => {
    const now = 6_000 * 1_000_000 + 4_500; // In the third segment of a turn.
    const segments = segmentsAt(now);
    expect(segments).toHaveLength(10);
    expect(segments.at(-1)).toEqual({ pdt: now - 4_500 + 2_000, uri: '../vod/001.m4s' });
  });

  it('gives each segment one date for ever, and dates without gaps', () => {
    const early = new Map(segmentsAt(6_000 * 1_000_000).map((s) => [s.pdt, s.uri]));
    const later = segmentsAt(6_000 * 1_000_000 + 7_000);
    const known = later.filter(({ pdt }) => early.has(pdt));
    expect(known.length).toBeGreaterThan(3);
    for (const { pdt, uri } of known) expect(early.get(pdt)).toBe(uri);
    const steps = later.slice(1).map((s, i) => s.pdt - (later[i]?.pdt ?? 0));
    expect(new Set(steps)).toEqual(new Set([2_000]));
  });

  it('counts a discontinuity a turn, the same for a segment whichever window shows it', () => {
    const turnOf = (playlist: string, uriIndex: number): number => {
      let turn = Number(/DISCONTINUITY-SEQUENCE:(\d+)/.exec(playlist)?.[1]);
      let seen = 0;
      for (const line of playlist.split('\n')) {
        if (line === '#EXT-X-DISCONTINUITY') turn += 1;
        if (line.endsWith('.m4s') && seen++ === uriIndex) return turn;
      }
      throw new Error('no such segment');
    };
    const now = 6_000 * 1_000_000;
    for (let step = 0; step < 3; step += 1) {
      const playlist = toLivePlaylist(loop, now + step * 2_000);
      expect(turnOf(playlist, 9 - step)).toBe(turnOf(toLivePlaylist(loop, now), 9));
    }
  });
});
