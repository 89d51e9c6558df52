// Every metric's worked cases. A metric without one fails the policies.
import { cases as attemptsPerMinute } from './cases/attemptsPerMinute.ts';
import { cases as averageBitrate } from './cases/averageBitrate.ts';
import { cases as concurrentViews } from './cases/concurrentViews.ts';
import { cases as contentStartupP50 } from './cases/contentStartupP50.ts';
import { cases as contentStartupP95 } from './cases/contentStartupP95.ts';
import { cases as droppedFrames } from './cases/droppedFrames.ts';
import { cases as exitsBeforeStart } from './cases/exitsBeforeStart.ts';
import { cases as liveLatency } from './cases/liveLatency.ts';
import type { MetricCase } from './cases/metricCase.ts';
import { cases as playFailures } from './cases/playFailures.ts';
import { cases as playingTime } from './cases/playingTime.ts';
import { cases as rebufferingFrequency } from './cases/rebufferingFrequency.ts';
import { cases as rebufferingRatio } from './cases/rebufferingRatio.ts';
import { cases as startFailures } from './cases/startFailures.ts';
import { cases as startsPerMinute } from './cases/startsPerMinute.ts';
import { cases as startupP50 } from './cases/startupP50.ts';
import { cases as startupP95 } from './cases/startupP95.ts';

export const CASES: readonly MetricCase[] = [
  ...attemptsPerMinute,
  ...averageBitrate,
  ...concurrentViews,
  ...contentStartupP50,
  ...contentStartupP95,
  ...droppedFrames,
  ...exitsBeforeStart,
  ...liveLatency,
  ...playFailures,
  ...playingTime,
  ...rebufferingFrequency,
  ...rebufferingRatio,
  ...startFailures,
  ...startsPerMinute,
  ...startupP50,
  ...startupP95,
];
