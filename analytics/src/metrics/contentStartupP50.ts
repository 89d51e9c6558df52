// Content startup, median: request to first frame of the content less ad time. The headline.
import { ALL_DIMENSIONS } from './dimensions.ts';
import type { Metric } from './metric.ts';

export const contentStartupP50 = {
  id: 'contentStartupP50',
  title: 'Content startup, median',
  question: 'How long does an ordinary viewer wait for the programme itself, ads aside?',
  definition:
    'The time that half of the views that reached the content needed at most, from the playback ' +
    'request to the first frame of the content, less the time that ads were showing. Left out as in ' +
    'startup: views without a content frame, and those where the user sought or paused before it.',
  spec: 'CTA-2066, initialStartupTime, taken at the first content frame; Conviva VST.',
  divergences: [
    'Mux calls this Content Startup Time; its headline Video Startup Time ends at the first ad frame.',
    'Conviva, Brightcove, New Relic and NPAW publish this one as startup or join time.',
  ],
  unit: 'ms',
  better: 'lower',
  grain: 'slice',
  parts: { startup: { values: 'contentStartupMs', where: 'contentStartups' } },
  merge: { kind: 'quantile', of: 'startup', level: 0.5 },
  empty: { value: null, because: 'No content started: there is no time to tell.' },
  dimensions: ALL_DIMENSIONS,
  thresholds: { warn: 2_000, bad: 5_000 },
  stability: 'stable',
} as const satisfies Metric;
