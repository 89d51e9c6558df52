// The rows of the live table: from the API's frame, in the order that the person asked for.
import type { DataFrame } from '@grafana/data';
import { NAME_COLUMN, type Sort } from '../live/liveSearch.ts';
import { numbersOf, textsOf } from './fieldValues.ts';

export interface GroupRow {
  /** What filters. */
  readonly value: string;
  /** What people call it. */
  readonly label: string;
  /** Figure by metric id. */
  readonly figures: Readonly<Record<string, number | null>>;
}

/** Rows in order; equal ones stay in the API's order, the most watched first. */
export function toGroupRows(
  frame: DataFrame,
  metricIds: readonly string[],
  sort: Sort,
): GroupRow[] {
  const columns = [...metricIds, sort.column].map((id) => [id, numbersOf(frame, id)] as const);
  const labels = textsOf(frame, 'label');
  const rows = textsOf(frame, 'value').map((value, index) => ({
    value,
    label: labels[index] ?? value,
    figures: Object.fromEntries(columns.map(([id, values]) => [id, values[index] ?? null])),
  }));
  return rows.sort((a, b) => compare(a, b, sort));
}

/** No figure comes last in both directions. */
function compare(a: GroupRow, b: GroupRow, { column, descending }: Sort): number {
  const sign = descending ? -1 : 1;
  if (column === NAME_COLUMN) return sign * a.label.localeCompare(b.label);
  const [left, right] = [a.figures[column] ?? null, b.figures[column] ?? null];
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  return sign * (left - right);
}
