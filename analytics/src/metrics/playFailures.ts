// Play failures: the share of plays that a technical error ended after the first frame.
import { ALL_DIMENSIONS } from './dimensions.ts';
import type { Metric } from './metric.ts';

export const playFailures = {
  id: 'playFailures',
  title: 'Play failures',
  question: 'What share of plays break off with an error?',
  definition:
    'Views with a fatal technical error after the first frame, divided by starts. Business exceptions ' +
    'are left out. Live, the failures and the starts are those of the same period: where many long ' +
    'plays fail and few begin, the figure can exceed 100 %, and says how much worse it gets.',
  spec: 'Conviva VPF-T, taken over plays.',
  divergences: [
    'Conviva divides by ended plays; Mux puts failures before and after the start together, over views.',
    'CTA-2066 has one playbackFailed for the whole session.',
  ],
  unit: 'percent',
  better: 'lower',
  grain: 'slice',
  parts: { failures: { sum: ['playFailures'] }, starts: { sum: ['starts'] } },
  merge: { kind: 'ratio', of: 'failures', over: 'starts', scale: 100 },
  empty: { value: null, because: 'Nothing started: there is nothing to take a share of.' },
  dimensions: ALL_DIMENSIONS,
  stability: 'stable',
} as const satisfies Metric;
