// Starts per minute.
import { type MetricCase, NOBODY } from './metricCase.ts';

const metric = 'startsPerMinute';

export const cases: readonly MetricCase[] = [
  { metric, shows: 'nothing started is 0', views: NOBODY, expected: 0 },
  {
    metric,
    shows: 'a start counts in the minute of its first frame, not of its request',
    views: [
      { slices: [{ attempts: 1 }, { k: 6, starts: 1 }] },
      { slices: [{ attempts: 1, starts: 1 }] },
      { slices: [{ attempts: 1, starts: 1 }], context: { weight: 4 } },
    ],
    expected: 5,
  },
];
