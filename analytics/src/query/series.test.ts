import { describe, expect, it } from 'vitest';
import { attemptsPerMinute } from '../metrics/attemptsPerMinute.ts';
import { concurrentViews } from '../metrics/concurrentViews.ts';
import { partKey } from '../metrics/figure.ts';
import { rebufferingRatio } from '../metrics/rebufferingRatio.ts';
import { toSeries } from './series.ts';

const T = 1_800_000_000_000;
const metrics = [concurrentViews, attemptsPerMinute, rebufferingRatio];
const parts = new Map([
  [partKey(concurrentViews.parts.views), 4],
  [partKey(attemptsPerMinute.parts.attempts), 2],
  [partKey(rebufferingRatio.parts.stalled), 1_000],
  [partKey(rebufferingRatio.parts.watched), 10_000],
]);
const at = (bucket: number) => ({ bucket, live: parts, settled: parts });
const options = {
  from: T,
  to: T + 60_000,
  intervalMs: 10_000,
  now: T + 35_000,
  completeUntil: T + 20_000,
  watchingBefore: (cell: number) => (cell >= T + 30_000 ? 3 : 0),
};

describe('toSeries', () => {
  it('ends with the cell that runs, draws silence, nulls young ratios and carries who is open', () => {
    expect(toSeries(metrics, [at(T), at(T + 20_000), at(T + 30_000)], options)).toEqual([
      { lead: [T], figures: [4, 12, 10] },
      { lead: [T + 10_000], figures: [0, 0, null] },
      { lead: [T + 20_000], figures: [4, 12, null] },
      { lead: [T + 30_000], figures: [7, 12, null] },
    ]);
  });

  it('keeps the peak of a wide bucket, and never a half ratio', () => {
    const wide = { ...options, intervalMs: 30_000, now: T + 59_000, completeUntil: T + 50_000 };
    const lines = toSeries(metrics, [at(T), at(T + 30_000)], {
      ...wide,
      watchingBefore: () => 9,
    });
    expect(lines).toEqual([
      { lead: [T], figures: [4, 4, 10] },
      { lead: [T + 30_000], figures: [9, 4, null] },
    ]);
  });
});
