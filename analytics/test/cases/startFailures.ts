// Start failures: technical ones, over attempts.
import { type MetricCase, NOBODY } from './metricCase.ts';

const metric = 'startFailures';

export const cases: readonly MetricCase[] = [
  { metric, shows: 'nobody tried is no share', views: NOBODY, expected: null },
  {
    metric,
    shows: 'a refusal of the business is an attempt and no failure',
    views: [
      { slices: [{ attempts: 1, startFailures: 1 }] },
      { slices: [{ attempts: 1, startFailuresBusiness: 1 }] },
      { slices: [{ attempts: 1, starts: 1, playFailures: 1 }] },
      { slices: [{ attempts: 1, starts: 1 }], context: { weight: 7 } },
    ],
    expected: 10,
  },
];
