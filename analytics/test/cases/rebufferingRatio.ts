// Rebuffering ratio: one sum over another, never an average of views' ratios.
import { type MetricCase, NOBODY } from './metricCase.ts';

const metric = 'rebufferingRatio';

export const cases: readonly MetricCase[] = [
  { metric, shows: 'nobody watched is no share', views: NOBODY, expected: null },
  {
    metric,
    shows: 'a short bad view weighs what it watched: (5 + 0) / (10 + 40), not (50 % + 0 %) / 2',
    views: [
      { slices: [{ playingMs: 5_000, stalledMs: 5_000 }] },
      { slices: Array.from({ length: 4 }, () => ({ playingMs: 10_000 })) },
    ],
    expected: 10,
  },
  {
    metric,
    shows: 'startup, seeks and ads are watched time; pauses and suspensions are not',
    views: [
      {
        slices: [
          { startingMs: 4_000, playingMs: 2_000, stalledMs: 1_000, seekingMs: 1_000, adMs: 2_000 },
          { pausedMs: 6_000, suspendedMs: 4_000 },
        ],
      },
    ],
    expected: 10,
  },
  {
    metric,
    shows: 'a view of weight 9 is nine views: 9 × 1 / (9 × 10 + 10)',
    views: [
      { slices: [{ playingMs: 9_000, stalledMs: 1_000 }], context: { weight: 9 } },
      { slices: [{ playingMs: 10_000 }] },
    ],
    expected: 9,
  },
];
