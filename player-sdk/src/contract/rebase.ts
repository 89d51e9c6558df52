// Shifts the times of rows that the device's clock has labelled, once the server's is known. By
// whole cells only: a shifted slice still lies in one cell, and the residue is kept. Whether a row
// may be shifted at all is decided elsewhere (`labels.ts`); here it is done.
import type { Beacon } from './beacon.ts';
import { CLOCKS } from './playState.ts';
import { CELL_MS } from './slice.ts';

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

/** The rows whose times the device's clock gave. Only these can be wrong, and only these are moved. */
export function toDeviceKeys({ slices, events, summary }: Rows): RowKey[] {
  return [
    ...slices.filter((slice) => slice.clock === DEVICE).map((slice) => `s${slice.k}`),
    ...events.filter((event) => event.clock === 'device').map((event) => `e${event.seq}`),
    ...(summary?.clock === DEVICE ? [VIEW_START] : []),
  ];
}

/** Moves each row by what `shiftOf` says of its key, in ms: a multiple of CELL_MS. */
export function rebaseRows<T extends Rows>(rows: T, shiftOf: (key: RowKey) => number): T {
  const { summary } = rows;
  const start = (summary?.start ?? 0) + shiftOf(VIEW_START);
  const last = (summary?.last ?? 0) + (summary?.clock === DEVICE ? shiftOf(VIEW_LAST) : 0);
  return {
    ...rows,
    slices: rows.slices.map((slice) => ({ ...slice, start: slice.start + shiftOf(`s${slice.k}`) })),
    events: rows.events.map((event) => ({ ...event, at: event.at + shiftOf(`e${event.seq}`) })),
    ...(summary !== undefined && {
      summary: { ...summary, start, last: Math.max(start, last) },
    }),
  };
}
