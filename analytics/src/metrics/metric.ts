// What a metric is. One metric, one file beside this one; `registry.ts` lists them. A metric says
// what it sums and how the sums make its figure, as data: `query/sql.ts` alone turns that into SQL.
import type { SLICE_POSITIONS } from '@retour/player-sdk/contract';
import type { DimensionId } from './dimensions.ts';

export const UNITS = ['count', 'perMinute', 'perHour', 'ms', 'percent', 'bitsPerSecond'] as const;
export type Unit = (typeof UNITS)[number];

/** The table that a metric is summed over. */
export type Grain = 'slice';

/** The slice's fields that may be summed: a level, a code or a text never is. */
export type SummableField = Extract<
  (typeof SLICE_POSITIONS)[number],
  readonly [string, 'ms' | 'bits' | 'bytes' | 'count']
>[0];

/**
 * An additive part of a metric over any set of rows. A sampled view counts `weight` times.
 * `sum`: Σ of the fields. `values`: the distribution of a field over the rows where `where` is not
 * 0. `watching`: distinct views that watched, in each 10 s cell; it is never summed over time.
 */
export type Part =
  | { readonly sum: readonly SummableField[] }
  | { readonly values: SummableField; readonly where: SummableField }
  | { readonly watching: readonly SummableField[] };

/**
 * How the parts make the figure: `of` names a key of `parts`.
 * A `ratio` is a sum over a sum, times `scale`; `perMinute` divides by the time asked about.
 */
export type Merge =
  | { readonly kind: 'perMinute'; readonly of: string }
  | { readonly kind: 'total'; readonly of: string }
  | { readonly kind: 'ratio'; readonly of: string; readonly over: string; readonly scale: number }
  | { readonly kind: 'quantile'; readonly of: string; readonly level: number }
  | { readonly kind: 'peak'; readonly of: string };

export interface Metric {
  /** Stable for ever, never reused. */
  readonly id: string;
  readonly title: string;
  /** One sentence that a viewer's manager would ask. */
  readonly question: string;
  /** Exact, in prose. */
  readonly definition: string;
  /** Clause of the standard that it follows. */
  readonly spec: string;
  /** Who counts otherwise, and how. */
  readonly divergences: readonly string[];
  readonly unit: Unit;
  readonly better: 'lower' | 'higher' | 'neither';
  readonly grain: Grain;
  readonly parts: Readonly<Record<string, Part>>;
  readonly merge: Merge;
  /** What no data reads as, and why. */
  readonly empty: { readonly value: 0 | null; readonly because: string };
  readonly dimensions: readonly DimensionId[];
  /** In the metric's unit, where the field agrees on any. */
  readonly thresholds?: { readonly warn: number; readonly bad: number };
  readonly stability: 'stable' | 'experimental';
}

/** The names in the contract that a metric reads. */
export function inputsOf(metric: Metric): readonly SummableField[] {
  const names = Object.values(metric.parts).flatMap((part) => {
    if ('sum' in part) return part.sum;
    if ('values' in part) return [part.values, part.where];
    return part.watching;
  });
  return [...new Set(names)];
}

/**
 * Whether a metric waits for the cells that 95 % of the open views have reported. Beacons leave
 * early where there is trouble, so a ratio over the newest cells would look worse than it is; counts,
 * and startup times (every first frame is sent at once), are true as soon as they come.
 */
export function isSettled(metric: Metric): boolean {
  return metric.merge.kind === 'ratio' || metric.merge.kind === 'total';
}
