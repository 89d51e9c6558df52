// Concurrent views: how many people are at it right now. Never a sum of slices or of minutes.
import { ALL_DIMENSIONS } from './dimensions.ts';
import type { Metric } from './metric.ts';

/** A view that only stalled for longer than this no longer counts as watching. */
export const STUCK_MS = 300_000;

export const concurrentViews = {
  id: 'concurrentViews',
  title: 'Concurrent views',
  question: 'How many views are being watched at this moment?',
  definition:
    'Distinct views that watched in a 10 s cell of the clock: any time spent starting, playing, ' +
    'stalled, seeking or in an ad, or a playback request. A view that was paused or suspended for ' +
    'the whole cell is not counted, nor one that has only stalled for more than 5 minutes. Over a ' +
    'longer time it is the highest cell. In cells that are too young to have been reported by every ' +
    'view, a view that is known to be open is counted as it was last seen.',
  spec: 'Mux Data monitoring, Current Concurrent Viewers, by view.',
  divergences: [
    'Conviva and Bitmovin count only views that saw a frame; here waiting to start counts, as with Mux.',
    'Mux counts viewers; here it is views, since most properties keep no viewer identifier.',
  ],
  unit: 'count',
  better: 'higher',
  grain: 'slice',
  parts: {
    views: { watching: ['startingMs', 'playingMs', 'stalledMs', 'seekingMs', 'adMs', 'attempts'] },
  },
  merge: { kind: 'peak', of: 'views' },
  empty: { value: 0, because: 'No view is an audience of nobody.' },
  dimensions: ALL_DIMENSIONS,
  stability: 'stable',
} as const satisfies Metric;
