// The catalogue for browsers: what metrics and dimensions are called and mean. It holds no SQL, no
// column and nothing of the server; `@retour/analytics/catalogue` is this file.
import { DIMENSIONS, type DimensionId } from './dimensions.ts';
import type { Metric, Unit } from './metric.ts';
import { isSettled } from './metric.ts';
import { type MetricId, REGISTRY } from './registry.ts';

export type { DimensionId, MetricId, Unit };

export interface MetricInfo {
  readonly id: MetricId;
  readonly title: string;
  readonly question: string;
  readonly definition: string;
  readonly spec: string;
  readonly divergences: readonly string[];
  /** `percent` runs from 0 to 100; `ms`, `bitsPerSecond`, `perMinute`, `perHour` and `count` say it. */
  readonly unit: Unit;
  readonly better: Metric['better'];
  readonly empty: Metric['empty'];
  /** Ends at the last complete cell; what is not settled is live at once. */
  readonly settled: boolean;
  readonly dimensions: readonly DimensionId[];
  readonly thresholds?: { readonly warn: number; readonly bad: number };
  readonly stability: Metric['stability'];
}

export interface DimensionInfo {
  readonly id: DimensionId;
  readonly title: string;
}

/** Every metric, in the order that pages show them. */
export const METRICS: readonly MetricInfo[] = REGISTRY.map((metric) => toInfo(metric, metric.id));

/** Every dimension that figures can be split and filtered by. */
export const DIMENSION_LIST: readonly DimensionInfo[] = Object.entries(DIMENSIONS).map(
  ([id, { title }]) => ({ id: id as DimensionId, title }), // Object.entries forgets the keys' type.
);

/** One metric of the catalogue. */
export function metricInfo(id: MetricId): MetricInfo {
  const info = METRICS.find((metric) => metric.id === id);
  if (info === undefined) throw new Error(`the catalogue has no metric ${id}`);
  return info;
}

function toInfo(metric: Metric, id: MetricId): MetricInfo {
  const { title, question, definition, spec, divergences, unit, better, empty } = metric;
  const { dimensions, thresholds, stability } = metric;
  return {
    id,
    title,
    question,
    definition,
    spec,
    divergences,
    unit,
    better,
    empty,
    settled: isSettled(metric),
    dimensions,
    ...(thresholds !== undefined && { thresholds }),
    stability,
  };
}
