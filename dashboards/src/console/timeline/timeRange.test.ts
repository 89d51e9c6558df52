import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  keepWithin,
  move,
  reveal,
  SHORTEST_MS,
  toMoment,
  toPixels,
  toTicks,
  toX,
  zoom,
} from './timeRange.ts';

const WHOLE = { from: 0, to: 100_000 };

describe('zoom', () => {
  it('keeps the moment under the pointer in its place', () => {
    const range = zoom(WHOLE, WHOLE, { factor: 0.5, around: 80_000 });
    expect(range).toEqual({ from: 40_000, to: 90_000 });
    expect(toX(range, 1000, 80_000)).toBe(800);
  });
  it('never leaves the view and never gets finer than it may', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 20, noNaN: true }),
        fc.integer({ min: 0, max: 100_000 }),
        fc.integer({ min: 0, max: 90_000 }),
        (factor, around, from) => {
          const range = zoom({ from, to: from + 10_000 }, WHOLE, { factor, around });
          expect(range.from).toBeGreaterThanOrEqual(0);
          expect(range.to).toBeLessThanOrEqual(100_000 + 1e-6);
          expect(range.to - range.from).toBeGreaterThanOrEqual(SHORTEST_MS - 1e-6);
        },
      ),
    );
  });
});

describe('move', () => {
  it('stops at the ends', () => {
    expect(move({ from: 90_000, to: 95_000 }, WHOLE, 50_000)).toEqual({
      from: 95_000,
      to: 100_000,
    });
    expect(move({ from: 2_000, to: 5_000 }, WHOLE, -50_000)).toEqual({ from: 0, to: 3_000 });
  });
});

describe('reveal', () => {
  it('moves only when the moment is out of sight', () => {
    const range = { from: 10_000, to: 20_000 };
    expect(reveal(range, WHOLE, 15_000)).toBe(range);
    expect(reveal(range, WHOLE, 50_000)).toEqual({ from: 45_000, to: 55_000 });
  });
});

describe('keepWithin', () => {
  it('gives the whole where the range is longer', () => {
    expect(keepWithin({ from: -5, to: 200_000 }, WHOLE)).toEqual(WHOLE);
  });
});

describe('toMoment', () => {
  it('undoes toX', () => {
    expect(toMoment(WHOLE, 640, toX(WHOLE, 640, 12_345))).toBeCloseTo(12_345, 6);
  });
});

describe('toTicks', () => {
  it('puts round moments at least as far apart as asked', () => {
    const { ticks, stepMs } = toTicks({ from: 3_000, to: 63_000 }, 600, 96);
    expect(stepMs).toBe(10_000);
    expect(ticks).toEqual([10_000, 20_000, 30_000, 40_000, 50_000, 60_000]);
  });
  it('stays few for a view of many days', () => {
    const { ticks } = toTicks({ from: 0, to: 30 * 86_400_000 }, 600, 96);
    expect(ticks.length).toBeLessThan(8);
  });
});

describe('toPixels', () => {
  it('draws no more than the screen is wide, and loses no key', () => {
    const runs = Array.from({ length: 20_000 }, (_, n) => ({
      from: n * 5,
      to: n * 5 + 5,
      key: n % 2 ? 'a' : 'b',
    }));
    const drawn = toPixels(runs, { range: WHOLE, width: 800 }, (run) => run.key);
    expect(drawn.length).toBeLessThan(2 * 800 + 2);
    expect(new Set(drawn.map(({ run }) => run.key))).toEqual(new Set(['a', 'b']));
  });
  it('leaves out what is out of sight and cuts what sticks out', () => {
    const runs = [
      { from: 0, to: 10 },
      { from: 40, to: 60 },
      { from: 90, to: 100 },
    ];
    const drawn = toPixels(runs, { range: { from: 50, to: 80 }, width: 300 }, () => '');
    expect(drawn).toEqual([{ run: runs[1], x: 0, width: 100 }]);
  });
});
