// Content startup, 95th percentile.
import { type MetricCase, NOBODY } from './metricCase.ts';

const metric = 'contentStartupP95';

export const cases: readonly MetricCase[] = [
  { metric, shows: 'no content started is no time', views: NOBODY, expected: null },
  {
    metric,
    shows: 'one slow view in ten is the 95th percentile, one in forty is not',
    views: [
      { slices: [{ contentStartups: 1, contentStartupMs: 500 }], context: { weight: 39 } },
      { slices: [{ contentStartups: 1, contentStartupMs: 9_000 }] },
    ],
    expected: 500,
  },
];
