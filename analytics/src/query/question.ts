// A question, once it is understood: only metrics, dimensions and bounds that exist. Every question
// belongs to one property (invariant 9).
import type { Dimension, DimensionId } from '../metrics/dimensions.ts';
import type { Metric } from '../metrics/metric.ts';

/** The grid that concurrency is counted on and that every time is aligned to. */
export const GRID_MS = 10_000;

export interface Filter {
  readonly dimension: Dimension;
  readonly values: readonly string[];
}

export interface Grouping extends Dimension {
  readonly id: DimensionId;
}

export interface Question {
  readonly property: string;
  readonly metrics: readonly Metric[];
  /** On the grid: from inclusive, to exclusive, epoch ms. */
  readonly from: number;
  readonly to: number;
  /** Width of a bucket of the time series, a multiple of the grid; null is one row a group. */
  readonly intervalMs: number | null;
  readonly grouping: Grouping | null;
  /** How many groups, the most watched first. */
  readonly limit: number;
  readonly filters: readonly Filter[];
}

/** Why a question cannot be answered. The codes stand in the API's table of errors. */
export interface QuestionIssue {
  readonly code:
    | 'unknown_metric'
    | 'unknown_dimension'
    | 'bad_range'
    | 'range_too_old'
    | 'too_many_points';
  readonly message: string;
}

export function floorToGrid(at: number, gridMs: number = GRID_MS): number {
  return Math.floor(at / gridMs) * gridMs;
}

export function ceilToGrid(at: number, gridMs: number = GRID_MS): number {
  return Math.ceil(at / gridMs) * gridMs;
}
