// The rows of one accepted beacon, table by table, as lines ready to be inserted. Pure: the same
// record gives the same lines to the last byte, whenever and wherever it is read.
import type { BeaconHead } from '@retour/collector/log';
import {
  type Beacon,
  CLOCKS,
  LIMITS,
  SLICE_POSITIONS,
  type Slice,
  SUMMARY_POSITIONS,
  type Summary,
  type ViewEvent,
} from '@retour/player-sdk/contract';
import { toCells } from './toCells.ts';
import { toContextCells } from './toContextCells.ts';
import { toEventCells } from './toEventCells.ts';
import { toLine } from './toLine.ts';

const DEVICE_CLOCK = CLOCKS.indexOf('device');

/** What every row of a beacon begins and ends with, as JSON. */
interface Frame {
  readonly key: string;
  readonly context: string;
  /** Sent at unload by a clock too far off: nobody could tell the sender, so its times are its own. */
  readonly deviceClock: boolean;
}

/** The lines of the tables that hold a view's rows. */
export interface ViewLines {
  readonly slices: readonly string[];
  readonly events: readonly string[];
  readonly views: readonly string[];
}

export function toViewLines(head: BeaconHead, beacon: Beacon): ViewLines {
  const frame: Frame = {
    key: toKey(head, beacon),
    context: toContextCells(head, beacon),
    deviceClock: head.unload && Math.abs(head.skewMs) > LIMITS.clockSkewMs,
  };
  const { summary } = beacon;
  return {
    slices: beacon.slices.map((slice) => toSliceLine(slice, frame)),
    events: beacon.events.map((event) => toEventLine(event, frame)),
    views: summary === undefined ? [] : [toViewLine(summary, beacon, frame)],
  };
}

/** The cells of property and view, as JSON. */
export function toKey({ property }: BeaconHead, { view }: Beacon): string {
  return `${JSON.stringify(property)},${JSON.stringify(view)}`;
}

function toSliceLine(slice: Slice, { key, context, deviceClock }: Frame): string {
  const row = deviceClock ? { ...slice, clock: DEVICE_CLOCK } : slice;
  return toLine(`${key},${toCells(SLICE_POSITIONS, row)},${context}`, slice.rev);
}

function toEventLine(event: ViewEvent, { key, context, deviceClock }: Frame): string {
  const row: ViewEvent = deviceClock ? { ...event, clock: 'device' } : event;
  return toLine(`${key},${toEventCells(row)},${context}`, event.rev);
}

function toViewLine(
  summary: Summary,
  { lost }: Beacon,
  { key, context, deviceClock }: Frame,
): string {
  const row = deviceClock ? { ...summary, clock: DEVICE_CLOCK } : summary;
  const cells = `${toCells(SUMMARY_POSITIONS, row)},${JSON.stringify(lost ?? {})}`;
  return toLine(`${key},${cells},${context}`, summary.rev);
}
