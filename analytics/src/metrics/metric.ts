// What a metric is. One metric, one file beside this one; `registry.ts` lists them. A metric's file
// drives its SQL, the query API, the panels and the docs.
import type { DimensionId } from './dimensions.ts';

export type Unit = 'count' | 'perMinute' | 'ms' | 'ratio' | 'percent' | 'bitsPerSecond' | 'perHour';

/** The table that a metric is summed over. */
export type Grain = 'slice' | 'view' | 'event';

export interface Metric {
  /** Stable for ever, never reused. */
  readonly id: string;
  readonly title: string;
  /** One sentence that a viewer's manager would ask. */
  readonly question: string;
  /** Exact, in prose. */
  readonly definition: string;
  /** Clause of the standard, and who differs. */
  readonly spec: string;
  readonly unit: Unit;
  readonly better: 'lower' | 'higher' | 'neither';
  readonly grain: Grain;
  /** Names in the contract that it reads. */
  readonly inputs: readonly string[];
  /** Named additive parts: an aggregate expression over one row set of the grain's table. */
  readonly state: Readonly<Record<string, string>>;
  /** The figure, from merged states: an expression over the names of `state`. */
  readonly merge: string;
  /** What no data reads as, and why. */
  readonly empty: { readonly value: 0 | null; readonly because: string };
  readonly dimensions: readonly DimensionId[];
  /** From good to bad, in the metric's unit, where the field agrees on any. */
  readonly thresholds?: { readonly warn: number; readonly bad: number };
  readonly stability: 'stable' | 'experimental';
}
