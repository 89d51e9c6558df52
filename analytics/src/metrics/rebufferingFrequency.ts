// Rebuffering frequency: how often playback is interrupted, per hour of playing.
import { ALL_DIMENSIONS } from './dimensions.ts';
import type { Metric } from './metric.ts';

export const rebufferingFrequency = {
  id: 'rebufferingFrequency',
  title: 'Rebuffering frequency',
  question: 'How many interruptions does an hour of playing have?',
  definition:
    'Stalls that began, divided by the hours of playing time, over all views together. Playing time ' +
    'is wall time in which the content advanced.',
  spec: 'CTA-2066 counts stalls per session; normalised by time as its issue #5 asks.',
  divergences: [
    'Brightcove counts stalls per hour too; Mux per minute of watch time; FastPix per millisecond.',
  ],
  unit: 'perHour',
  better: 'lower',
  grain: 'slice',
  parts: { stalls: { sum: ['stalls'] }, playing: { sum: ['playingMs'] } },
  merge: { kind: 'ratio', of: 'stalls', over: 'playing', scale: 3_600_000 },
  empty: { value: null, because: 'Nothing played: there is no hour to count in.' },
  dimensions: ALL_DIMENSIONS,
  stability: 'stable',
} as const satisfies Metric;
