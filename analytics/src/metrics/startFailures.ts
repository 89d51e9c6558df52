// Start failures: the share of attempts that a technical error ended before the first frame.
import { ALL_DIMENSIONS } from './dimensions.ts';
import type { Metric } from './metric.ts';

export const startFailures = {
  id: 'startFailures',
  title: 'Start failures',
  question: 'What share of attempts fail before a picture is seen?',
  definition:
    'Views with a fatal technical error before the first frame of an ad or of the content, divided by ' +
    'attempts. Business exceptions (entitlement, territory, concurrency limit) are not failures of ' +
    'the service and are left out.',
  spec: 'Conviva VSF-T; Mux Video Startup Failure Percentage.',
  divergences: [
    'CTA-2066 has one playbackFailed for the whole session: start and play failures together.',
  ],
  unit: 'percent',
  better: 'lower',
  grain: 'slice',
  parts: { failures: { sum: ['startFailures'] }, attempts: { sum: ['attempts'] } },
  merge: { kind: 'ratio', of: 'failures', over: 'attempts', scale: 100 },
  empty: { value: null, because: 'Nobody tried: there is nothing to take a share of.' },
  dimensions: ALL_DIMENSIONS,
  stability: 'stable',
} as const satisfies Metric;
