// Startup, median: exact, weighted, and never from a view without a valid one.
import { type MetricCase, NOBODY } from './metricCase.ts';

const metric = 'startupP50';
const start = (startupMs: number) => ({ slices: [{ starts: 1, startups: 1, startupMs }] });

export const cases: readonly MetricCase[] = [
  { metric, shows: 'nobody started is no time', views: NOBODY, expected: null },
  {
    metric,
    shows: 'the median of odd many is the middle one',
    views: [start(3_000), start(500), start(800)],
    expected: 800,
  },
  {
    metric,
    shows: 'a startup that is not valid is left out, one of 0 ms is not',
    views: [start(0), start(0), start(900), { slices: [{ starts: 1, startups: 0, startupMs: 0 }] }],
    expected: 0,
  },
  {
    metric,
    shows: 'a view of weight 10 is ten views',
    views: [start(400), start(500), { ...start(2_000), context: { weight: 10 } }],
    expected: 2_000,
  },
];
