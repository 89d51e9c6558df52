// The views that are open now: how many watch, and up to which cell they have reported. From this
// follow the live count and `completeUntil`. Pure.
import { floorToGrid, GRID_MS } from './question.ts';
import type { Row } from './reader.ts';

/** Share of the open views that must have reported a cell before a ratio may end there. */
const REPORTED_SHARE = 0.95;

export interface OpenViews {
  /** End of the last cell that 95 % of the open views have reported, epoch ms. */
  readonly completeUntil: number;
  /** Open views, whether they watch or are paused. */
  readonly count: number;
  /** Views that watch at this moment, per group; '' is the group of an ungrouped question. */
  readonly watching: ReadonlyMap<string, number>;
  /** Views of a group that watch, and whose last slice stands before a cell. */
  watchingBefore(group: string, cell: number): number;
}

interface OpenRow {
  readonly group: string;
  readonly last: number;
  readonly reported: number;
  readonly open: number;
  readonly watching: number;
}

/**
 * How long a view counts as open after the moment it last reported. Two heartbeats (metrics.md
 * §5.17), and what a report is late by in any case: its slice's 10 s, the wait and the way.
 */
export function openMs(heartbeatMs: number): number {
  return 2 * heartbeatMs + 15_000;
}

/** The span to read for it: a slice is told by its start, which is at most a cell before its end. */
export function openSpan(now: number, heartbeatMs: number): { from: number; to: number } {
  const from = floorToGrid(now - openMs(heartbeatMs)) - GRID_MS;
  // A corrected clock may be ahead of ours, yet never by more than the collector lets through.
  return { from: Math.max(0, from), to: floorToGrid(now) + 4 * GRID_MS };
}

/** From the rows of `toOpenStatement`. */
export function toOpenViews(rows: readonly Row[], now: number): OpenViews {
  const open = rows.map(toOpenRow);
  const watching = new Map<string, number>();
  for (const row of open) {
    watching.set(row.group, (watching.get(row.group) ?? 0) + row.watching);
  }
  return {
    completeUntil: completeUntil(open, now),
    count: open.reduce((sum, row) => sum + row.open, 0),
    watching,
    watchingBefore: (group, cell) =>
      open
        .filter((row) => row.group === group && row.last < cell)
        .reduce((sum, row) => sum + row.watching, 0),
  };
}

function completeUntil(rows: readonly OpenRow[], now: number): number {
  const newest = floorToGrid(now);
  const total = rows.reduce((sum, row) => sum + row.open, 0);
  let reached = total;
  let until = newest;
  const descending = [...rows].sort((a, b) => a.reported - b.reported);
  for (const row of descending) {
    if (reached < REPORTED_SHARE * total) break;
    until = Math.min(newest, row.reported);
    reached -= row.open;
  }
  return until;
}

function toOpenRow(row: Row): OpenRow {
  return {
    group: String(row.name),
    last: Number(row.last),
    reported: Number(row.reported),
    open: Number(row.open),
    watching: Number(row.watching),
  };
}
