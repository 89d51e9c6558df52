// Startup, median: request to first frame of any kind, as CTA and Mux publish it.
import { ALL_DIMENSIONS } from './dimensions.ts';
import type { Metric } from './metric.ts';

export const startupP50 = {
  id: 'startupP50',
  title: 'Startup, median',
  question: 'How long does an ordinary viewer wait for the first picture?',
  definition:
    'The time that half of the started views needed at most, from the playback request to the first ' +
    'frame of an ad or of the content, in watched time. Views that never started have no startup, and ' +
    'those where the user sought or paused before the first frame have none that is valid: they are ' +
    'left out, never counted as 0. A seek that the player makes itself changes nothing. Exact, from ' +
    'the milliseconds of every view; it belongs to the cell of the first frame.',
  spec: 'CTA-2066, initialStartupTime.',
  divergences: [
    'Conviva, Brightcove and New Relic leave the pre-roll out: see content startup.',
    'Mux publishes the same measure, first frame of the ad included.',
  ],
  unit: 'ms',
  better: 'lower',
  grain: 'slice',
  parts: { startup: { values: 'startupMs', where: 'startups' } },
  merge: { kind: 'quantile', of: 'startup', level: 0.5 },
  empty: {
    value: null,
    because: 'Nobody started: there is no time to tell, and 0 would be a lie.',
  },
  dimensions: ALL_DIMENSIONS,
  thresholds: { warn: 2_000, bad: 5_000 },
  stability: 'stable',
} as const satisfies Metric;
