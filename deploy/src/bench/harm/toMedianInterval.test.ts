import { describe, expect, it } from 'vitest';
import { toMedianInterval } from './toMedianInterval.ts';

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

describe('toMedianInterval', () => {
  // Published ranks of the 95 % interval of a median, counted from 1.
  it.each([
    [6, 1, 6],
    [10, 2, 9],
    [20, 6, 15],
    [40, 14, 27],
  ])('of %i values lies between ranks %i and %i', (n, low, high) => {
    expect(toMedianInterval(upTo(n))).toEqual({ median: (n + 1) / 2, low, high });
  });

  it('is without bounds where there are too few values', () => {
    expect(toMedianInterval([1, 2, 3])).toMatchObject({
      median: 2,
      low: -Infinity,
      high: Infinity,
    });
  });
});
