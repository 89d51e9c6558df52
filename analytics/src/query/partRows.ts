// Reads the engine's rows of parts into buckets. Pure.
import type { PartValue, PartValues } from '../metrics/figure.ts';
import type { Row } from './reader.ts';
import type { PartColumn } from './sql.ts';

export interface PartRow {
  /** Start of the bucket, epoch ms; 0 where the question has no interval. */
  readonly bucket: number;
  readonly group: string;
  /** Parts of live metrics, up to now; and of settled ones, up to the last complete cell. */
  readonly live: PartValues;
  readonly settled: PartValues;
}

/** From the rows of `toPartsStatement` made with the same columns. */
export function toPartRows(rows: readonly Row[], columns: readonly PartColumn[]): PartRow[] {
  return rows.map((row) => {
    const live = new Map<string, PartValue>();
    const settled = new Map<string, PartValue>();
    columns.forEach((column, i) => {
      (column.settled ? settled : live).set(column.key, toPartValue(row[`p${i}`]));
    });
    return { bucket: Number(row.bucket), group: String(row.name), live, settled };
  });
}

/** A number, or sumMap's pair of arrays: values and their weights. */
function toPartValue(cell: unknown): PartValue {
  if (!Array.isArray(cell)) return Number(cell);
  const [values, weights]: unknown[] = cell;
  if (!Array.isArray(values) || !Array.isArray(weights)) throw new Error('not a distribution');
  return new Map(values.map((value, i) => [Number(value), Number(weights[i])]));
}
