// The states of a view, by their codes in PLAY_STATES (`state.test.ts` compares them), and the
// measure that counts the time in each.
import type { Measure } from './view.ts';

/** Not a state: what `restState` is while time is counted. */
export const RUNNING = -1;

export const IDLE = 0;
export const STARTING = 1;
export const PLAYING = 2;
export const STALLED = 3;
export const SEEKING = 4;
export const PAUSED = 5;
export const AD = 6;
export const SUSPENDED = 7;
export const ENDED = 8;
export const FAILED = 9;

/** From STARTING on. Keys, since a build may shorten them. */
export const TIMES: readonly Measure[] = /* @__PURE__ */ Object.keys({
  startingMs: 0,
  playingMs: 0,
  stalledMs: 0,
  seekingMs: 0,
  pausedMs: 0,
  adMs: 0,
  suspendedMs: 0,
} satisfies { [M in Measure]?: 0 }) as Measure[]; // By the line above.
