// Play failures: technical ones after the first frame, over starts.
import { type MetricCase, NOBODY } from './metricCase.ts';

const metric = 'playFailures';

export const cases: readonly MetricCase[] = [
  { metric, shows: 'nothing started is no share', views: NOBODY, expected: null },
  {
    metric,
    shows: 'attempts that never started are not in it',
    views: [
      {
        slices: [
          { attempts: 1, starts: 1 },
          { playFailures: 1, exits: 1 },
        ],
      },
      { slices: [{ attempts: 1, starts: 1, playFailuresBusiness: 1 }] },
      { slices: [{ attempts: 1, startFailures: 1 }] },
    ],
    expected: 50,
  },
  {
    metric,
    shows: 'more failures than starts in the same minute exceed 100 %',
    views: [
      { slices: [{ starts: 1 }] },
      { slices: [{ playFailures: 1 }] },
      { slices: [{ playFailures: 1 }] },
    ],
    expected: 200,
  },
];
