// Exits before start: given up, no frame, no error; over attempts.
import { type MetricCase, NOBODY } from './metricCase.ts';

const metric = 'exitsBeforeStart';

export const cases: readonly MetricCase[] = [
  { metric, shows: 'nobody tried is no share', views: NOBODY, expected: null },
  {
    metric,
    shows: 'one of four: a failure is none, an exit after the start is none',
    views: [
      { slices: [{ attempts: 1, exits: 1, exitsBeforeStart: 1, waitedMs: 400 }] },
      { slices: [{ attempts: 1, exits: 1, startFailures: 1 }] },
      { slices: [{ attempts: 1, starts: 1 }, { exits: 1 }] },
      { slices: [{ attempts: 1, starts: 1 }] },
    ],
    expected: 25,
  },
];
