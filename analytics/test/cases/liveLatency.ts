// Live latency: an integral over the time that it covers.
import { type MetricCase, NOBODY } from './metricCase.ts';

const metric = 'liveLatency';

export const cases: readonly MetricCase[] = [
  { metric, shows: 'no live stream is no latency', views: NOBODY, expected: null },
  {
    metric,
    shows: '10 s at 4 s behind and 30 s at 8 s behind are 7 s behind; VOD is not in it',
    views: [
      { slices: [{ liveLatencyMsMs: 40_000_000, liveLatencyMs: 10_000 }] },
      {
        slices: Array.from({ length: 3 }, () => ({
          liveLatencyMsMs: 80_000_000,
          liveLatencyMs: 10_000,
        })),
      },
      { slices: [{ playingMs: 10_000 }] },
    ],
    expected: 7_000,
  },
];
