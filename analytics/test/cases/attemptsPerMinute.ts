// Attempts per minute.
import { type MetricCase, NOBODY } from './metricCase.ts';

const metric = 'attemptsPerMinute';

export const cases: readonly MetricCase[] = [
  { metric, shows: 'no request is 0', views: NOBODY, expected: 0 },
  {
    metric,
    shows: 'every request counts once, also those that fail or stand for many',
    views: [
      { slices: [{ attempts: 1, starts: 1 }, {}] },
      { slices: [{ attempts: 1, startFailures: 1 }] },
      { slices: [{ k: 5, attempts: 1 }], context: { weight: 10 } },
      { slices: [{ k: 6, attempts: 1 }] },
    ],
    expected: 12,
  },
  {
    metric,
    shows: 'two minutes are divided by two',
    toS: 120,
    views: [
      { slices: [{ attempts: 1 }] },
      { slices: [{ attempts: 1 }] },
      { slices: [{ attempts: 1 }] },
    ],
    expected: 1.5,
  },
];
