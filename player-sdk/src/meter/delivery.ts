// What was delivered, by host and pathway, and which of them is in force. Requests are counted where
// they end; times only where the browser lets us see them.
import { bucketOf, EMPTY_DELIVERY, LIMITS, type SignalOf } from '../contract/index.ts';
import { toInteger, toKnown, toText } from './bounds.ts';
import { emitEvent } from './events.ts';
import { add, addTo, changePathway } from './slices.ts';
import { later } from './time.ts';
import type { DeliveryDraft, View } from './view.ts';

const MAX_BYTES = 1e10;
const MAX_MS = 3_600_000;

export function foldSegment(view: View, segment: SignalOf<'segment'>): void {
  later(view, () => {
    const bytes = toInteger(segment.bytes, MAX_BYTES);
    const failures = segment.ok === true ? 0 : 1;
    const ttfbMs = toKnown(segment.ttfbMs, MAX_MS);
    const transferMs = toKnown(segment.transferMs, MAX_MS);
    add(view, { requests: 1, requestFailures: failures, bytes });
    const { row, ttfb, throughput } = toDelivery(view, segment);
    addTo(row, { requests: 1, failures, bytes });
    if (failures > 0 || ttfbMs === undefined || transferMs === undefined) return;
    addTo(row, { timedRequests: 1, timedBytes: bytes, ttfbMs, transferMs });
    observe(ttfb, ttfbMs);
    if (transferMs > 0) observe(throughput, (bytes * 8) / transferMs); // kbit/s
  });
}

function observe(counts: number[], value: number): void {
  const bucket = bucketOf(value);
  counts[bucket] = (counts[bucket] || 0) + 1;
}

/** The line of a host and pathway; one too many is counted under the last. */
function toDelivery(view: View, segment: SignalOf<'segment'>): DeliveryDraft {
  const { delivered } = view.draft;
  const host = toText(segment.host) || '';
  const pathway = segment.pathway === undefined ? view.pathwayNow : toText(segment.pathway) || '';
  const known =
    delivered.find(({ row }) => row.host === host && row.pathway === pathway) ||
    delivered[LIMITS.sliceDeliveries - 1];
  if (known) return known;
  const row = Object.assign({}, EMPTY_DELIVERY, { host, pathway });
  const delivery = { row, ttfb: [], throughput: [] };
  delivered.push(delivery);
  return delivery;
}

export function foldPathway(view: View, signal: SignalOf<'pathway'>): void {
  const host = toText(signal.host);
  const pathway = toText(signal.pathway);
  emitEvent(view, 'pathway', { host, pathway });
  later(view, () => changePathway(view, host || '', pathway || ''));
}
