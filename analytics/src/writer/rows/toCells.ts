// The cells of a decoded slice or summary, in the order of its position table. It knows the lists
// and the codes by name, and every other field by its kind only.
import {
  type Cell,
  DELIVERY_POSITIONS,
  decodeDelivery,
  type Position,
} from '@retour/player-sdk/contract';
import { CODE_WORDS } from '../../store/columns.ts';

/** A word that this version has no name for: the collector refuses such codes, a newer one may not. */
const UNKNOWN_WORD = 'unknown';

/** Cells of one row as JSON, with commas between. */
export function toCells(table: readonly Position[], row: Readonly<Record<string, Cell>>): string {
  let cells = '';
  for (const [name, kind] of table) {
    const value = row[name] ?? 0;
    cells += cells === '' ? '' : ',';
    if (kind === 'list') cells += JSON.stringify(toList(name, value));
    else if (name in CODE_WORDS) cells += `"${CODE_WORDS[name]?.[Number(value)] ?? UNKNOWN_WORD}"`;
    else cells += typeof value === 'number' ? String(value) : JSON.stringify(value);
  }
  return cells;
}

function toList(name: string, value: Cell): unknown {
  if (name !== 'deliveries' || !Array.isArray(value)) return value;
  return value.map((cells) => {
    const delivery: Readonly<Record<string, Cell>> = decodeDelivery(cells);
    return DELIVERY_POSITIONS.map(([field, kind]) =>
      kind === 'list' ? toPairs(delivery[field]) : delivery[field],
    );
  });
}

/** bucket, count, bucket, count … → [bucket, count] pairs. */
function toPairs(flat: Cell | undefined): Cell[] {
  if (!Array.isArray(flat)) return [];
  const pairs: Cell[] = [];
  for (let i = 0; i + 1 < flat.length; i += 2) pairs.push([flat[i], flat[i + 1]]);
  return pairs;
}
