// Shorter names of metrics for small places: tiles, legends, column heads. The tip always has the
// catalogue's own title.
import type { MetricInfo } from '../feed/catalogue.ts';

const SHORT: Readonly<Record<string, string>> = {
  contentStartupP50: 'Startup p50',
  contentStartupP95: 'Startup p95',
  rebufferingRatio: 'Rebuffering',
  startsPerMinute: 'Starts',
  averageBitrate: 'Bitrate',
  exitsBeforeStart: 'Exits before start',
};

export function shortTitle(metric: Pick<MetricInfo, 'id' | 'title'>): string {
  return SHORT[metric.id] ?? metric.title;
}
