// Startup, 95th percentile: of twenty views, the nineteenth.
import { type MetricCase, NOBODY } from './metricCase.ts';

const metric = 'startupP95';

export const cases: readonly MetricCase[] = [
  { metric, shows: 'nobody started is no time', views: NOBODY, expected: null },
  {
    metric,
    shows: 'of twenty, nineteen need 1 900 ms at most',
    views: Array.from({ length: 20 }, (_, i) => ({
      slices: [{ k: i % 6, starts: 1, startups: 1, startupMs: (i + 1) * 100 }],
    })),
    expected: 1_900,
  },
];
