// Remembers how one view's device times were corrected, row by row, so that a row which may be known
// outside never changes its start (invariant 4). It decides who moves; `contract/rebase.ts` moves.
import {
  type RowKey,
  type Rows,
  rebaseRows,
  toDeviceKeys,
  VIEW_LAST,
  VIEW_START,
} from './contract/rebase.ts';

interface Label {
  ms: number;
  /** A body that holds the row was taken, or may have been; or the clock lost its continuity. */
  frozen: boolean;
}

export interface Labels {
  /** Corrects rows fresh from the meter: a row that was seen before moves as it moved then. */
  put<T extends Rows>(rows: T): T;
  /** These rows are known outside, or may be. */
  freeze(keys: readonly RowKey[]): void;
  /**
   * The server's time is known: by how much labels since the last discontinuity were early, in whole
   * cells (toShiftMs). To be called for every view, with or without bodies; returns what moves the
   * rows of bodies that are not frozen. Absolute: a second call corrects the first.
   */
  rebase(shiftMs: number): <T extends Rows>(rows: T) => T;
  /**
   * Wall and monotonic clocks came apart: what was labelled before is no longer understood. `rows`
   * are all those that the meter made until then and that have no body yet, the open ones too.
   */
  freezeAll(rows: Rows): void;
}

/** One entry for each row that the device labelled: bounded by the contract's k and seq. */
export function createLabels(): Labels {
  /** What a row is labelled with that is new now. Never frozen: it names no row. */
  const current: Label = { ms: 0, frozen: false };
  const labels = new Map<RowKey, Label>([[VIEW_LAST, current]]);
  /** Of the view, as the meter says it. */
  let start: number | undefined;

  const remember = (rows: Rows): void => {
    for (const key of toDeviceKeys(rows)) {
      if (!labels.has(key)) labels.set(key, { ms: current.ms, frozen: false });
    }
  };
  return {
    put(rows) {
      const { summary } = rows;
      if (summary && summary.start !== start) labels.delete(VIEW_START); // A request was refused: it began anew.
      remember(rows);
      // The first summary leaves at the request, under the clock that labelled the start; later ones tell their own.
      if (summary && !labels.has(VIEW_START)) labels.set(VIEW_START, { ms: 0, frozen: true });
      if (summary) start = summary.start;
      return rebaseRows(rows, (key) => {
        const label = labels.get(key);
        return label ? label.ms : 0;
      });
    },
    freeze(keys) {
      for (const key of keys) {
        const label = labels.get(key);
        if (label) label.frozen = true;
      }
    },
    rebase(shiftMs) {
      const moved = new Map<RowKey, number>();
      labels.forEach((label, key) => {
        if (label.frozen) return;
        moved.set(key, shiftMs - label.ms);
        label.ms = shiftMs;
      });
      return (rows) => rebaseRows(rows, (key) => moved.get(key) || 0);
    },
    freezeAll(rows) {
      remember(rows);
      labels.forEach((label) => {
        label.frozen = label !== current;
      });
      current.ms = 0;
    },
  };
}
