// The memory of one view's meter: a plain record that the files of this room read and write. It
// holds what is known now; it decides nothing. Times are integer ms on the view's own time line.
// No field has the name of a signal's or an event's key: so a build may shorten them.
import {
  type Actor,
  type Context,
  createSlice,
  createSummary,
  type Delivery,
  type Rendition,
  type Sample,
  type SignalFacts,
  type SignalOf,
  type Slice,
  type Summary,
  type ViewEvent,
} from '../contract/index.ts';
import { toInteger } from './bounds.ts';
import type { MeterOptions, Urgency } from './emission.ts';
import {
  AD,
  IDLE,
  type Measure,
  PAUSED,
  PLAYING,
  SEEKING,
  STALLED,
  STARTING,
  SUSPENDED,
} from './state.ts';

export type Mutable<T> = { -readonly [P in keyof T]: T[P] };

/** A slice while it grows. Its lists are kept apart, as they are changed in place. */
export interface Draft {
  row: Mutable<Slice>;
  shown: [bitrate: number, width: number, height: number, playingMs: number][];
  delivered: DeliveryDraft[];
  spans: Span[];
  /** Where its cell ends on the view's time line; 0: not begun, it has no number yet. */
  endsAt: number;
  closedAt: number;
}

export interface DeliveryDraft {
  row: Mutable<Delivery>;
  /** Observations by bucket, with holes where there was none. */
  ttfb: number[];
  throughput: number[];
}

/** Content watched, and how many times. */
export type Span = [fromMs: number, toMs: number, times: number];

/** Content seen. */
export type Piece = [fromMs: number, toMs: number];

export type Amounts = { readonly [M in Measure]?: number };

/** A clock reading: corrected time less the view's own time, and what it was read from. */
export interface Offset {
  ms: number;
  clock: number;
}

/** An event that may still be revised. */
export type OpenEvent = Mutable<ViewEvent>;

/** What lasts: its event, and the time in its state when it began. */
export interface Spell {
  told: OpenEvent;
  sinceMs: number;
}

/** Its end is known to the file that opened it, which pages without ads do not load. */
export interface AdBreak extends Spell {
  implicit: boolean;
  /** The content is at its end: with the break, the view is. */
  afterEnd: boolean;
  /** A post-roll that is not after the end yet: an ad at the end of the stream. */
  isPost: boolean;
  close: () => void;
}

export interface View {
  ctx: Context;
  /** The newest moment seen; and what was added to the monotonic clock for time it did not see. */
  now: number;
  gapsMs: number;
  /** Everything before it is booked, once and for all. */
  cursor: number;
  clockOffset: Offset;
  /** A newer reading, which waits for the next cut. */
  nextOffset?: Offset | undefined;
  /** Facts that happened after the cursor, applied when it gets there. Bounded by MAX_CHANGES. */
  changes: { since: number; make: () => void }[];

  draft: Draft;
  closedDrafts: Draft[];
  /** Cuts made in the open slice's cell. */
  cuts: number;
  sliceCount: number;
  totals: Mutable<Summary>;
  watched: Span[];
  /** Disjoint; bounded. */
  seen: Piece[];
  /** Counted as rendered, and dropped then. */
  framesOwed: number;
  /** Declared bit/s × ms that make no whole bit yet. */
  bitsCarry: number;

  unsent: ViewEvent[];
  eventCount: number;
  lost: number;
  urgency?: Urgency | undefined;

