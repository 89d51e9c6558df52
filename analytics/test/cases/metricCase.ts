// A worked case: views whose figure a person can reckon by hand.
import type { MetricId } from '../../src/metrics/registry.ts';
import type { ViewFacts } from '../world.ts';

export interface MetricCase {
  readonly metric: MetricId;
  /** What is shown by it. */
  readonly shows: string;
  readonly views: readonly ViewFacts[];
  /** The minute from START on; null where there is no figure. */
  readonly expected: number | null;
  /** In another minute or two: seconds after START, of the question. */
  readonly fromS?: number;
  readonly toS?: number;
}

/** Stands before every metric's own cases: nothing was sent. */
export const NOBODY: readonly ViewFacts[] = [];
