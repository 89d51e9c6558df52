// Dropped frames: of all that the browser counted.
import { type MetricCase, NOBODY } from './metricCase.ts';

const metric = 'droppedFrames';

export const cases: readonly MetricCase[] = [
  { metric, shows: 'no frame counted is no share', views: NOBODY, expected: null },
  {
    metric,
    shows: '25 dropped and 475 rendered are 5 %',
    views: [
      { slices: [{ framesDropped: 25, framesRendered: 225 }] },
      { slices: [{ framesRendered: 250 }] },
    ],
    expected: 5,
  },
];
