// The part of a view that the timeline shows: moments to pixels and back, zoom, and the axis' ticks.

export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** The part in sight, and how many pixels it has. */
export interface Plot {
  readonly range: TimeRange;
  readonly width: number;
}

/** Nothing is finer than what players tell. */
export const SHORTEST_MS = 200;

/** Pixels from the left edge, in a plot of this width. */
export function toX(range: TimeRange, width: number, at: number): number {
  return ((at - range.from) / (range.to - range.from)) * width;
}

export function toMoment(range: TimeRange, width: number, x: number): number {
  return range.from + (x / Math.max(1, width)) * (range.to - range.from);
}

/** Zooms by a factor (below 1 is closer) around a moment, which stays where it is. */
export function zoom(
  range: TimeRange,
  whole: TimeRange,
  by: { factor: number; around: number },
): TimeRange {
  const length = (range.to - range.from) * by.factor;
  const kept = Math.min(Math.max(length, SHORTEST_MS), whole.to - whole.from);
  const share = (by.around - range.from) / (range.to - range.from);
  const from = by.around - share * kept;
  return keepWithin({ from, to: from + kept }, whole);
}

export function move(range: TimeRange, whole: TimeRange, byMs: number): TimeRange {
  return keepWithin({ from: range.from + byMs, to: range.to + byMs }, whole);
}

/** The range itself, or moved so that the moment can be seen with some room around it. */
export function reveal(range: TimeRange, whole: TimeRange, at: number): TimeRange {
  const room = (range.to - range.from) * 0.05;
  if (at >= range.from + room && at <= range.to - room) return range;
  return move(range, whole, at - (range.from + range.to) / 2);
}

export function keepWithin(range: TimeRange, whole: TimeRange): TimeRange {
  const length = Math.min(range.to - range.from, whole.to - whole.from);
  const from = Math.min(Math.max(range.from, whole.from), whole.to - length);
  return { from, to: from + length };
}

const SECOND = 1_000;
const MINUTE = 60_000;
const HOUR = 3_600_000;
const STEPS = [
  50,
  100,
  200,
  500,
  SECOND,
  2 * SECOND,
  5 * SECOND,
  10 * SECOND,
  20 * SECOND,
  30 * SECOND,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  6 * HOUR,
  12 * HOUR,
  24 * HOUR,
] as const;

/** Round moments for the axis, at least `spacePx` apart, and how fine they are. */
export function toTicks(
  range: TimeRange,
  width: number,
  spacePx: number,
): { readonly ticks: readonly number[]; readonly stepMs: number } {
  const least = ((range.to - range.from) / Math.max(1, width)) * spacePx;
  const stepMs = STEPS.find((step) => step >= least) ?? Math.ceil(least / (24 * HOUR)) * 24 * HOUR;
  const ticks: number[] = [];
  for (let at = Math.ceil(range.from / stepMs) * stepMs; at <= range.to; at += stepMs)
    ticks.push(at);
  return { ticks, stepMs };
}

/**
 * Runs as pixels, only those in sight. Runs thinner than a pixel are joined with a neighbour of the
 * same key, so that ten thousand of them cost no more than the screen is wide.
 */
export function toPixels<Run extends TimeRange>(
  runs: readonly Run[],
  { range, width }: Plot,
  keyOf: (run: Run) => string,
): { readonly run: Run; readonly x: number; readonly width: number }[] {
  const drawn: { run: Run; x: number; width: number }[] = [];
  const lastByKey = new Map<string, { run: Run; x: number; width: number }>();
  for (const run of runs) {
    if (run.to < range.from || run.from > range.to) continue;
    const x = Math.max(0, toX(range, width, run.from));
    const end = Math.min(width, toX(range, width, run.to));
    const last = lastByKey.get(keyOf(run));
    if (end - x < 1 && last !== undefined && x - (last.x + last.width) < 1) {
      last.width = Math.max(last.width, end - last.x);
      continue;
    }
    const made = { run, x, width: Math.max(end - x, 0.5) };
    lastByKey.set(keyOf(run), made);
    drawn.push(made);
  }
  return drawn;
}
