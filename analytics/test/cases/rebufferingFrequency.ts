// Rebuffering frequency: stalls per hour of playing.
import { type MetricCase, NOBODY } from './metricCase.ts';

const metric = 'rebufferingFrequency';

export const cases: readonly MetricCase[] = [
  { metric, shows: 'nothing played is no hour', views: NOBODY, expected: null },
  {
    metric,
    shows: 'two stalls in 36 s of playing are 200 an hour; waiting makes no hour longer',
    views: [
      { slices: [{ playingMs: 8_000, stalledMs: 2_000, stalls: 1 }, { playingMs: 10_000 }] },
      { slices: [{ playingMs: 8_000, stalledMs: 2_000, stalls: 1 }, { playingMs: 10_000 }] },
    ],
    expected: 200,
  },
];
