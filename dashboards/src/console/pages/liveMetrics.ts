// Which metrics the live page shows and where. Their names, units and limits are the catalogue's.
import { type MetricInfo, metricOf } from '../feed/catalogue.ts';

/** The tiles, in order; `beside` is a second figure on the same tile. */
export const TILES = [
  { id: 'concurrentViews', basis: 'now' },
  { id: 'startsPerMinute', basis: 'last minute' },
  {
    id: 'contentStartupP50',
    basis: 'last minute',
    beside: { id: 'contentStartupP95', label: 'p95' },
  },
  { id: 'rebufferingRatio', basis: 'last minute' },
  { id: 'exitsBeforeStart', basis: 'last minute' },
  {
    id: 'startFailures',
    basis: 'last minute',
    beside: { id: 'playFailures', label: 'of plays' },
  },
] as const;

export const TABLE_METRICS = [
  'concurrentViews',
  'startsPerMinute',
  'contentStartupP50',
  'contentStartupP95',
  'rebufferingRatio',
  'exitsBeforeStart',
  'startFailures',
  'playFailures',
  'averageBitrate',
] as const;

/** The catalogue's entries of these ids; an id that it lacks is left out. */
export function metricsOf(ids: readonly string[]): MetricInfo[] {
  return ids.map(metricOf).filter((metric) => metric !== undefined);
}
