// The rows of one accepted beacon, table by table, as lines ready to be inserted. Pure: the same
// record gives the same lines to the last byte, whenever and wherever it is read.
import type { BeaconHead } from '@retour/collector/log';
import {
  type Cell,
  CLOCKS,
  LIMITS,
  SLICE_POSITIONS,
  SUMMARY_POSITIONS,
  type ViewEvent,
  type WireBeacon,
} from '@retour/player-sdk/contract';
import { expandCells, placeOf } from './expandCells.ts';
import { createToCells } from './toCells.ts';
import { toContextCells } from './toContextCells.ts';
import { toEventCells } from './toEventCells.ts';
import { toLine } from './toLine.ts';

/** The lines of the tables that hold a view's rows. */
export interface ViewLines {
  readonly slices: readonly string[];
  readonly events: readonly string[];
  readonly views: readonly string[];
}

/** What every row of a beacon begins and ends with, as JSON. */
interface Frame {
  readonly key: string;
  readonly context: string;
  /** Sent at unload by a clock too far off: nobody could tell the sender, so its times are its own. */
  readonly deviceClock: boolean;
}

const DEVICE_CLOCK = CLOCKS.indexOf('device');
const SLICE_REV = placeOf(SLICE_POSITIONS, 'rev');
const SLICE_CLOCK = placeOf(SLICE_POSITIONS, 'clock');
const SUMMARY_REV = placeOf(SUMMARY_POSITIONS, 'rev');
const SUMMARY_CLOCK = placeOf(SUMMARY_POSITIONS, 'clock');
const toSliceCells = createToCells(SLICE_POSITIONS);
const toSummaryCells = createToCells(SUMMARY_POSITIONS);

export function toViewLines(head: BeaconHead, beacon: WireBeacon): ViewLines {
  const frame: Frame = {
    key: toKey(head, beacon),
    context: toContextCells(head, beacon),
    deviceClock: head.unload && Math.abs(head.skewMs) > LIMITS.clockSkewMs,
  };
  const { slices = [], events = [], summary, lost = {} } = beacon;
  return {
    slices: slices.map((cells) => toSliceLine(cells, frame)),
    events: events.map((event) => toEventLine(event, frame)),
    views: summary === undefined ? [] : [toViewLine(summary, JSON.stringify(lost), frame)],
  };
}

/** The cells of property and view, as JSON. */
export function toKey({ property }: BeaconHead, { view }: WireBeacon): string {
  return `${JSON.stringify(property)},${JSON.stringify(view)}`;
}

function toSliceLine(cells: readonly Cell[], { key, context, deviceClock }: Frame): string {
  const row = expandCells(SLICE_POSITIONS, cells);
  if (deviceClock) row[SLICE_CLOCK] = DEVICE_CLOCK;
  return toLine(`${key},${toSliceCells(row)},${context}`, Number(row[SLICE_REV]));
}

function toEventLine(event: ViewEvent, { key, context, deviceClock }: Frame): string {
  const row: ViewEvent = deviceClock ? { ...event, clock: 'device' } : event;
  return toLine(`${key},${toEventCells(row)},${context}`, event.rev);
}

function toViewLine(
  cells: readonly Cell[],
  lost: string,
  { key, context, deviceClock }: Frame,
): string {
  const row = expandCells(SUMMARY_POSITIONS, cells);
  if (deviceClock) row[SUMMARY_CLOCK] = DEVICE_CLOCK;
  return toLine(`${key},${toSummaryCells(row)},${lost},${context}`, Number(row[SUMMARY_REV]));
}
