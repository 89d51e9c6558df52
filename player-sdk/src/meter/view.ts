// The memory of one view's meter: a plain record that the files of this room read and write. It
// holds what is known now; it decides nothing. Times are integer ms on the view's own time line.
import {
  type Actor,
  type Cell,
  type Context,
  type Delivery,
  emptyOf,
  type PlayState,
  type Position,
  type Rendition,
  type Sample,
  SLICE_POSITIONS,
  type Slice,
  SUMMARY_POSITIONS,
  type Summary,
  type ViewEvent,
} from '../contract/index.ts';
import { toInteger } from './bounds.ts';
import type { MeterOptions, Urgency } from './emission.ts';

export type Mutable<T> = { -readonly [P in keyof T]: T[P] };

/** A slice while it grows. Its lists are kept apart, as they are changed in place. */
export interface Draft {
  row: Mutable<Slice>;
  renditions: [bitrate: number, width: number, height: number, playingMs: number][];
  deliveries: Mutable<Delivery>[];
  ranges: Span[];
  /** Where its cell ends on the view's time line; 0: not begun, it has no number yet. */
  end: number;
  closedAt: number;
}

/** Content watched, and how many times. */
export type Span = [fromMs: number, toMs: number, times: number];

type NumbersOf<T> = { [P in keyof T]: T[P] extends number ? P : never }[keyof T];
/** A number that a slice and the summary have under one name. */
export type Measure = NumbersOf<Slice> & NumbersOf<Summary>;

/** A clock reading: corrected time less the view's own time, and what it was read from. */
export interface Offset {
  ms: number;
  clock: number;
}

/** An event that may still be revised. */
export type OpenEvent = Mutable<ViewEvent>;

export interface View {
  ctx: Context;
  /** The newest moment seen; and what was added to the monotonic clock for time it did not see. */
  now: number;
  gaps: number;
  /** Everything before it is booked, once and for all. */
  cursor: number;
  offset: Offset;
  /** A newer reading, which waits for the next cut. */
  nextOffset: Offset | undefined;
  /** Facts that happened after the cursor, applied when it gets there. Bounded by MAX_CHANGES. */
  changes: { at: number; apply: () => void }[];

  open: Draft;
  waiting: Draft[];
  /** Cuts made in the open slice's cell. */
  cuts: number;
  sliceCount: number;
  totals: Mutable<Summary>;
  watched: Span[];
  /** Declared bit/s × ms that make no whole bit yet. */
  bitsCarry: number;

  events: ViewEvent[];
  eventCount: number;
  lost: number;
  urgent: Urgency | undefined;

  /** Playback was requested at least once. */
  begun: boolean;
  over: boolean;
  /** Where no time is counted; undefined while it is. */
  rest: Extract<PlayState, 'idle' | 'ended' | 'failed'> | undefined;
  /** Since when nobody watches (paused, suspended, at rest); undefined while somebody does. */
  idleSince: number | undefined;
  /** Playback was asked for and has not moved yet. */
  launching: boolean;
  /** Where the attempt was counted, for as long as it may be taken back. */
  attempt: Draft | undefined;
  /** A seek or pause by the user came before the first content frame: startup is not valid. */
  startupVoid: boolean;
  suspendedAt: number | undefined;
  paused: boolean;
  pauseEvent: OpenEvent | undefined;
  /** `pausedMs` when it began. */
  pausedSince: number;
  /** A pause is over and nobody has said who ended it. */
  resumeDue: boolean;
  /** `since`: the view's stalled, seeking, ad time when it began. */
  stall: { event: OpenEvent; since: number } | undefined;
  seek: { event: OpenEvent; since: number } | undefined;
  seekEndedAt: number;
  adBreak: { event: OpenEvent; since: number; implicit: boolean; afterEnd: boolean } | undefined;
  /** A break is over and the content does not move yet. */
  adTail: boolean;
  ad: { event: OpenEvent; requestedAt: number; since: number | undefined } | undefined;
  /** How the view ended, for now or for good: what must be taken back when it goes on. */
  exit: { draft: Draft; event: OpenEvent; counts: [Measure, number][] } | undefined;
  /** At the cursor; and now. */
  hidden: boolean;
  hiddenNow: boolean;

