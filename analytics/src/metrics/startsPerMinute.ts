// Starts per minute: how many attempts show a first frame.
import { ALL_DIMENSIONS } from './dimensions.ts';
import type { Metric } from './metric.ts';

export const startsPerMinute = {
  id: 'startsPerMinute',
  title: 'Starts per minute',
  question: 'How many people see a first picture each minute?',
  definition:
    'First frames, of content or of an ad, divided by the minutes asked about. Each view has one at ' +
    'most, in the cell where the playhead first advanced.',
  spec: 'CTA-2066, event playbackStart (the first of the session).',
  divergences: ['Brightcove counts a video view only when the content itself starts.'],
  unit: 'perMinute',
  better: 'higher',
  grain: 'slice',
  parts: { starts: { sum: ['starts'] } },
  merge: { kind: 'perMinute', of: 'starts' },
  empty: { value: 0, because: 'Nothing started.' },
  dimensions: ALL_DIMENSIONS,
  stability: 'stable',
} as const satisfies Metric;
