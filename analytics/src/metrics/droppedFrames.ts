// Dropped frames: the share of frames that the device could not show in time.
import { ALL_DIMENSIONS } from './dimensions.ts';
import type { Metric } from './metric.ts';

export const droppedFrames = {
  id: 'droppedFrames',
  title: 'Dropped frames',
  question: 'Does the device keep up with the picture?',
  definition:
    'Frames dropped divided by frames dropped and rendered together, as the browser counts them ' +
    '(VideoPlaybackQuality), over all views together.',
  spec: 'W3C Media Playback Quality, droppedVideoFrames.',
  divergences: ['Mux publishes a count per view; Bitmovin and FastPix read the same counter.'],
  unit: 'percent',
  better: 'lower',
  grain: 'slice',
  parts: {
    dropped: { sum: ['framesDropped'] },
    frames: { sum: ['framesDropped', 'framesRendered'] },
  },
  merge: { kind: 'ratio', of: 'dropped', over: 'frames', scale: 100 },
  empty: { value: null, because: 'No browser counted a frame.' },
  dimensions: ALL_DIMENSIONS,
  stability: 'stable',
} as const satisfies Metric;
