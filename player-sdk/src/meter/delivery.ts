// What was delivered, by host and pathway, and which of them is in force. Requests are counted where
// they end; times only where the browser lets us see them.
import { addToHistogram, DELIVERY_POSITIONS, LIMITS, type SignalOf } from '../contract/index.ts';
import { toFacts, toInteger, toKnown, toText } from './bounds.ts';
import { emitEvent } from './events.ts';
import { add, changePathway } from './slices.ts';
import { later } from './time.ts';
import { type Draft, emptyRow, type View } from './view.ts';

const MAX_BYTES = 1e10;
const MAX_MS = 3_600_000;

export function foldSegment(view: View, segment: SignalOf<'segment'>): void {
  later(view, () => countSegment(view, segment));
}

function countSegment(view: View, segment: SignalOf<'segment'>): void {
  const bytes = toInteger(segment.bytes, MAX_BYTES);
  const failures = segment.ok === true ? 0 : 1;
  add(view, 'requests', 1);
  add(view, 'requestFailures', failures);
  add(view, 'bytes', bytes);
  const pathway = segment.pathway === undefined ? view.pathway : toText(segment.pathway);
  const delivery = toDelivery(view.open, toText(segment.host), pathway);
  delivery.requests += 1;
  delivery.failures += failures;
  delivery.bytes += bytes;
  const ttfbMs = toKnown(segment.ttfbMs, MAX_MS);
  const transferMs = toKnown(segment.transferMs, MAX_MS);
  if (failures > 0 || ttfbMs === undefined || transferMs === undefined) return;
  delivery.timedRequests += 1;
  delivery.timedBytes += bytes;
  delivery.ttfbMs += ttfbMs;
  delivery.transferMs += transferMs;
  delivery.ttfbHistogram = addToHistogram(delivery.ttfbHistogram as number[], ttfbMs); // Ours.
  if (transferMs > 0) {
    const kbps = (bytes * 8) / transferMs;
    delivery.throughputHistogram = addToHistogram(delivery.throughputHistogram as number[], kbps); // Ours.
  }
}

/** The line of a host and pathway; one too many is counted under the last. */
function toDelivery({ deliveries }: Draft, host: string, pathway: string): Draft['deliveries'][0] {
  for (const delivery of deliveries) {
    if (delivery.host === host && delivery.pathway === pathway) return delivery;
  }
  const last = deliveries[deliveries.length - 1];
  if (last !== undefined && deliveries.length >= LIMITS.sliceDeliveries) return last;
  const delivery = { ...emptyRow<Draft['deliveries'][0]>(DELIVERY_POSITIONS), host, pathway };
  deliveries.push(delivery);
  return delivery;
}

export function foldPathway(view: View, signal: SignalOf<'pathway'>): void {
  const host = toText(signal.host);
  const pathway = toText(signal.pathway);
  emitEvent(view, { type: 'pathway', ...toFacts({ host, pathway }) });
  later(view, () => changePathway(view, host, pathway));
}
