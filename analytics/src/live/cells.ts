// The last 15 minutes of one property's cells, kept so that a second's snapshot reads a minute or
// two of slices and not all of them. Late rows find their way in: old cells are read again in turn.
import { mergeOverTime, type PartValues } from '../metrics/figure.ts';
import type { PartRow } from '../query/partRows.ts';
import { floorToGrid, GRID_MS } from '../query/question.ts';
import type { Span } from '../query/sql.ts';

/** What the series shows. */
export const WINDOW_MS = 15 * 60_000;

/** Read every time; and as much of the older ones, in turn, so that all are within 14 readings. */
const NEWEST_MS = 60_000;

/** A corrected clock may run ahead of ours by as much as the collector lets through. */
const AHEAD_MS = 40_000;

export interface Cells {
  /** What has to be read now; everything after a pause. */
  spansToRead(now: number): readonly Span[];
  put(spans: readonly Span[], rows: readonly PartRow[], now: number): void;
  /** The parts of a cell, by its start; nothing where no slice was. */
  readonly byCell: ReadonlyMap<number, PartValues>;
  /** The parts of all cells in a span together. */
  between(from: number, to: number): PartValues;
}

export function createCells(): Cells {
  const byCell = new Map<number, PartValues>();
  let readUntil = 0;
  let turn = 0;

  return {
    byCell,
    spansToRead(now) {
      const newest = floorToGrid(now) - NEWEST_MS;
      const oldest = floorToGrid(now) - WINDOW_MS;
      const to = floorToGrid(now) + AHEAD_MS;
      if (newest > readUntil) return [{ from: oldest, to }];
      const chunks = (WINDOW_MS - NEWEST_MS) / NEWEST_MS;
      turn = (turn + 1) % chunks;
      const from = oldest + turn * NEWEST_MS;
      return [
        { from, to: from + NEWEST_MS },
        { from: newest, to },
      ];
    },
    put(spans, rows, now) {
      const oldest = floorToGrid(now) - WINDOW_MS;
      const isReplaced = (cell: number) => spans.some(({ from, to }) => cell >= from && cell < to);
      for (const cell of byCell.keys()) {
        if (cell < oldest || isReplaced(cell)) byCell.delete(cell);
      }
      for (const row of rows) byCell.set(row.bucket, row.live);
      readUntil = floorToGrid(now);
    },
    between(from, to) {
      const parts: PartValues[] = [];
      for (let cell = from; cell < to; cell += GRID_MS) {
        const values = byCell.get(cell);
        if (values !== undefined) parts.push(values);
      }
      return mergeOverTime(parts);
    },
  };
}
