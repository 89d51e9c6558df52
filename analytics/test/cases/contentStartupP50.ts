// Content startup, median: the pre-roll is not in it.
import { type MetricCase, NOBODY } from './metricCase.ts';

const metric = 'contentStartupP50';

export const cases: readonly MetricCase[] = [
  { metric, shows: 'no content started is no time', views: NOBODY, expected: null },
  {
    metric,
    shows: 'the first frame of an ad is no content startup',
    views: [
      {
        slices: [
          { startups: 1, startupMs: 300 },
          { contentStartups: 1, contentStartupMs: 700 },
        ],
      },
      { slices: [{ startups: 1, startupMs: 200 }] },
      { slices: [{ contentStartups: 1, contentStartupMs: 900 }] },
      { slices: [{ contentStartups: 1, contentStartupMs: 1_100 }] },
    ],
    expected: 900,
  },
];
