// The signals: all that a player adapter, the page or the publisher can report to the meter. A
// closed union, frozen with contract 1. `at` is monotonic time in ms (fractions allowed).
import type { Context } from './context.ts';
import type { Actor, ErrorCategory, EventFacts, Rendition } from './event.ts';

/**
 * What a media element says when it is looked at. Positions and lengths are in ms of content; a
 * number that is not known is absent, NaN, infinite or, where it is a size, 0.
 */
export interface Sample {
  readonly position: number;
  readonly rate: number;
  /** HTMLMediaElement.readyState, 0 … 4. */
  readonly readyState: number;
  readonly paused: boolean;
  readonly seeking: boolean;
  readonly ended: boolean;
  /** End of the buffered range that holds the playhead, ms; absent where none does. */
  readonly bufferedEnd?: number | undefined;
  /** Absent where unknown or infinite. */
  readonly duration?: number | undefined;
  /** Cumulative since the source was attached, as getVideoPlaybackQuality counts them. */
  readonly framesDropped?: number | undefined;
  readonly framesRendered?: number | undefined;
  /** Wall clock of the displayed frame (program date-time, prft), epoch ms of the packager. */
  readonly programTime?: number | undefined;
  /** Rendered size in device px. */
  readonly viewportWidth?: number | undefined;
  readonly viewportHeight?: number | undefined;
  /** Size of the decoded picture, px. */
  readonly videoWidth?: number | undefined;
  readonly videoHeight?: number | undefined;
  /** For how long the oldest open media request has waited, where the player tells. */
  readonly waitingMs?: number | undefined;
}

/** One finished media request. */
export interface Segment {
  readonly kind: 'manifest' | 'video' | 'audio' | 'text' | 'init' | 'key' | 'other';
  readonly host: string;
  readonly bytes: number;
  readonly ok: boolean;
  readonly status?: number | undefined;
  /** Absent where the browser hides them (no Timing-Allow-Origin) or the answer was cached. */
  readonly ttfbMs?: number | undefined;
  readonly transferMs?: number | undefined;
  readonly pathway?: string | undefined;
}

/** What each signal carries beside its time. */
export interface SignalFacts {
  /** Playback was asked for. `autoplay`: a source was attached while autoplay is set. */
  request: { readonly by: 'play' | 'autoplay' | 'api' };
  /** The browser refused to autoplay: that request was no attempt. */
  refused: Record<never, never>;
  /** The player is ready; how long since it was created. */
  ready: { readonly sinceCreatedMs: number };
  sample: Sample;
  /** The player says that it waits: opens a candidate stall, which only the playhead confirms. */
  waiting: Record<never, never>;
  segment: Segment;
  rendition: Rendition;
  pathway: { readonly host?: string | undefined; readonly pathway?: string | undefined };
  seek: { readonly by: Actor; readonly from: number; readonly to: number };
  play: { readonly by: Actor };
  pause: { readonly by: Actor };
  ended: Record<never, never>;
  ad:
    | {
        readonly phase: 'breakStart';
        readonly slot: 'pre' | 'mid' | 'post' | 'unknown';
        readonly id?: string;
        readonly expected?: number;
      }
    | { readonly phase: 'breakEnd' }
    | { readonly phase: 'request'; readonly id?: string; readonly creative?: string }
    | { readonly phase: 'start'; readonly id?: string; readonly creative?: string }
    | { readonly phase: 'quartile'; readonly quartile: 1 | 2 | 3 }
    | { readonly phase: 'complete' }
    | { readonly phase: 'skip' }
    | { readonly phase: 'error'; readonly code: string };
  error: {
    readonly fatal: boolean;
    readonly category: ErrorCategory;
    readonly code: string;
    readonly message?: string | undefined;
    /** So is whatever has the category `business`. */
    readonly business?: boolean | undefined;
    /** HTTP status of the request that failed, where one did; for `mapError` alone. */
    readonly status?: number | undefined;
  };
  visibility: { readonly hidden: boolean };
  /** Where the picture is shown, when that changes. */
  presentation: EventFacts['presentation'];
  /** Captions were turned on, off or to another language. */
  captions: { readonly language?: string | undefined };
  /** The page was frozen or put in the back/forward cache; `resume` is its return. */
  suspend: Record<never, never>;
  resume: Record<never, never>;
  /**
   * The corrected time at this monotonic moment. `discontinuity`: wall and monotonic clocks came
   * apart by more than 2 s (sleep, a stepped clock), `gapMs` of which no time was seen.
   */
  clock: {
    readonly time: number;
    readonly source: 'server' | 'device';
    readonly discontinuity?: boolean;
    readonly gapMs?: number;
  };
  /** The context changed: rows from here on name this revision. */
  context: { readonly context: Context };
  /** Another source was attached to the same player: the view ends, `replaced`. */
  source: Record<never, never>;
  interaction: EventFacts['interaction'];
  recommendation: EventFacts['recommendation'];
  /** The player is gone, or the page is about to be. `hidden` may be the end; `timeout`: too long a silence to go on. */
  detach: { readonly reason: 'left' | 'hidden' | 'timeout' };
  /** Time passes: closes what is due. Nothing else. */
  tick: Record<never, never>;
}

export type SignalType = keyof SignalFacts;

/** What players and pages may report: time and context are the monitor's own. */
export type ReportedType = Exclude<SignalType, 'clock' | 'context' | 'tick'>;

export type SignalOf<T extends SignalType> = {
  readonly type: T;
  readonly at: number;
} & SignalFacts[T];

export type Signal = { [T in SignalType]: SignalOf<T> }[SignalType];
