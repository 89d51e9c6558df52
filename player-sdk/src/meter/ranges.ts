// Which content was watched, in play order. When a list is full, the two neighbours whose union
// lies the least are made one: positions may blur then, but Σ length × times stays exact to the ms.
import { LIMITS } from '../contract/index.ts';
import { add } from './slices.ts';
import type { Piece, Span, View } from './view.ts';

/** Content from the playhead to here was shown: media time, bits and ranges. */
export function addWatched(view: View, to: number): void {
  const from = view.playhead ?? to;
  const mediaMs = to - from;
  view.playhead = to;
  if (mediaMs <= 0 || (!view.running && !view.draft.endsAt)) return; // No view to watch it.
  add(view, { mediaMs });
  const { bitrate, audioBitrate = 0 } = view.onScreen ?? {};
  if (bitrate !== undefined) {
    const bitMs = (bitrate + audioBitrate) * mediaMs + view.bitsCarry;
    view.bitsCarry = bitMs % 1000;
    add(view, { bits: Math.floor(bitMs / 1000), ratedMediaMs: mediaMs });
  }
  extend(view.draft.spans, [from, to, 1], { most: LIMITS.sliceRanges, mostTimes: 1 });
  extend(view.watched, [from, to, 1], { most: LIMITS.summaryRanges, mostTimes: Infinity });
  view.totals.furthest = Math.max(view.totals.furthest, to);
  view.totals.uniqueMs += see(view.seen, from, to);
}

/** Pieces of content seen that are kept apart; beyond it, the two that are nearest become one. */
const SEEN_MOST = 500;

/**
 * Adds to what was seen, and tells how much of it is new, ms. What lies between two pieces that became
 * one counts no more once it is seen.
 */
function see(seen: Piece[], from: number, to: number): number {
  const piece: Piece = [from, to];
  let newMs = to - from;
  for (let i = seen.length; i--; ) {
    const [begin, end] = seen[i] as Piece; // It is within the list.
    if (end < from || begin > to) continue;
    newMs -= Math.min(end, to) - Math.max(begin, from);
    piece[0] = Math.min(piece[0], begin);
    piece[1] = Math.max(piece[1], end);
    seen.splice(i, 1);
  }
  if (seen.push(piece) > SEEN_MOST) bridge(seen);
  return newMs;
}

function bridge(seen: Piece[]): void {
  seen.sort(([a], [b]) => a - b);
  const gaps = seen.slice(1).map(([from], i) => from - (seen[i] as Piece)[1]); // One less than pieces.
  const at = gaps.indexOf(Math.min(...gaps));
  const [[from], [, to]] = seen.splice(at, 2) as [Piece, Piece];
  seen.push([from, to]);
}

function extend(spans: Span[], span: Span, bound: { most: number; mostTimes: number }): void {
  const last = spans[spans.length - 1];
  if (last && last[1] === span[0] && last[2] === 1) last[1] = span[1];
  else if (spans.push(span) > bound.most) merge(spans, bound.mostTimes);
}

/** So many numbers of times are tried for two spans. */
const TRIES = 8;
/** Worse than any span that is no longer than what it stands for. */
const OVERLONG_MS = 1e12;

/**
 * Makes one span of two neighbours in the content, in the place of the earlier: the one that says
 * the same amount and lies the least, by its length and by what neither has shown; no longer than
 * theirs, but for what the next one shows, where there is one. The newest still grows and is left alone.
 */
function merge(spans: Span[], mostTimes: number): void {
  const sorted = spans.slice(0, -1).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let leastMs = Infinity;
  let best: [Span, number, number] | undefined;
  sorted.reduce((a, b, i) => {
    const hullMs = Math.max(a[1], b[1]) - a[0];
    const next = sorted[i + 1] || a;
    const amountMs = (a[1] - a[0]) * a[2] + (b[1] - b[0]) * b[2];
    const gapMs = Math.max(0, b[0] - a[1]); // Shown by neither.
    const least = Math.ceil(amountMs / hullMs);
    for (let tried = 0; tried <= TRIES; tried += 1) {
      const times = tried < TRIES ? least + tried : 1;
      const overMs = amountMs / times - hullMs;
      const isShown = next[0] <= a[0] + hullMs && next[1] >= a[0] + hullMs + overMs;
      const offMs = gapMs + (overMs > 0 && !isShown ? overMs + OVERLONG_MS : Math.abs(overMs));
      if (offMs >= leastMs || times > mostTimes || amountMs % times > 0) continue;
      leastMs = offMs;
      best = [[a[0], a[0] + amountMs / times, times], spans.indexOf(a), spans.indexOf(b)];
    }
    return b;
  });
  if (!best) return;
  const [span, i, j] = best;
  spans[Math.min(i, j)] = span;
  spans.splice(Math.max(i, j), 1);
}
