// The cells of a slice or a summary as JSON, in the order of its position table. It knows the lists
// and the codes by name, and every other field by its kind only.
import { type Cell, DELIVERY_POSITIONS, type Position } from '@retour/player-sdk/contract';
import { CODE_WORDS } from '../../store/columns.ts';
import { expandCells } from './expandCells.ts';

/** A word that this version has no name for: the collector refuses such codes, a newer one may not. */
const UNKNOWN_WORD = '"unknown"';

type ToText = (cell: Cell) => string;

/** Makes the function that writes rows of one table: cells with commas between. */
export function createToCells(table: readonly Position[]): (row: readonly Cell[]) => string {
  const writers = table.map(([name, kind]): ToText | undefined => {
    const words = CODE_WORDS[name]?.map((word) => JSON.stringify(word));
    if (words !== undefined) return (cell) => words[Number(cell)] ?? UNKNOWN_WORD;
    if (kind === 'text') return toText;
    if (kind === 'list') return name === 'deliveries' ? toDeliveries : toText;
    return undefined; // An integer is its own JSON.
  });
  return (row) => {
    let cells = '';
    for (let at = 0; at < writers.length; at += 1) {
      const cell = row[at] ?? 0;
      const write = writers[at];
      cells += `${at === 0 ? '' : ','}${write === undefined ? cell : write(cell)}`;
    }
    return cells;
  };
}

function toText(cell: Cell): string {
  return JSON.stringify(cell);
}

function toDeliveries(cell: Cell): string {
  if (!Array.isArray(cell)) return '[]';
  const deliveries: readonly (readonly Cell[])[] = cell; // The schema has let it through.
  return JSON.stringify(deliveries.map(toDelivery));
}

function toDelivery(cells: readonly Cell[]): Cell[] {
  const row = expandCells(DELIVERY_POSITIONS, cells);
  return row.map((cell) => (Array.isArray(cell) ? toPairs(cell) : cell));
}

/** bucket, count, bucket, count … → [bucket, count] pairs. */
function toPairs(flat: readonly Cell[]): Cell[] {
  const pairs: Cell[] = [];
  for (let i = 0; i + 1 < flat.length; i += 2) pairs.push([flat[i] ?? 0, flat[i + 1] ?? 0]);
  return pairs;
}
