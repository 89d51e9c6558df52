import { describe, expect, it } from 'vitest';
import { DELIVERY_POSITIONS, EMPTY_DELIVERY } from './delivery.ts';
import { type Cell, decodeRow, encodeRow, type Position, type RowOf } from './positions.ts';
import { EMPTY_SLICE, SLICE_POSITIONS } from './slice.ts';
import { EMPTY_SUMMARY, SUMMARY_POSITIONS } from './summary.ts';

const TABLE = [
  ['k', 'level'],
  ['aMs', 'ms'],
  ['name', 'text'],
  ['list', 'list'],
  ['z', 'count'],
] as const;

const EMPTY = decodeRow(TABLE, []);

function check(row: RowOf<typeof TABLE>, cells: unknown): void {
  expect(encodeRow(EMPTY, row)).toEqual(cells);
  expect(decodeRow(TABLE, encodeRow(EMPTY, row))).toEqual(row);
}

describe('encodeRow and decodeRow', () => {
  it('skip runs of empty values with one negative number and cut the empty tail', () => {
    check({ k: 3, aMs: 0, name: '', list: [[1, 2]], z: 0 }, [3, -2, [[1, 2]]]);
    check({ k: 0, aMs: 0, name: '', list: [], z: 9 }, [-4, 9]);
    check({ k: 0, aMs: 0, name: '', list: [], z: 0 }, []);
  });

  it('drop the positions of a longer, later table', () => {
    expect(decodeRow(TABLE, [1, 2, 'x', [], 5, 77])).toEqual({
      k: 1,
      aMs: 2,
      name: 'x',
      list: [],
      z: 5,
    });
  });

  it('bound a hostile run of empties by the table', () => {
    expect(decodeRow(TABLE, [-1e9, 4])).toEqual({ k: 0, aMs: 0, name: '', list: [], z: 0 });
  });
});

describe('the empty rows', () => {
  it.each<[string, object, readonly Position[]]>([
    ['slice', EMPTY_SLICE, SLICE_POSITIONS],
    ['delivery', EMPTY_DELIVERY, DELIVERY_POSITIONS],
    ['summary', EMPTY_SUMMARY, SUMMARY_POSITIONS],
  ])('of a %s are its table, name by name and in its order', (_, empty, table) => {
    const row: Record<string, Cell> = decodeRow(table, []);
    expect(Object.entries(empty)).toEqual(Object.entries(row));
  });
});
