// Exits before start: the share of attempts that were given up without a frame and without an error.
import { ALL_DIMENSIONS } from './dimensions.ts';
import type { Metric } from './metric.ts';

export const exitsBeforeStart = {
  id: 'exitsBeforeStart',
  title: 'Exits before start',
  question: 'What share of viewers give up before they see a picture?',
  definition:
    'Views that ended with no frame seen and no fatal error reported, divided by attempts. Every ' +
    'wait counts, however short. Live, the exits and the attempts are those of the same period, so ' +
    'an exit may stand one cell after its attempt.',
  spec: 'CTA-2066 issue #4, Exit Before Video Start.',
  divergences: [
    'Mux monitoring and the Mux score leave waits of less than 1 s out; Mux historical keeps them.',
    'Conviva also publishes abandonment, with a least wait.',
  ],
  unit: 'percent',
  better: 'lower',
  grain: 'slice',
  parts: { exits: { sum: ['exitsBeforeStart'] }, attempts: { sum: ['attempts'] } },
  merge: { kind: 'ratio', of: 'exits', over: 'attempts', scale: 100 },
  empty: { value: null, because: 'Nobody tried: there is nothing to take a share of.' },
  dimensions: ALL_DIMENSIONS,
  stability: 'stable',
} as const satisfies Metric;
