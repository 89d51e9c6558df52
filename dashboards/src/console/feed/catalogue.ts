// The console's way to the metric catalogue: names, units and definitions come from there only, and
// how a figure stands is read off its metric's thresholds.
import { DIMENSION_LIST, METRICS, type MetricInfo } from '@retour/analytics/catalogue';

export { DIMENSION_LIST, type MetricInfo };

const byId = new Map<string, MetricInfo>(METRICS.map((metric) => [metric.id, metric]));

/** A metric by its id; undefined where this console is older than the API. */
export function metricOf(id: string): MetricInfo | undefined {
  return byId.get(id);
}

export function isDimension(id: string): boolean {
  return DIMENSION_LIST.some((dimension) => dimension.id === id);
}

export function dimensionTitle(id: string): string {
  return DIMENSION_LIST.find((dimension) => dimension.id === id)?.title ?? id;
}

/** How a figure stands against its metric's thresholds; `unrated` where it has none. */
export type Standing = 'good' | 'warn' | 'bad' | 'unrated';

export function standingOf(
  metric: Pick<MetricInfo, 'thresholds' | 'better'>,
  value: number | null | undefined,
): Standing {
  const { thresholds, better } = metric;
  if (thresholds === undefined || value === null || value === undefined) return 'unrated';
  const reaches = (limit: number): boolean =>
    better === 'higher' ? value <= limit : value >= limit;
  if (reaches(thresholds.bad)) return 'bad';
  return reaches(thresholds.warn) ? 'warn' : 'good';
}
