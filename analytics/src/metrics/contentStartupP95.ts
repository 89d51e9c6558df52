// Content startup, 95th percentile: the wait for the content that one viewer in twenty exceeds.
import { contentStartupP50 } from './contentStartupP50.ts';
import type { Metric } from './metric.ts';

export const contentStartupP95 = {
  ...contentStartupP50,
  id: 'contentStartupP95',
  title: 'Content startup, 95th percentile',
  question: 'How long do the unlucky viewers wait for the programme itself, ads aside?',
  definition:
    'The time that 95 % of the views that reached the content needed at most, from the playback ' +
    'request to the first frame of the content, less ad time; everything else as in the median.',
  merge: { kind: 'quantile', of: 'startup', level: 0.95 },
} as const satisfies Metric;
