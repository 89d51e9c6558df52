// One view's rows as the timeline needs them, read once from the API's loosely typed records. What is
// missing reads as absent; nothing here fails on a row that is newer than this console.
import type { ViewDetail } from '../feed/messages.ts';

export const TIMED_STATES = [
  'starting',
  'playing',
  'stalled',
  'seeking',
  'paused',
  'ad',
  'suspended',
] as const;
export type TimedState = (typeof TIMED_STATES)[number];

export interface SliceRow {
  readonly k: number;
  readonly from: number;
  readonly to: number;
  readonly open: boolean;
  readonly states: Readonly<Record<TimedState, number>>;
  /** Time-weighted mean, least and most, in ms; null where nothing was measured. */
  readonly buffer: Level | null;
  readonly latency: Level | null;
  readonly host: string;
  readonly pathway: string;
  readonly bytes: number;
  readonly requests: number;
  readonly requestFailures: number;
  readonly renditions: readonly RenditionShare[];
}

export interface Level {
  readonly mean: number;
  readonly min: number;
  readonly max: number;
}

export interface RenditionShare {
  readonly bitrate: number;
  readonly width: number;
  readonly height: number;
  readonly playingMs: number;
}

export interface EventRow {
  readonly seq: number;
  readonly at: number;
  readonly type: string;
  /** Content position in ms, where the playhead was known. */
  readonly position: number | null;
  readonly facts: Readonly<Record<string, unknown>>;
}

export interface ViewRows {
  readonly slices: readonly SliceRow[];
  readonly events: readonly EventRow[];
  readonly from: number;
  readonly to: number;
}

type Raw = Readonly<Record<string, unknown>>;

export function toViewRows(detail: ViewDetail): ViewRows {
  const slices = detail.slices.map(toSliceRow).sort((a, b) => a.from - b.from || a.k - b.k);
  const events = detail.events.map(toEventRow).sort((a, b) => a.at - b.at || a.seq - b.seq);
  const starts = [detail.view.start, slices[0]?.from, events[0]?.at].filter(isMoment);
  const ends = [detail.view.last, events.at(-1)?.at, ...slices.map((s) => s.to)].filter(isMoment);
  const from = starts.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const to = ends.reduce((a, b) => Math.max(a, b), from);
  return { slices, events, from, to: Math.max(to, from + 1) };
}

function toSliceRow(raw: Raw): SliceRow {
  const from = number(raw.start);
  const states = Object.fromEntries(
    TIMED_STATES.map((state) => [state, number(raw[`${state}Ms`])]),
  ) as Record<TimedState, number>; // One entry for each state.
  return {
    k: number(raw.k),
    from,
    to: from + number(raw.durationMs),
    open: Boolean(raw.open),
    states,
    buffer: toLevel(raw, 'buffer'),
    latency: toLevel(raw, 'liveLatency'),
    host: text(raw.host),
    pathway: text(raw.pathway),
    bytes: number(raw.bytes),
    requests: number(raw.requests),
    requestFailures: number(raw.requestFailures),
    renditions: list(raw.renditions).map(toRenditionShare),
  };
}

/** The contract's integral ÷ the time that it covers: the level that was held on average. */
function toLevel(raw: Raw, name: 'buffer' | 'liveLatency'): Level | null {
  const coveredMs = number(raw[`${name}Ms`]);
  if (coveredMs === 0) return null;
  return {
    mean: number(raw[`${name}MsMs`]) / coveredMs,
    min: number(raw[`${name}Min`]),
    max: number(raw[`${name}Max`]),
  };
}

function toRenditionShare(raw: unknown): RenditionShare {
  const [bitrate, width, height, playingMs] = list(raw).map(number);
  return {
    bitrate: bitrate ?? 0,
    width: width ?? 0,
    height: height ?? 0,
    playingMs: playingMs ?? 0,
  };
}

function toEventRow(raw: Raw): EventRow {
  const { seq, at, type, pos, rev: _rev, ctx: _ctx, clock: _clock, ...facts } = raw;
  return {
    seq: number(seq),
    at: number(at),
    type: text(type),
    position: typeof pos === 'number' ? pos : null,
    facts,
  };
}

/** The engine may send large integers as text. */
export function number(value: unknown): number {
  const read = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof read === 'number' && Number.isFinite(read) ? read : 0;
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isMoment(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value) && value > 0;
}
