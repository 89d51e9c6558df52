// Positional rows: a slice or a summary travels as an array whose positions an append-only table
// names. This file encodes and decodes any such table; it knows no field by name.

/**
 * What a position holds. `time` is corrected epoch ms; `ms`, `bits`, `bytes` and `count` are
 * non-negative integers that may be summed; `code` is an index into a named list or a 0/1 flag and
 * `level` an integer that must never be summed (a minimum, a maximum, a position).
 */
export type Kind = 'time' | 'ms' | 'bits' | 'bytes' | 'count' | 'code' | 'level' | 'text' | 'list';

/** One line of a position table: the field's name and its kind. Lines are only ever appended. */
export type Position = readonly [name: string, kind: Kind];

/** What may stand in one place of an encoded row. */
export type Cell = number | string | readonly Cell[];

/** The decoded value of one kind. */
type Value<K extends Kind> = K extends 'text'
  ? string
  : K extends 'list'
    ? readonly Cell[]
    : number;

/** The decoded row that a table of positions describes. */
export type RowOf<T extends readonly Position[]> = {
  readonly [P in T[number] as P[0]]: Value<P[1]>;
};

/** The value that is never sent: 0, '' or []. */
export function emptyOf(kind: Kind): number | string | readonly Cell[] {
  return kind === 'text' ? '' : kind === 'list' ? [] : 0;
}

/**
 * Encodes a row, in the order of the keys of the empty row that it is like. A run of n empty values
 * is one negative integer −n, and the empty tail is cut, so that no position costs anything while it
 * says nothing. No value may be negative.
 */
export function encodeRow<R extends object>(like: R, row: R): Cell[] {
  const cells: Cell[] = [];
  let empties = 0;
  for (const name of Object.keys(like)) {
    const value = row[name as keyof R] as Cell | undefined; // Cells are what rows are made of.
    if (!value || (value as readonly Cell[]).length === 0) {
      empties += 1;
      continue;
    }
    if (empties > 0) cells.push(-empties);
    empties = 0;
    cells.push(value);
  }
  return cells;
}

/**
 * Decodes an encoded row, total over every array that the schema lets through. Positions that this
 * version does not know (a later, longer table) are dropped.
 */
export function decodeRow<T extends readonly Position[]>(
  table: T,
  cells: readonly Cell[],
): RowOf<T> {
  const row: Record<string, Cell> = {};
  let at = 0;
  for (const cell of cells) {
    if (typeof cell === 'number' && cell < 0) {
      for (let n = Math.min(-cell, table.length - at); n > 0; n -= 1) at = putEmpty(table, row, at);
      continue;
    }
    const position = table[at];
    if (position === undefined) break;
    row[position[0]] = cell;
    at += 1;
  }
  while (at < table.length) at = putEmpty(table, row, at);
  return row as RowOf<T>; // Every position of the table was set above.
}

function putEmpty(table: readonly Position[], row: Record<string, Cell>, at: number): number {
  const position = table[at];
  if (position !== undefined) row[position[0]] = emptyOf(position[1]);
  return at + 1;
}
