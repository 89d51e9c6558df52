// Answers as @grafana/data frames (DataFrameJSON). Pure; knows metrics' names and units, no SQL.
import type { z } from 'zod';
import type { fieldSchema, frameSchema } from '../api/messages.ts';
import type { Metric } from '../metrics/metric.ts';

export type Frame = z.infer<typeof frameSchema>;
type Field = z.infer<typeof fieldSchema>;

/** One line of a frame: what leads it, then one figure a metric. */
export interface FrameLine {
  readonly lead: readonly (number | string)[];
  readonly figures: readonly (number | null)[];
}

export const TIME_FIELD: Field = { name: 'time', type: 'time' };

/** The group as it stands in the rows, and as people call it (a title, or the same again). */
export function groupFields(title: string): Field[] {
  return [
    { name: 'value', type: 'string', config: { displayName: title } },
    { name: 'label', type: 'string', config: { displayName: title } },
  ];
}

export function toFrame(
  name: string,
  lead: readonly Field[],
  { metrics, lines }: { metrics: readonly Metric[]; lines: readonly FrameLine[] },
): Frame {
  const fields = metrics.map(
    (metric): Field => ({
      name: metric.id,
      type: 'number',
      config: { displayName: metric.title, unit: metric.unit },
    }),
  );
  const leads = lead.map((_, i) => lines.map((line) => line.lead[i] ?? null));
  const figures = metrics.map((_, i) => lines.map((line) => line.figures[i] ?? null));
  return {
    schema: { name, fields: [...lead, ...fields] },
    data: { values: [...leads, ...figures] },
  };
}
