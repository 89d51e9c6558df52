// Which content was watched, in play order. When a list is full, the two neighbours whose union
// lies the least are made one: positions may blur then, but Σ length × times stays exact to the ms.
import { LIMITS } from '../contract/index.ts';
import { add } from './slices.ts';
import type { Span, View } from './view.ts';

/** Content from one position to another was shown: media time, bits and ranges. */
export function addWatched(view: View, from: number, to: number): void {
  const ms = to - from;
  view.position = to;
  if (ms <= 0 || (view.rest !== undefined && view.open.end === 0)) return; // No view to watch it.
  add(view, 'mediaMs', ms);
  const { bitrate, audioBitrate = 0 } = view.rendition ?? {};
  if (bitrate !== undefined) {
    const bitMs = (bitrate + audioBitrate) * ms + view.bitsCarry;
    view.bitsCarry = bitMs % 1000;
    add(view, 'bits', Math.floor(bitMs / 1000));
    add(view, 'ratedMediaMs', ms);
  }
  const span: Span = [from, to, 1];
  extend(view.open.ranges, span, { most: LIMITS.sliceRanges, maxTimes: 1 });
  extend(view.watched, span, { most: LIMITS.summaryRanges, maxTimes: Infinity });
  view.totals.furthest = Math.max(view.totals.furthest, to);
}

interface Bound {
  most: number;
  maxTimes: number;
}

function extend(spans: Span[], [from, to]: Span, bound: Bound): void {
  const last = spans[spans.length - 1];
  if (last !== undefined && last[1] === from && last[2] === 1) last[1] = to;
  else spans.push([from, to, 1]);
  if (spans.length > bound.most) merge(spans, bound.maxTimes);
}

/**
 * Makes one span of two neighbours in the content, in the place of the earlier; the newest still
 * grows and is left alone.
 */
function merge(spans: Span[], maxTimes: number): void {
  const sorted = spans.slice(0, -1).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let best: { a: Span; b: Span; span: Span } | undefined;
  let least = Infinity;
  for (let i = 1; i < sorted.length; i += 1) {
    const [a, b] = [sorted[i - 1] as Span, sorted[i] as Span]; // In bounds.
    const { span, lie } = toUnion(a, b, maxTimes);
    if (lie >= least) continue;
    least = lie;
    best = { a, b, span };
  }
  if (best === undefined) return;
  const [i, j] = [spans.indexOf(best.a), spans.indexOf(best.b)];
  spans[Math.min(i, j)] = best.span;
  spans.splice(Math.max(i, j), 1);
}

/** The span that says the same amount and lies the least; `lie` is its error in length, ms. */
function toUnion(a: Span, b: Span, maxTimes: number): { span: Span; lie: number } {
  const from = Math.min(a[0], b[0]);
  const hull = Math.max(a[1], b[1]) - from;
  const amount = (a[1] - a[0]) * a[2] + (b[1] - b[0]) * b[2];
  let span: Span = [from, from + amount, 1];
  let lie = Math.abs(amount - hull);
  for (const times of [a[2], b[2], a[2] + b[2]]) {
    const length = amount / times;
    if (times > maxTimes || length % 1 !== 0 || Math.abs(length - hull) >= lie) continue;
    span = [from, from + length, times];
    lie = Math.abs(length - hull);
  }
  return { span, lie };
}

/** Content seen at least once, ms. */
export function toUniqueMs(spans: readonly Span[]): number {
  let unique = 0;
  let reached = 0;
  for (const [from, to] of spans.slice().sort((a, b) => a[0] - b[0])) {
    unique += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return unique;
}
