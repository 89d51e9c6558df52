// Startup, 95th percentile: the wait that one viewer in twenty exceeds.
import type { Metric } from './metric.ts';
import { startupP50 } from './startupP50.ts';

export const startupP95 = {
  ...startupP50,
  id: 'startupP95',
  title: 'Startup, 95th percentile',
  question: 'How long do the unlucky viewers wait for the first picture?',
  definition:
    'The time that 95 % of the started views needed at most, from the playback request to the first ' +
    'frame of an ad or of the content; everything else as in the median.',
  merge: { kind: 'quantile', of: 'startup', level: 0.95 },
} as const satisfies Metric;
