// One row as a line of JSONCompactEachRow, and the version that orders it among rows of its key:
// the revision, then a hash of the whole content. Any two deliveries in any order end the same.
import { hash } from 'node:crypto';
import { COLUMNS, type RowTable } from '../../store/columns.ts';

const HASH_BITS = 48n;
const HASH_DIGITS = 12;

/** The columns that a line of a table has, in its order. The view id travels as its text. */
export function lineColumns(table: RowTable): string[] {
  return COLUMNS[table].map(({ name }) => (name === 'view_id' ? 'view_text' : name));
}

/** SHA-1, for speed: it decides an order, it protects nothing. @param cells all but the version, as JSON, with commas between. */
export function toLine(cells: string, rev: number): string {
  const digits = hash('sha1', cells, 'hex').slice(0, HASH_DIGITS);
  return `[${cells},${(BigInt(rev) << HASH_BITS) | BigInt(`0x${digits}`)}]`;
}
