// Which lanes a view's timeline has, from its rows, and where each stands. Heights are in rem.
import {
  type DeliveryRun,
  type HostRun,
  type LevelRun,
  type RenditionRun,
  type Span,
  toDeliveryRuns,
  toHiddenSpans,
  toHostRuns,
  toLevelRuns,
  toRenditionRuns,
} from './toLanes.ts';
import { type StateRun, toStateRuns } from './toStateRuns.ts';
import type { EventRow, ViewRows } from './viewRows.ts';

/** All that the timeline draws, arranged once per set of rows. */
export interface TimelineData {
  readonly from: number;
  readonly to: number;
  readonly states: readonly StateRun[];
  readonly events: readonly EventRow[];
  readonly renditions: readonly RenditionRun[];
  readonly buffer: readonly LevelRun[];
  readonly latency: readonly LevelRun[];
  readonly hosts: readonly HostRun[];
  readonly delivery: readonly DeliveryRun[];
  readonly hidden: readonly Span[];
}

export type LaneId = 'state' | 'events' | 'rendition' | 'buffer' | 'latency' | 'host' | 'delivery';

export interface Lane {
  readonly id: LaneId;
  readonly label: string;
  readonly top: number;
  readonly height: number;
}

const LANES: readonly Omit<Lane, 'top'>[] = [
  { id: 'state', label: 'State', height: 1.875 },
  { id: 'events', label: 'Events', height: 1.5 },
  { id: 'rendition', label: 'Rendition', height: 3.25 },
  { id: 'buffer', label: 'Buffer', height: 3.25 },
  { id: 'latency', label: 'Live latency', height: 2.75 },
  { id: 'host', label: 'CDN', height: 1.5 },
  { id: 'delivery', label: 'Received', height: 2.75 },
];

export function toTimelineData(rows: ViewRows): TimelineData {
  return {
    from: rows.from,
    to: rows.to,
    states: toStateRuns(rows),
    events: rows.events,
    renditions: toRenditionRuns(rows),
    buffer: toLevelRuns(rows, 'buffer'),
    latency: toLevelRuns(rows, 'latency'),
    hosts: toHostRuns(rows),
    delivery: toDeliveryRuns(rows),
    hidden: toHiddenSpans(rows),
  };
}

/** The lanes that have something to show, stacked with a gap; states and events always stand. */
export function toLanePlan(
  data: TimelineData,
  gap: number,
): { lanes: readonly Lane[]; height: number } {
  const shown: Readonly<Record<LaneId, boolean>> = {
    state: true,
    events: true,
    rendition: data.renditions.length > 0,
    buffer: data.buffer.length > 0,
    latency: data.latency.length > 0,
    host: data.hosts.length > 0,
    delivery: data.delivery.length > 0,
  };
  let top = gap;
  const lanes: Lane[] = [];
  for (const lane of LANES) {
    if (!shown[lane.id]) continue;
    lanes.push({ ...lane, top });
    top += lane.height + gap;
  }
  return { lanes, height: top };
}
