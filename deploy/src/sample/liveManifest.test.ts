import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readTurn, toLiveManifest } from './liveManifest.ts';

const VOD = fileURLToPath(new URL('../../sample/media/vod', import.meta.url));
const manifest = readFileSync(join(VOD, 'manifest.mpd'), 'utf8');
const turn = readTurn(manifest);
const TURN_START = 40_000 * 1_000_000;

/** Start and end of each Period, epoch ms. */
function periodsAt(now: number): { id: number; from: number; to: number }[] {
  const found = toLiveManifest(turn, now).matchAll(
    /<Period id="(\d+)" start="PT(\d+)S" duration="PT(\d+)S">/g,
  );
  return [...found].map(([, id, start, length]) => {
    const from = Number(start) * 1000;
    return { id: Number(id), from, to: from + Number(length) * 1000 };
  });
}

describe('toLiveManifest', () => {
  it.each([0, 1, 19_999, 20_000, 39_999])('covers its window and what comes, %i ms on', (into) => {
    const now = TURN_START + into;
    const periods = periodsAt(now);
    expect(periods[0]?.from).toBeLessThanOrEqual(now - 20_000);
    expect(periods.at(-1)?.from).toBeGreaterThan(now);
    expect(periods.at(-1)?.from).toBeLessThanOrEqual(now + 40_000);
    for (const [i, { to }] of periods.slice(0, -1).entries()) expect(periods[i + 1]?.from).toBe(to);
  });

  it('gives a turn one period for ever', () => {
    const early = new Map(periodsAt(TURN_START).map((period) => [period.id, period]));
    const later = periodsAt(TURN_START + 39_000).filter(({ id }) => early.has(id));
    expect(later.length).toBeGreaterThan(0);
    for (const period of later) expect(early.get(period.id)).toEqual(period);
  });

  it('tells the time', () => {
    expect(toLiveManifest(turn, TURN_START)).toContain(
      `value="${new Date(TURN_START).toISOString()}"`,
    );
  });
});

describe("the sample's DASH manifest", () => {
  it('lists the segments that HLS lists', () => {
    for (const track of ['240', '360', '540', 'sound']) {
      const playlist = readFileSync(join(VOD, track, 'index.m3u8'), 'utf8');
      const init = /EXT-X-MAP:URI="([^"]+)"/.exec(playlist)?.[1];
      expect(manifest).toContain(`<Representation id="${track}"`);
      expect(manifest).toContain(`initialization="${track}/${init}"`);
      const numbered = playlist.match(/^\d{3}\.m4s$/gm);
      expect(numbered).toEqual(
        readdirSync(join(VOD, track))
          .filter((name) => /m4s$/.test(name))
          .sort(),
      );
      expect(numbered).toHaveLength(turn.turnMs / 2000);
    }
  });
});