  sample: Sample | undefined;
  /** When the playhead was last looked at, and where it was. */
  seenAt: number;
  position: number | undefined;
  /** The next look says where the playhead is, and nothing of how it got there. */
  adrift: boolean;
  /** Playing time that was booked without a look at the playhead: content it may still show. */
  owedMs: number;
  /** The player said that it waits, and the playhead has not moved since. */
  waits: boolean;
  /** On the screen at the cursor; and the newest one told. */
  rendition: Rendition | undefined;
  newestRendition: Rendition | undefined;
  host: string;
  pathway: string;
  levels: Levels;
  lastLevels: Levels;
}

/** What the integrals take for the interval being booked; undefined: not known in it. */
export interface Levels {
  buffer?: number | undefined;
  liveLatency?: number | undefined;
  upscale?: number | undefined;
  downscale?: number | undefined;
}

export const MAX_CHANGES = 64;
/** Events before the request wait for it; what is beyond is lost and counted. */
export const MAX_HELD_EVENTS = 50;

export function createView({ ctx, at, clock }: MeterOptions): View {
  const now = toInteger(at);
  return {
    ctx,
    now,
    gaps: 0,
    cursor: now,
    offset: { ms: toInteger(clock.time) - now, clock: clock.source === 'device' ? 1 : 0 },
    nextOffset: undefined,
    changes: [],
    open: createDraft(),
    waiting: [],
    cuts: 0,
    sliceCount: 0,
    totals: emptyRow(SUMMARY_POSITIONS),
    watched: [],
    bitsCarry: 0,
    events: [],
    eventCount: 0,
    lost: 0,
    urgent: undefined,
    begun: false,
    over: false,
    rest: 'idle',
    idleSince: undefined,
    launching: false,
    attempt: undefined,
    startupVoid: false,
    suspendedAt: undefined,
    paused: false,
    pauseEvent: undefined,
    pausedSince: 0,
    resumeDue: false,
    stall: undefined,
    seek: undefined,
    seekEndedAt: -Infinity,
    adBreak: undefined,
    adTail: false,
    ad: undefined,
    exit: undefined,
    hidden: false,
    hiddenNow: false,
    sample: undefined,
    seenAt: now,
    position: undefined,
    adrift: true,
    owedMs: 0,
    waits: false,
    rendition: undefined,
    newestRendition: undefined,
    host: '',
    pathway: '',
    levels: {},
    lastLevels: {},
  };
}

export function createDraft(): Draft {
  return {
    row: emptyRow(SLICE_POSITIONS),
    renditions: [],
    deliveries: [],
    ranges: [],
    end: 0,
    closedAt: 0,
  };
}

/** A row in which nothing was counted. */
export function emptyRow<R>(table: readonly Position[]): R {
  const row: Record<string, Cell> = {};
  for (const [name, kind] of table) row[name] = emptyOf(kind);
  return row as R; // Every position of the table was set above.
}

/** The state that time is booked under now, or the one of rest. */
export function stateOf(view: View): PlayState {
  if (view.rest !== undefined) return view.rest;
  if (view.suspendedAt !== undefined) return 'suspended';
  if (view.seek !== undefined) return 'seeking';
  if (view.paused) return 'paused';
  if (view.adBreak !== undefined || view.adTail) return 'ad';
  if (view.launching) return 'starting';
  return view.stall === undefined ? 'playing' : 'stalled';
}

/** Who counts as the viewer once playback has started. */
export function isViewer(by: Actor): boolean {
  return by === 'user' || by === 'unknown';
}
