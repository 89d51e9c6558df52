import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONTEXT, check, createScreening, type Screening, start } from '../../test/screening.ts';

function watch(s: Screening, from: number, ms: number): void {
  s.emit('seek', { by: 'user', from: 0, to: from });
  s.look({ position: from });
  s.play(ms);
}

describe('addWatched', () => {
  it('keeps ranges in play order, rewatched ones again', () => {
    check(
      (s) => {
        start(s);
        s.play(2_000);
        watch(s, 30_000, 1_000);
        watch(s, 1_000, 2_000);
      },
      {
        summary: {
          ranges: [
            [0, 2_000, 1],
            [30_000, 31_000, 1],
            [1_000, 3_000, 1],
          ],
          mediaMs: 5_000,
          uniqueMs: 4_000,
          furthest: 31_000,
        },
      },
    );
  });

  it('makes times of what is watched again and again', () => {
    const s = createScreening();
    start(s);
    for (let i = 0; i < 500; i += 1) watch(s, (i % 2) * 20_000, 1_000);
    const { summary, slices } = s.end();
    const at = (second: number) =>
      (summary.ranges as [number, number, number][]) // WatchedSpan.
        .filter(([from, to]) => from <= second * 1_000 && to > second * 1_000)
        .reduce((sum, [, , times]) => sum + times, 0);
    expect([at(0), at(20), at(10)]).toEqual([250, 250, 0]);
    expect(summary.ranges.length).toBeLessThanOrEqual(100);
    expect(summary).toMatchObject({ mediaMs: 500_000, uniqueMs: 2_000 });
    for (const { ranges, mediaMs } of slices) {
      const lengths = (ranges as [number, number][]).map(([from, to]) => to - from); // WatchedRange.
      expect(lengths.reduce((sum, ms) => sum + ms, 0)).toBe(mediaMs);
    }
  });

  it('shows no content that a passage which is practised again and again did not', () => {
    const s = createScreening();
    start(s, 0);
    let random = 7;
    const next = (most: number) => {
      random = (random * 16_807) % 2_147_483_647;
      return random % most;
    };
    for (let i = 0; i < 1_500; i += 1) watch(s, 200_000 + next(1_500), 8_000 + 50 * next(40));
    const { summary } = s.end();
    const ends = (summary.ranges as [number, number, number][]).map(([, to]) => to);
    expect(Math.max(...ends)).toBeLessThanOrEqual(summary.furthest);
    expect(summary.uniqueMs).toBeLessThanOrEqual(11_500);
    expect(summary.uniqueMs).toBeGreaterThan(10_500);
  });

  it('keeps the amount exact and the positions near, however it is cut up', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(7_000_000), fc.integer({ min: 1, max: 40 })), {
          minLength: 120,
          maxLength: 300,
        }),
        (list) => {
          const s = createScreening();
          start(s, 0);
          for (const [from, steps] of list) watch(s, from, steps * 50);
          const { summary } = s.end();
          const spans = summary.ranges as [number, number, number][]; // WatchedSpan.
          const amount = spans.reduce((sum, [from, to, times]) => sum + (to - from) * times, 0);
          expect(amount).toBe(summary.mediaMs);
          expect(spans.length).toBeLessThanOrEqual(100);
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('takeSummary', () => {
  it('reaches quartiles by content seen, not by the playhead', () => {
    check(
      (s) => {
        start(s); // Of 60 s.
        s.play(16_000);
        watch(s, 50_000, 10_000);
      },
      { summary: { quartiles: 0b0001, furthest: 60_000, uniqueMs: 26_000 } },
    );
    check(
      (s) => {
        start(s);
        s.play(58_000);
      },
      { summary: { quartiles: 0b1111 } },
    );
  });

  it.each([
    [40_000, 10_000], // 180 rewinds.
    [54_500, 10_000],
    [35_000, 5_000],
  ])(
    'says of a lecture of 90 min that was seen whole that it was, run by %d ms and back by %d',
    (runMs, backMs) => {
      const durationMs = 5_400_000;
      const s = createScreening({ ...CONTEXT, asset: { id: 'lecture', durationMs } });
      start(s);
      s.set({ duration: durationMs });
      let before = 0;
      while (s.position < durationMs - runMs) {
        s.play(runMs, 1_000);
        watch(s, s.position - backMs, 0);
        const { uniqueMs = 0 } = s.peek().summary ?? {};
        expect(uniqueMs).toBeGreaterThanOrEqual(before);
        before = uniqueMs;
      }
      s.play(durationMs - s.position, 1_000);
      const { summary } = s.end();
      expect(summary).toMatchObject({ uniqueMs: durationMs, quartiles: 0b1111 });
      const spans = (summary.ranges as [number, number, number][]).sort(([a], [b]) => a - b);
      let reached = 0;
      let unsaid = 0;
      for (const [from, to] of spans) {
        unsaid += Math.max(0, from - reached);
        reached = Math.max(reached, to);
      }
      expect([unsaid, reached]).toEqual([0, durationMs]);
    },
  );

  it('counts once what was seen in more pieces than it keeps apart, and never less than before', () => {
    const s = createScreening({ ...CONTEXT, asset: { id: 'film', durationMs: 3_600_000 } });
    start(s, 0);
    s.set({ duration: 3_600_000 });
    const seen = new Set<number>();
    let before = 0;
    for (let i = 0; i < 700; i += 1) {
      const from = ((i * 37) % 600) * 6_000;
      watch(s, from, 2_000);
      for (let ms = from; ms < from + 2_000; ms += 50) seen.add(ms);
      const { uniqueMs = 0 } = s.peek().summary ?? {};
      expect(uniqueMs).toBeGreaterThanOrEqual(before);
      before = uniqueMs;
    }
    expect(s.end().summary.uniqueMs).toBe(seen.size * 50);
  });

  it('has no quartiles of a live stream, and takes the length of the asset where the player has none', () => {
    const live = createScreening({ ...CONTEXT, asset: { id: 'x', streamType: 'live' } });
    start(live);
    live.play(59_000);
    expect(live.end().summary.quartiles).toBe(0);
    const unknown = createScreening();
    unknown.set({ duration: Number.POSITIVE_INFINITY });
    start(unknown);
    unknown.play(31_000);
    expect(unknown.end().summary.quartiles).toBe(0b0011);
  });
});
