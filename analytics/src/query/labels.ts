// Titles of the values of a dimension. A title is a label of its id, looked up when asked, so that
// one that comes late names the whole past too.
import type { Grouping } from './question.ts';
import type { Reader } from './reader.ts';
import { toLabelsStatement } from './sql.ts';

/** Dimensions whose values have titles, and the kind that the writer keeps them under. */
const LABELLED: Readonly<Record<string, string>> = { asset: 'asset', series: 'series' };

export interface LabelQuestion {
  readonly property: string;
  readonly grouping: Pick<Grouping, 'id'>;
  readonly names: readonly string[];
}

export async function labelsOf(
  reader: Reader,
  { property, grouping, names }: LabelQuestion,
): Promise<ReadonlyMap<string, string>> {
  const kind = LABELLED[grouping.id];
  if (kind === undefined || names.length === 0) return new Map();
  const rows = await reader.read(toLabelsStatement(property, kind, names));
  return new Map(rows.map((row) => [String(row.id), String(row.title)]));
}
