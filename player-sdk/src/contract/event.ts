// Events: the discrete facts of a view, numbered `seq`. A later revision of the same seq replaces
// the earlier whole (a stall is sent when it starts and again when it ends).
import type { ExitKind } from './playState.ts';

/** Who made it happen. `browser` pauses hidden muted videos; `player` jumps gaps. */
export type Actor = 'user' | 'player' | 'browser' | 'unknown';

export type ErrorCategory =
  | 'network'
  | 'media'
  | 'drm'
  | 'manifest'
  | 'business'
  | 'ad'
  | 'unknown';

/** What every event has. */
export interface EventBase {
  /** Number in the view, from 0. (property, view, seq) is the row's key. */
  readonly seq: number;
  readonly rev: number;
  /** Corrected time, epoch ms. */
  readonly at: number;
  /** Revision of the context that it was made under. */
  readonly ctx: number;
  /** Content position in ms; absent where the playhead is not known. */
  readonly pos?: number;
  /** `device` where the clock could not be checked; absent means `server`. */
  readonly clock?: 'device';
}

/** A rendition as the manifest declares it. Bit/s, px, frames/s; what is unknown is absent. */
export interface Rendition {
  readonly bitrate?: number;
  readonly width?: number;
  readonly height?: number;
  readonly codec?: string;
  readonly frameRate?: number;
  readonly hdr?: string;
  readonly audioBitrate?: number;
  readonly audioLanguage?: string;
}

/** What was going on when a stall began: facts, not a verdict. */
export interface StallHints {
  readonly bufferMs?: number;
  readonly hidden?: boolean;
  /** A request had been open for this long. */
  readonly waitingMs?: number;
  readonly host?: string;
  readonly pathway?: string;
  readonly bitrate?: number;
  /** Playhead frozen although the buffer is full: the decoder, not the network. */
  readonly decoder?: boolean;
  readonly afterSeek?: boolean;
}

/** The facts themselves, by type. Durations are absent while they still run. */
export interface EventFacts {
  requested: { readonly by: 'play' | 'autoplay' | 'api' };
  playerReady: { readonly durationMs: number };
  firstFrame: {
    readonly of: 'content' | 'ad';
    /** Request → this frame; for content less ad time. Absent where it is not valid. */
    readonly startupMs?: number;
  };
  stall: { readonly durationMs?: number; readonly hints?: StallHints };
  seek: {
    readonly by: Actor;
    readonly from: number;
    readonly to: number;
    readonly latencyMs?: number;
  };
  rendition: { readonly rendition: Rendition; readonly change?: 'up' | 'down' };
  pathway: { readonly host?: string; readonly pathway?: string };
  error: {
    readonly fatal: boolean;
    readonly category: ErrorCategory;
    /** Stable and the player's own: `manifestLoadError`, `MEDIA_ERR_DECODE` … */
    readonly code: string;
    readonly message?: string;
    /** Entitlement, geo-block, concurrency limit: not a fault of the service. */
    readonly business?: boolean;
  };
  pause: { readonly by: Actor; readonly durationMs?: number };
  resume: { readonly by: Actor };
  suspended: { readonly durationMs: number };
  adBreak: {
    readonly id?: string;
    readonly slot: 'pre' | 'mid' | 'post' | 'unknown';
    readonly expected?: number;
    readonly durationMs?: number;
  };
  ad: {
    readonly id?: string;
    readonly creative?: string;
    readonly slot: 'pre' | 'mid' | 'post' | 'unknown';
    readonly started: boolean;
    readonly startupMs?: number;
    /** Furthest quartile reached: 0 … 4 (4 is complete). */
    readonly quartile: number;
    readonly skipped?: boolean;
    readonly error?: string;
    readonly durationMs?: number;
  };
  visibility: { readonly hidden: boolean };
  presentation: { readonly mode: 'inline' | 'fullscreen' | 'pip' | 'cast' };
  /** No language: captions are off. */
  captions: { readonly language?: string };
  interaction: {
    readonly kind: 'like' | 'comment' | 'share' | 'follow' | 'reaction' | 'vote' | 'custom';
    readonly name?: string;
    readonly value?: string;
  };
  recommendation: {
    readonly kind: 'served' | 'impression' | 'click';
    readonly id: string;
    readonly model?: string;
    readonly surface?: string;
    readonly items: readonly string[];
    /** Of the item clicked or seen, from 0. */
    readonly rank?: number;
  };
  ended: Record<never, never>;
  exit: { readonly kind: ExitKind; readonly provisional?: boolean };
}

export type EventType = keyof EventFacts;

/** One event of the given type: its facts beside what every event has. */
export type EventOf<T extends EventType> = EventBase & { readonly type: T } & EventFacts[T];

/** Any event of a view. */
export type ViewEvent = { [T in EventType]: EventOf<T> }[EventType];
