// The states of a view, by their codes in PLAY_STATES (`state.test.ts` compares them), and the
// measure that counts the time in each.
import { EMPTY_SLICE, type Slice, type Summary } from '../contract/index.ts';

type NumbersOf<T> = { [P in keyof T]: T[P] extends number ? P : never }[keyof T];
/** A number that a slice and the summary have under one name. */
export type Measure = NumbersOf<Slice> & NumbersOf<Summary>;

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

/** From STARTING on, and the time hidden: as the contract lists them for ever. */
export const TIMES = /* @__PURE__ */ Object.keys(EMPTY_SLICE).slice(7, 15) as Measure[]; // By a test.

/** Nobody watches. */
export function isIdle(state: number): boolean {
  return [IDLE, PAUSED, SUSPENDED, ENDED, FAILED].indexOf(state) >= 0;
}
