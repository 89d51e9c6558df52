// What goes in and out of the meter: the border that the monitor is written against. Types only.
import type { ClockKind, Context, Signal, Slice, Summary, ViewEvent } from '../contract/index.ts';

/** Why what was just made should leave at once, in an urgent beacon. */
export type Urgency = 'request' | 'firstFrame' | 'stall' | 'error' | 'end' | 'hidden';

/** What one signal made. Slices and events are new rows or later revisions of earlier ones. */
export interface Emission {
  /** Closed for at least 1 s, or revised after that. */
  readonly slices: readonly Slice[];
  readonly events: readonly ViewEvent[];
  readonly urgent: Urgency | undefined;
  /** Signals that nobody folds, and events that a bound refused (LIMITS.seq; 50 before the request). */
  readonly lost: number;
}

/** What an urgent or heartbeat beacon adds to what fold() has given. */
export interface Peek {
  /** The closed slices that still wait and the open one. Each has a revision of its own. */
  readonly slices: readonly Slice[];
  /** What fold() held back: all before the request, none after it. */
  readonly events: readonly ViewEvent[];
  /** Absent until playback was requested: until then there is no view, and nothing to send. */
  readonly summary: Summary | undefined;
}

export interface MeterOptions {
  readonly ctx: Context;
  /** Monotonic time, ms, of the clock reading below. */
  readonly at: number;
  /** Corrected time at that moment, epoch ms, and what it was read from. */
  readonly clock: { readonly time: number; readonly source: ClockKind };
  /** Nobody has seen the page yet: a request waits until somebody does. */
  readonly unseen?: boolean;
}

export interface Meter {
  /** Folds one signal. Total: it never throws; an `at` that goes backwards is clamped. */
  fold(signal: Signal): Emission;
  /** Shows what is booked, at most 2 s after the last signal: `tick` first where it was longer. */
  peek(at: number): Peek;
  /** Monotonic time at which a `tick` is due; undefined while nothing waits. */
  readonly nextDueAt: number | undefined;
  /**
   * The view can never go on (left, replaced, timed out, out of numbers): every row was emitted and
   * further signals make nothing. What comes next belongs to a new view with a new meter.
   */
  readonly over: boolean;
  /** What plays, and what is loaded to play, is an ad. */
  readonly inAdBreak: boolean;
}
