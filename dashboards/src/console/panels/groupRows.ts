// The rows of the live table: from the API's frame, in the order that the person asked for.
import { type DataFrame, sortDataFrame } from '@grafana/data';
import { NAME_COLUMN, type Sort } from '../live/liveSearch.ts';
import { numbersOf, textsOf } from './readFrame.ts';

export interface GroupRow {
  /** What filters. */
  readonly value: string;
  /** What people call it. */
  readonly label: string;
  /** Figure by metric id. */
  readonly figures: Readonly<Record<string, number | null>>;
}

/** Rows in order; no figure sorts last in both directions. */
export function toGroupRows(
  frame: DataFrame,
  metricIds: readonly string[],
  sort: Sort,
): GroupRow[] {
  const by = sort.column === NAME_COLUMN ? 'label' : sort.column;
  const at = frame.fields.findIndex((field) => field.name === by);
  const sorted = at < 0 ? frame : sortDataFrame(frame, at, sort.descending);
  const columns = metricIds.map((id) => [id, numbersOf(sorted, id)] as const);
  const labels = textsOf(sorted, 'label');
  const rows = textsOf(sorted, 'value').map((value, index) => ({
    value,
    label: labels[index] ?? value,
    figures: Object.fromEntries(columns.map(([id, values]) => [id, values[index] ?? null])),
  }));
  if (sort.column === NAME_COLUMN) return rows;
  const has = (row: GroupRow): boolean => (row.figures[sort.column] ?? null) !== null;
  return [...rows.filter(has), ...rows.filter((row) => !has(row))];
}
