// Live latency: how far behind the stream's own clock the viewers are.
import { ALL_DIMENSIONS } from './dimensions.ts';
import type { Metric } from './metric.ts';

export const liveLatency = {
  id: 'liveLatency',
  title: 'Live latency',
  question: 'How far behind live are the viewers?',
  definition:
    'Corrected wall clock less the wall clock of the frame on screen (EXT-X-PROGRAM-DATE-TIME, prft or ' +
    'emsg), weighted by time: the integral over all views divided by the time that it covers. Views ' +
    'that have sought more than 5 minutes back are watching a recording and are left out meanwhile.',
  spec: 'RFC 8216 §4.3.2.6, EXT-X-PROGRAM-DATE-TIME.',
  divergences: [
    'Not glass to glass: what lies between the camera and the time stamp is not in it.',
    'Mux leaves out the same 5 minutes and reads HLS only.',
  ],
  unit: 'ms',
  better: 'lower',
  grain: 'slice',
  parts: { behind: { sum: ['liveLatencyMsMs'] }, covered: { sum: ['liveLatencyMs'] } },
  merge: { kind: 'ratio', of: 'behind', over: 'covered', scale: 1 },
  empty: { value: null, because: 'No stream with a wall clock was watched.' },
  dimensions: ALL_DIMENSIONS,
  stability: 'stable',
} as const satisfies Metric;