  /** Playback was requested at least once. */
  begun: boolean;
  isOver: boolean;
  /** Time is counted. */
  running: boolean;
  /** IDLE, ENDED, FAILED: the state where it is not. */
  restState: number;
  /** Since when nobody watches (paused, suspended, at rest); undefined while somebody does. */
  idleSince?: number | undefined;
  /** Nobody has seen the page yet. */
  neverSeen: boolean;
  /** What was asked for meanwhile: it counts once the page is seen, it moves, an ad starts or it fails. */
  asked?: SignalFacts['request']['by'] | undefined;
  /** Playback was asked for and has not moved yet. */
  launching?: boolean;
  /** The closed slices of the attempt, for as long as it may be taken back. */
  attemptedIn?: Draft[] | undefined;
  /** Fatal before anybody asked for playback: what becomes of the request, nobody says. */
  brokenBy?: SignalOf<'error'> | undefined;
  /** A seek or pause by the user came before the first content frame: startup is not valid. */
  startupVoid?: boolean;
  suspendedAt?: number | undefined;
  /** When it last awoke. */
  resumedAt?: number;
  /** No progress is expected: paused, or at the end, whether or not it has been told. */
  halted?: boolean;
  pausing?: Spell | undefined;
  /** A pause is over and nobody has said who ended it. */
  resumeDue?: boolean;
  stalling?: Spell | undefined;
  seekingOn?: Spell | undefined;
  seekEndedAt: number;
  adBreakOn?: AdBreak | undefined;
  /** A break is over and the content does not move yet. */
  adTail?: boolean;
  /** `sinceMs` is NaN until its first frame, `requestedAt` where nobody asked for it. */
  adOn?: (Spell & { requestedAt: number }) | undefined;
  /** How the view ended, for now or for good: what must be taken back when it goes on. */
  notedExit?: { noted: Draft; told: OpenEvent; amounts: Amounts } | undefined;
  /** At the cursor; and now. */
  unseen?: boolean;
  unseenNow: boolean;

  lastSample?: Sample | undefined;
  /** When the playhead was last looked at, and where it was. */
  seenAt: number;
  playhead?: number | undefined;
  /** The next look says where the playhead is, and nothing of how it got there. */
  adrift: boolean;
  /** Playing time that was booked without a look at the playhead: content it may still show. */
  owedMs: number;
  /** When the player said that it waits; Infinity where the playhead has moved since. */
  waitsSince: number;
  /** On the screen at the cursor; and the newest one told. */
  onScreen?: Rendition | undefined;
  newestRendition?: Rendition | undefined;
  /** The content's, where ads may have shown another since. */
  beforeAds?: Rendition | undefined;
  hostNow: string;
  pathwayNow: string;
  /** What the integrals take for the interval being booked: see levels.ts. */
  meanLevels: Levels;
  lastLevels: Levels;
}

/** NaN: not known. */
export type Levels = readonly [
  bufferMs: number,
  liveLatencyMs: number,
  upscalePercent: number,
  downscalePercent: number,
];

export const MAX_CHANGES = 64;
/** Events before the request wait for it; what is beyond is lost and counted. */
export const MAX_HELD_EVENTS = 50;

const UNKNOWN: Levels = [Number.NaN, Number.NaN, Number.NaN, Number.NaN];

export function createView({ ctx, at, unseen = false }: MeterOptions): View {
  const now = toInteger(at);
  return {
    ctx,
    now,
    gapsMs: 0,
    cursor: now,
    clockOffset: { ms: 0, clock: 0 },
    changes: [],
    draft: createDraft(),
    closedDrafts: [],
    cuts: 0,
    sliceCount: 0,
    totals: createSummary(),
    watched: [],
    seen: [],
    framesOwed: 0,
    bitsCarry: 0,
    unsent: [],
    eventCount: 0,
    lost: 0,
    neverSeen: unseen,
    begun: false,
    isOver: false,
    running: false,
    restState: IDLE,
    waitsSince: Number.POSITIVE_INFINITY,
    seekEndedAt: -Infinity,
    unseenNow: false,
    seenAt: now,
    adrift: true,
    owedMs: 0,
    hostNow: '',
    pathwayNow: '',
    meanLevels: UNKNOWN,
    lastLevels: UNKNOWN,
  };
}

export function createDraft(): Draft {
  return {
    row: createSlice(),
    shown: [],
    delivered: [],
    spans: [],
    endsAt: 0,
    closedAt: 0,
  };
}

/** The state that time is booked under now, or the one of rest. */
export function stateOf(view: View): number {
  if (!view.running) return view.restState;
  if (view.suspendedAt !== undefined) return SUSPENDED;
  if (view.seekingOn) return SEEKING;
  if (view.halted) return PAUSED;
  if (view.adBreakOn || view.adTail) return AD;
  if (view.launching) return STARTING;
  return view.stalling ? STALLED : PLAYING;
}

/** Who counts as the viewer once playback has started. */
export function isViewer(by: Actor): boolean {
  return by === 'user' || by === 'unknown';
}
