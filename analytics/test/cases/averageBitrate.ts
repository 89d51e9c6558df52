// Average bitrate: by content time played, and only where one was declared.
import { type MetricCase, NOBODY } from './metricCase.ts';

const metric = 'averageBitrate';

export const cases: readonly MetricCase[] = [
  { metric, shows: 'nothing declared is no bitrate', views: NOBODY, expected: null },
  {
    metric,
    shows: '30 s at 4 Mbit/s and 10 s at 800 kbit/s are 3.2 Mbit/s',
    views: [
      { slices: Array.from({ length: 3 }, () => ({ bits: 40_000_000, ratedMediaMs: 10_000 })) },
      { slices: [{ bits: 8_000_000, ratedMediaMs: 10_000 }] },
    ],
    expected: 3_200_000,
  },
  {
    metric,
    shows: 'a plain file without a declared bitrate changes nothing',
    views: [
      { slices: [{ bits: 40_000_000, mediaMs: 10_000, ratedMediaMs: 10_000 }] },
      { slices: [{ mediaMs: 10_000 }] },
    ],
    expected: 4_000_000,
  },
];
