// Playing time: wall time in which pictures moved, content only.
import { ALL_DIMENSIONS } from './dimensions.ts';
import type { Metric } from './metric.ts';

export const playingTime = {
  id: 'playingTime',
  title: 'Playing time',
  question: 'How much was watched altogether?',
  definition:
    'Wall time in which the content advanced, summed over all views. Startup, stalls, seeks, pauses ' +
    'and ads are not in it, and a faster speed does not lengthen it.',
  spec: 'CTA-2066: the playing part of watched time.',
  divergences: [
    'Mux Playing Time includes ads.',
    'CTA-2066 media time counts content time, so that double speed counts twice.',
  ],
  unit: 'ms',
  better: 'higher',
  grain: 'slice',
  parts: { playing: { sum: ['playingMs'] } },
  merge: { kind: 'total', of: 'playing' },
  empty: { value: 0, because: 'Nothing was played.' },
  dimensions: ALL_DIMENSIONS,
  stability: 'stable',
} as const satisfies Metric;
