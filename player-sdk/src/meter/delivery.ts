// What was delivered, by host and pathway, and which of them is in force. Requests are counted where
// they end; times only where the browser lets us see them.
import { bucketOf, EMPTY_DELIVERY, LIMITS, type SignalOf } from '../contract/index.ts';
import { toInteger, toKnown, toText } from './bounds.ts';
import { emitEvent } from './events.ts';
import { add, changePathway } from './slices.ts';
import { later } from './time.ts';
import type { Counts, DeliveryDraft, View } from './view.ts';

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
    row.requests += 1;
    row.failures += failures;
    row.bytes += bytes;
    if (failures > 0 || ttfbMs === undefined || transferMs === undefined) return;
    row.timedRequests += 1;
    row.timedBytes += bytes;
    row.ttfbMs += ttfbMs;
    row.transferMs += transferMs;
    observe(ttfb, ttfbMs);
    if (transferMs > 0) observe(throughput, (bytes * 8) / transferMs); // kbit/s
  });
}

function observe(counts: Counts, value: number): void {
  const bucket = bucketOf(value);
  counts[bucket] = (counts[bucket] ?? 0) + 1;
}

/** The line of a host and pathway; one too many is counted under the last. */
function toDelivery(view: View, segment: SignalOf<'segment'>): DeliveryDraft {
  const { delivered } = view.draft;
  const host = toText(segment.host) ?? '';
  const pathway = segment.pathway === undefined ? view.pathwayNow : (toText(segment.pathway) ?? '');
  for (const delivery of delivered) {
    if (delivery.row.host === host && delivery.row.pathway === pathway) return delivery;
  }
  const last = delivered[LIMITS.sliceDeliveries - 1];
  if (last) return last;
  const row = Object.assign({}, EMPTY_DELIVERY, { host, pathway });
  const delivery = { row, ttfb: {}, throughput: {} };
  delivered.push(delivery);
  return delivery;
}

export function foldPathway(view: View, signal: SignalOf<'pathway'>): void {
  const host = toText(signal.host);
  const pathway = toText(signal.pathway);
  emitEvent(view, 'pathway', { host, pathway });
  later(view, () => changePathway(view, host ?? '', pathway ?? ''));
}
