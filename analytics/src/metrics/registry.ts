// The list of every metric, in the order that documents and panels show them. An id that stood here
// once is never given to another metric.
import { attemptsPerMinute } from './attemptsPerMinute.ts';
import { averageBitrate } from './averageBitrate.ts';
import { concurrentViews } from './concurrentViews.ts';
import { contentStartupP50 } from './contentStartupP50.ts';
import { contentStartupP95 } from './contentStartupP95.ts';
import { droppedFrames } from './droppedFrames.ts';
import { exitsBeforeStart } from './exitsBeforeStart.ts';
import { liveLatency } from './liveLatency.ts';
import type { Metric } from './metric.ts';
import { playFailures } from './playFailures.ts';
import { playingTime } from './playingTime.ts';
import { rebufferingFrequency } from './rebufferingFrequency.ts';
import { rebufferingRatio } from './rebufferingRatio.ts';
import { startFailures } from './startFailures.ts';
import { startsPerMinute } from './startsPerMinute.ts';
import { startupP50 } from './startupP50.ts';
import { startupP95 } from './startupP95.ts';

export const REGISTRY = [
  concurrentViews,
  attemptsPerMinute,
  startsPerMinute,
  startupP50,
  startupP95,
  contentStartupP50,
  contentStartupP95,
  rebufferingRatio,
  rebufferingFrequency,
  exitsBeforeStart,
  startFailures,
  playFailures,
  averageBitrate,
  playingTime,
  droppedFrames,
  liveLatency,
] as const satisfies readonly Metric[];

export type MetricId = (typeof REGISTRY)[number]['id'];

const BY_ID: ReadonlyMap<string, Metric> = new Map(REGISTRY.map((metric) => [metric.id, metric]));

/** The metric of an id from outside; undefined where there is none. */
export function metricOf(id: string): Metric | undefined {
  return BY_ID.get(id);
}
