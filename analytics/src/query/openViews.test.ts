import { describe, expect, it } from 'vitest';
import { openSpan, toOpenViews } from './openViews.ts';

const NOW = 1_800_000_045_000;
const CELL = 1_800_000_040_000;
const row = (reported: number, open: number, facts = {}) => ({
  name: '',
  last: reported,
  reported,
  open,
  watching: open,
  ...facts,
});

describe('toOpenViews', () => {
  it.each([
    ['nobody is open: everything has been said', [], CELL],
    ['all have reported up to a cell', [row(CELL - 10_000, 8)], CELL - 10_000],
    ['96 of 100 have', [row(CELL - 30_000, 4), row(CELL - 10_000, 96)], CELL - 10_000],
    ['95 of 100 have, exactly', [row(CELL - 30_000, 5), row(CELL - 10_000, 95)], CELL - 10_000],
    ['only 94 of 100 have', [row(CELL - 30_000, 6), row(CELL - 10_000, 94)], CELL - 30_000],
    ['one of two has', [row(CELL, 1), row(CELL - 20_000, 1)], CELL - 20_000],
    ['never beyond the cell that runs', [row(CELL + 20_000, 3)], CELL],
  ])('completeUntil: %s', (_, rows, expected) => {
    expect(toOpenViews(rows, NOW).completeUntil).toBe(expected);
    expect(toOpenViews([...rows].reverse(), NOW).completeUntil).toBe(expected);
  });

  it('counts who watches, by group, and who was last seen before a cell', () => {
    const open = toOpenViews(
      [
        row(CELL, 3, { name: 'FR', watching: 2 }),
        row(CELL - 20_000, 5, { name: 'FR', watching: 5 }),
        row(CELL, 1, { name: 'DE' }),
      ],
      NOW,
    );
    expect(open.count).toBe(9);
    expect(open.watching).toEqual(
      new Map([
        ['FR', 7],
        ['DE', 1],
      ]),
    );
    expect(open.watchingBefore('FR', CELL)).toBe(5);
    expect(open.watchingBefore('FR', CELL + 10_000)).toBe(7);
    expect(open.watchingBefore('IT', CELL)).toBe(0);
  });
});

describe('openSpan', () => {
  it('reaches back over two heartbeats and a slice, and ahead over a skewed clock', () => {
    expect(openSpan(NOW, 10_000)).toEqual({ from: CELL - 40_000, to: CELL + 40_000 });
  });
});
