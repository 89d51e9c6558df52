// Rebuffering ratio: the share of watched time that was spent waiting in the middle.
import { ALL_DIMENSIONS } from './dimensions.ts';
import type { Metric } from './metric.ts';

export const rebufferingRatio = {
  id: 'rebufferingRatio',
  title: 'Rebuffering ratio',
  question: 'What share of their time do viewers spend looking at a frozen picture?',
  definition:
    'Time stalled divided by time watched, over all views together. Watched time is wall time from ' +
    'the request: starting, playing, stalled, seeking and ads; pauses and suspensions are not in it. ' +
    'A stall is at least 250 ms without progress of the playhead, outside startup, seeks and ads, ' +
    'from the last progress to the next.',
  spec: 'CTA-2066, Average Stalled Time Percentage: Σ stallDuration / Σ watchedTime.',
  divergences: [
    'Mux Rebuffer % is the same quotient.',
    'Conviva Rebuffering Ratio adds seek buffering above and leaves startup out below.',
    'Conviva CIRR divides by playing and buffering time only: startup is the difference, large for short clips.',
  ],
  unit: 'percent',
  better: 'lower',
  grain: 'slice',
  parts: {
    stalled: { sum: ['stalledMs'] },
    watched: { sum: ['startingMs', 'playingMs', 'stalledMs', 'seekingMs', 'adMs'] },
  },
  merge: { kind: 'ratio', of: 'stalled', over: 'watched', scale: 100 },
  empty: { value: null, because: 'Nobody watched: there is nothing to take a share of.' },
  dimensions: ALL_DIMENSIONS,
  thresholds: { warn: 0.4, bad: 1 },
  stability: 'stable',
} as const satisfies Metric;
