// Playing time: pictures that moved, content only.
import { type MetricCase, NOBODY } from './metricCase.ts';

const metric = 'playingTime';

export const cases: readonly MetricCase[] = [
  { metric, shows: 'nothing played is 0', views: NOBODY, expected: 0 },
  {
    metric,
    shows: 'stalls, pauses, ads and double speed do not lengthen it',
    views: [
      { slices: [{ playingMs: 6_000, stalledMs: 4_000, mediaMs: 12_000 }, { adMs: 10_000 }] },
      { slices: [{ playingMs: 2_000, pausedMs: 8_000 }], context: { weight: 3 } },
    ],
    expected: 12_000,
  },
];
