// What one host and pathway delivered within a slice: a positional row within the slice's row.
import { type Cell, decodeRow, encodeRow, type RowOf } from './positions.ts';

/** The positions of one host's and pathway's deliveries within a slice. Append only. */
export const DELIVERY_POSITIONS = [
  ['host', 'text'],
  ['pathway', 'text'],
  ['requests', 'count'],
  ['failures', 'count'],
  ['bytes', 'bytes'],
  ['timedRequests', 'count'], // requests whose times the browser let us see (Timing-Allow-Origin)
  ['timedBytes', 'bytes'],
  ['ttfbMs', 'ms'], // Σ time to first byte over timedRequests
  ['transferMs', 'ms'], // Σ request → last byte over timedRequests
  ['ttfbHistogram', 'list'], // Histogram of ms
  ['throughputHistogram', 'list'], // Histogram of kbit/s, one observation per timed request
] as const;

export type Delivery = RowOf<typeof DELIVERY_POSITIONS>;

/** As EMPTY_SLICE. */
export const EMPTY_DELIVERY: Delivery = {
  host: '',
  pathway: '',
  requests: 0,
  failures: 0,
  bytes: 0,
  timedRequests: 0,
  timedBytes: 0,
  ttfbMs: 0,
  transferMs: 0,
  ttfbHistogram: [],
  throughputHistogram: [],
};

export function encodeDelivery(delivery: Delivery): Cell[] {
  return encodeRow(EMPTY_DELIVERY, delivery);
}

export function decodeDelivery(cells: readonly Cell[]): Delivery {
  return decodeRow(DELIVERY_POSITIONS, cells);
}
