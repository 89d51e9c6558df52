import { describe, expect, it } from 'vitest';
import { decodeRow, encodeRow } from './positions.ts';

const TABLE = [
  ['k', 'level'],
  ['aMs', 'ms'],
  ['name', 'text'],
  ['list', 'list'],
  ['z', 'count'],
] as const;

function check(row: Parameters<typeof encodeRow<typeof TABLE>>[1], cells: unknown): void {
  expect(encodeRow(TABLE, row)).toEqual(cells);
  expect(decodeRow(TABLE, encodeRow(TABLE, row))).toEqual(row);
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
