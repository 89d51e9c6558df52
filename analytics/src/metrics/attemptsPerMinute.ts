// Attempts per minute: how many playback requests there are, whether they succeed or not.
import { ALL_DIMENSIONS } from './dimensions.ts';
import type { Metric } from './metric.ts';

export const attemptsPerMinute = {
  id: 'attemptsPerMinute',
  title: 'Attempts per minute',
  question: 'How many people press play each minute?',
  definition:
    'Playback requests (play called, a click, or autoplay that the browser allowed) divided by the ' +
    'minutes asked about. Each view has one.',
  spec: 'CTA-2066, event playbackRequest.',
  divergences: ['Bitmovin calls these Play Attempts; its Plays are our starts.'],
  unit: 'perMinute',
  better: 'higher',
  grain: 'slice',
  parts: { attempts: { sum: ['attempts'] } },
  merge: { kind: 'perMinute', of: 'attempts' },
  empty: { value: 0, because: 'No request came.' },
  dimensions: ALL_DIMENSIONS,
  stability: 'stable',
} as const satisfies Metric;
