// A positional row with every position in its place. The contract decodes rows into objects; the
// writer only passes them on, and an array costs it a quarter.
import { type Cell, emptyOf, type Position } from '@retour/player-sdk/contract';

/** As the contract's `decodeRow`, by position: runs of empties spelt out, later positions dropped. */
export function expandCells(table: readonly Position[], cells: readonly Cell[]): Cell[] {
  const empties = emptiesOf(table);
  const row = empties.slice();
  let at = 0;
  for (const cell of cells) {
    if (typeof cell === 'number' && cell < 0) {
      at -= cell;
      continue;
    }
    if (at >= row.length) break;
    row[at] = cell;
    at += 1;
  }
  return row;
}

const known = new WeakMap<readonly Position[], readonly Cell[]>();

function emptiesOf(table: readonly Position[]): readonly Cell[] {
  let empties = known.get(table);
  if (empties === undefined) {
    empties = table.map(([, kind]) => emptyOf(kind));
    known.set(table, empties);
  }
  return empties;
}

/** Where a position stands in its table. */
export function placeOf(table: readonly Position[], name: string): number {
  const place = table.findIndex((position) => position[0] === name);
  if (place < 0) throw new RangeError(`no position is called "${name}"`);
  return place;
}
