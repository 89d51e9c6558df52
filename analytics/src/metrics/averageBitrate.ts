// Average bitrate: the quality that was watched, not what was downloaded.
import { ALL_DIMENSIONS } from './dimensions.ts';
import type { Metric } from './metric.ts';

export const averageBitrate = {
  id: 'averageBitrate',
  title: 'Average bitrate',
  question: 'What quality do people really watch?',
  definition:
    'Declared bitrate of the rendition on screen times the content time played in it, summed over all ' +
    'views and divided by that content time. Content whose bitrate nobody declared (a plain file) is ' +
    'in neither sum. Segments that were downloaded and never played do not count.',
  spec: 'CTA-2066: Σ bitsPlayed / Σ media time, bitsPlayed from the declared video and audio bitrate.',
  divergences: [
    'Conviva renamed its average to Average Peak Bitrate: it uses the declared peak.',
    'Mux weights by playing time of the segments, with the bitrate of the manifest.',
  ],
  unit: 'bitsPerSecond',
  better: 'higher',
  grain: 'slice',
  parts: { bits: { sum: ['bits'] }, media: { sum: ['ratedMediaMs'] } },
  merge: { kind: 'ratio', of: 'bits', over: 'media', scale: 1_000 },
  empty: { value: null, because: 'Nothing with a declared bitrate was played.' },
  dimensions: ALL_DIMENSIONS,
  stability: 'stable',
} as const satisfies Metric;
