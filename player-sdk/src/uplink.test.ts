// A request that comes before the settings: their answer tells the true time, and what may leave.
import { describe, expect, it } from 'vitest';
import { start, WALL } from '../test/monitorInHand.ts';

const HOUR_MS = 3_600_000;

describe('what the settings say of bodies that wait for them', () => {
  for (const aheadMs of [60_000, 3 * HOUR_MS, -3 * HOUR_MS, -8 * 24 * HOUR_MS]) {
    for (const privacy of ['consented', 'exempt', 'none']) {
      it(`is heeded whole: a clock ${aheadMs} ms ahead, and the mode ${privacy}`, () => {
        const s = start(
          { privacy: 'consented', viewer: { id: 'seven' } },
          { settings: { privacy }, aheadMs },
        );
        s.begin();
        expect(s.sent).toEqual([]); // It waits.
        s.play(25_000);
        expect(s.sent.length).toBeGreaterThan(2);
        for (const { beacon } of s.sent) {
          expect(beacon.ctx.privacy).toBe(privacy);
          const { slices, events, summary } = beacon;
          const times = [...slices.map((row) => row.start), ...events.map(({ at }) => at)];
          if (summary) times.push(summary.start, summary.last);
          // Labels move by whole cells, and the first slice begins with its cell.
          expect(Math.min(...times)).toBeGreaterThanOrEqual(WALL - 10_000);
          expect(Math.max(...times)).toBeLessThanOrEqual(WALL + s.timers.now() + 10_000);
        }
        const summaries = s.sent.flatMap(({ beacon }) => beacon.summary ?? []);
        const [latest] = summaries.toSorted((a, b) => b.rev - a.rev);
        expect(latest?.last).toBeGreaterThan(WALL + 15_000);
        expect(latest?.start).toBeLessThan(WALL + 1_000);
      });
    }
  }
});
