import { describe, expect, it } from 'vitest';
import { toSparkline } from './sparkline.ts';

const BOX = { width: 100, height: 10 };

describe('toSparkline', () => {
  it.each([
    [[0, 5, 10], 'M0 10L50 5L100 0'],
    [[1, null, 1], 'M0 0L0 0M100 0L100 0'],
    [[null, null], ''],
    [[], ''],
    [[0, 0], 'M0 10L100 10'],
    [[4], 'M0 0L0 0'],
  ])('%j', (values, path) => expect(toSparkline(values, BOX)).toBe(path));
});
