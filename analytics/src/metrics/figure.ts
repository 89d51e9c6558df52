// From merged parts to the figure of a metric. Parts of any source (slices now, rollups later) add
// up here, in one place. Pure; knows neither SQL nor frames.
import type { Metric, Part } from './metric.ts';

/** A merged part: a sum or a count of views; or, for `values`, how much weight each value has. */
export type PartValue = number | Distribution;
export type Distribution = ReadonlyMap<number, number>;

/** Merged parts by `partKey`. */
export type PartValues = ReadonlyMap<string, PartValue>;

/** The same for equal parts, so that metrics share them. */
export function partKey(part: Part): string {
  if ('sum' in part) return `sum(${part.sum.join('+')})`;
  if ('values' in part) return `values(${part.values} where ${part.where})`;
  return `watching(${part.watching.join('+')})`;
}

/** The parts that metrics need, each once. */
export function partsOf(metrics: readonly Metric[]): ReadonlyMap<string, Part> {
  const parts = new Map<string, Part>();
  for (const metric of metrics) {
    for (const part of Object.values(metric.parts)) parts.set(partKey(part), part);
  }
  return parts;
}

/** Adds parts of disjoint rows. Over time, concurrency is its highest cell: it never adds up. */
export function mergeOverTime(parts: Iterable<PartValues>): PartValues {
  const merged = new Map<string, PartValue>();
  for (const values of parts) {
    for (const [key, value] of values) {
      const before = merged.get(key);
      merged.set(key, before === undefined ? value : mergeOne(key, before, value));
    }
  }
  return merged;
}

/** The figure, or what the metric reads as where there is nothing. */
export function figureOf(metric: Metric, values: PartValues, windowMs: number): number | null {
  const { merge, empty } = metric;
  switch (merge.kind) {
    case 'total':
    case 'peak':
      return sumOf(metric, merge.of, values);
    case 'perMinute':
      return windowMs > 0 ? (sumOf(metric, merge.of, values) * 60_000) / windowMs : empty.value;
    case 'ratio': {
      const over = sumOf(metric, merge.over, values);
      return over > 0 ? (sumOf(metric, merge.of, values) * merge.scale) / over : empty.value;
    }
    case 'quantile':
      return quantileOf(distributionOf(metric, merge.of, values), merge.level) ?? empty.value;
  }
}

/**
 * The least value that at least `level` of the weight does not exceed; undefined for none. An exact
 * quantile of what was observed: it never lies between two observations.
 */
export function quantileOf(distribution: Distribution, level: number): number | undefined {
  let total = 0;
  for (const weight of distribution.values()) total += weight;
  let reached = 0;
  for (const [value, weight] of [...distribution].sort(([a], [b]) => a - b)) {
    reached += weight;
    if (reached > 0 && reached >= level * total) return value;
  }
  return undefined;
}

function mergeOne(key: string, a: PartValue, b: PartValue): PartValue {
  if (typeof a === 'number' && typeof b === 'number') {
    return key.startsWith('watching(') ? Math.max(a, b) : a + b;
  }
  if (typeof a === 'number' || typeof b === 'number') {
    throw new Error(`part ${key} is a number in one place and a distribution in another`);
  }
  const merged = new Map(a);
  for (const [value, weight] of b) merged.set(value, (merged.get(value) ?? 0) + weight);
  return merged;
}

function partValueOf(metric: Metric, name: string, values: PartValues): PartValue | undefined {
  const part = metric.parts[name];
  if (part === undefined) throw new Error(`metric ${metric.id} has no part "${name}"`);
  return values.get(partKey(part));
}

function sumOf(metric: Metric, name: string, values: PartValues): number {
  const value = partValueOf(metric, name, values) ?? 0;
  if (typeof value !== 'number') throw new Error(`part "${name}" of ${metric.id} is no sum`);
  return value;
}

function distributionOf(metric: Metric, name: string, values: PartValues): Distribution {
  const value = partValueOf(metric, name, values) ?? new Map();
  if (typeof value === 'number') throw new Error(`part "${name}" of ${metric.id} is a sum`);
  return value;
}
