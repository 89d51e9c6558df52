// The states of a view and the ways it can end, as codes on the wire and words everywhere else.

/**
 * The states that wall time is counted in, in the order of the codes. `idle` (before the request)
 * and `ended`, `failed` (after the end) take no time: they only appear as the state at a slice's end.
 */
export const PLAY_STATES = [
  'idle',
  'starting',
  'playing',
  'stalled',
  'seeking',
  'paused',
  'ad',
  'suspended',
  'ended',
  'failed',
] as const;

export type PlayState = (typeof PLAY_STATES)[number];

/** The states that a slice's wall time is made of: their times add up to the slice's duration. */
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

/**
 * How a view ended, in the order of the codes. `hidden` is provisional: the page was hidden, which
 * may be the end; a return supersedes it.
 */
export const EXIT_KINDS = [
  'none',
  'ended',
  'left',
  'failed',
  'replaced',
  'timeout',
  'hidden',
] as const;

export type ExitKind = (typeof EXIT_KINDS)[number];

/** Which clock a row's times were read from, in the order of the codes. */
export const CLOCKS = ['server', 'device'] as const;

export type ClockKind = (typeof CLOCKS)[number];
