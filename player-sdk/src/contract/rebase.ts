// Shifts the times of rows that the device's clock has labelled, once the server's is known. By
// whole cells only: a shifted slice still lies in one cell, and the residue is kept. Whether a row
// may be shifted at all is decided elsewhere (`labels.ts`); here it is done.
import type { Beacon } from './beacon.ts';
import type { ViewEvent } from './event.ts';
import { CLOCKS } from './playState.ts';
import { CELL_MS, type Slice } from './slice.ts';
import type { Summary } from './summary.ts';

/** The rows of a beacon. */
export type Rows = Pick<Beacon, 'slices' | 'events' | 'summary'>;

/** Names a row, or the view's start, within its view. */
export type RowKey = string;

/** The view's start, which every revision of the summary repeats. */
export const VIEW_START: RowKey = 'start';
/** Up to when the summary holds: no identity, moved with the clock alone. */
export const VIEW_LAST: RowKey = 'last';

const DEVICE = CLOCKS.indexOf('device');

/** The whole cells in a clock's error. */
export function toShiftMs(errorMs: number): number {
  return Math.round(errorMs / CELL_MS) * CELL_MS;
}

const toSliceKey = ({ k }: Slice): RowKey => `slice ${k}`;
const toEventKey = ({ seq }: ViewEvent): RowKey => `event ${seq}`;

/** The rows whose times the device's clock gave. Only these can be wrong, and only these are moved. */
export function toDeviceKeys({ slices, events, summary }: Rows): RowKey[] {
  const keys = slices.filter(({ clock }) => clock === DEVICE).map(toSliceKey);
  keys.push(...events.filter(({ clock }) => clock === 'device').map(toEventKey));
  if (summary && summary.clock === DEVICE) keys.push(VIEW_START);
  return keys;
}

/**
 * Moves each row by what `shiftOf` says of its key, in ms: a multiple of CELL_MS. What does not move
 * is not copied: nearly always nothing does, and rows are wide.
 */
export function rebaseRows<T extends Rows>(rows: T, shiftOf: (key: RowKey) => number): T {
  const { slices, events, summary } = rows;
  return Object.assign({}, rows, {
    slices: slices.map((row) => {
      const ms = shiftOf(toSliceKey(row));
      return ms ? Object.assign({}, row, { start: row.start + ms }) : row;
    }),
    events: events.map((row) => {
      const ms = shiftOf(toEventKey(row));
      return ms ? Object.assign({}, row, { at: row.at + ms }) : row;
    }),
    summary: summary && moveSummary(summary, shiftOf),
  });
}

function moveSummary(summary: Summary, shiftOf: (key: RowKey) => number): Summary {
  const startMs = shiftOf(VIEW_START);
  const lastMs = summary.clock === DEVICE ? shiftOf(VIEW_LAST) : 0;
  const start = summary.start + startMs;
  return Object.assign({}, summary, { start, last: Math.max(start, summary.last + lastMs) });
}
