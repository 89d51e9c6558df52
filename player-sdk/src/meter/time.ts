// Books the view's wall time: moves the cursor through it, cell by cell, and counts each piece under
// one state. What is booked is never taken back. Nothing here looks at the playhead.
import { type PLAY_STATES, TIMED_STATES, type TimedState } from '../contract/index.ts';
import { emitEvent } from './events.ts';
import { addLevels, addRenditionTime } from './levels.ts';
import { addWatched } from './ranges.ts';
import { add, beginSlice, closeSlice } from './slices.ts';
import { MAX_CHANGES, stateOf, type View } from './view.ts';

/** Beyond it a view without a sign of life, or of interest, is over. */
export const HOUR_MS = 3_600_000;
/** Longer than this between two looks at a running playhead, and nobody knows what it did. */
export const GAP_MS = 2_000;
/** Timers of a hidden page may run once a minute: longer without a look, and it was frozen. */
export const FROZEN_MS = 65_000;
/** How long a state that only the playhead ends may stay unbooked when nobody looks at it. */
const LAG_MS = 1_000;

/** Content shown in a stretch of time, at an even pace: positions in ms. */
export interface Content {
  readonly from: number;
  readonly to: number;
}

/** Counts the time from the cursor to `until` under a state. */
export function book(view: View, state: TimedState, until: number): void {
  bookStretch(view, { state, until });
}

/** The same, of playing that showed this content; it counts even where no time is left for it. */
export function bookPlayed(view: View, until: number, content: Content): void {
  bookStretch(view, { state: 'playing', until, content });
}

interface Stretch {
  readonly state: TimedState;
  readonly until: number;
  readonly content?: Content;
}

function bookStretch(view: View, { state, until, content }: Stretch): void {
  const begin = view.cursor;
  let position = content?.from ?? 0;
  while (view.cursor < until) {
    if (view.open.end === 0) beginSlice(view);
    const stop = Math.min(until, view.open.end, view.changes[0]?.at ?? until);
    addTime(view, state, stop - view.cursor);
    if (content !== undefined) {
      const share = (stop - begin) / (until - begin);
      const to = content.from + Math.round((content.to - content.from) * share);
      addWatched(view, position, to);
      position = to;
    }
    view.cursor = stop;
    if (stop >= view.open.end) closeSlice(view, state);
    applyChanges(view);
  }
  if (content !== undefined && position < content.to) addWatched(view, position, content.to);
}

function addTime(view: View, state: TimedState, ms: number): void {
  if (ms <= 0) return;
  view.open.row.durationMs += ms;
  add(view, `${state}Ms`, ms);
  if (view.hidden) add(view, 'hiddenMs', ms);
  if (state === 'playing') addRenditionTime(view, ms);
  if (state === 'playing' || state === 'stalled') addLevels(view, ms, state === 'playing');
}

/** Books up to now by what is known; where the playhead runs, it is taken to have gone on. */
export function settle(view: View): void {
  const { now } = view;
  const state = stateOf(view);
  if (!isTimed(state)) {
    rest(view);
    return;
  }
  if (state === 'playing') {
    const seen = Math.max(view.cursor, view.seenAt);
    book(view, 'playing', seen);
    if (now - seen > GAP_MS) bookGap(view, now);
    view.owedMs += now - view.cursor;
  }
  book(view, state, now);
}

/** Nobody knows what was going on up to then: the device slept or the page was frozen. */
export function bookGap(view: View, until: number): void {
  const durationMs = until - view.cursor;
  if (durationMs > 0) emitEvent(view, { type: 'suspended', durationMs, at: view.cursor });
  book(view, 'suspended', until);
}

/** Books what no look at the playhead can change any more. Called before every signal. */
export function advance(view: View): void {
  const { now, cursor, seenAt } = view;
  const state = stateOf(view);
  if (!isTimed(state)) {
    rest(view);
  } else if (state === 'playing') {
    if (now - cursor > HOUR_MS) settle(view);
  } else if (state === 'paused' || state === 'suspended') {
    book(view, state, now);
  } else {
    book(view, state, Math.min(now, Math.max(seenAt, now - LAG_MS)));
  }
}

/** At rest no time is counted, yet the last slice's cell goes by. */
function rest(view: View): void {
  if (view.open.end > 0 && view.now >= view.open.end) {
    view.cursor = view.open.end;
    closeSlice(view);
  }
  view.cursor = view.now;
  applyChanges(view);
}

/** Does it when the cursor is here: a fact belongs to the slice of its time. */
export function later(view: View, apply: () => void): void {
  if (view.cursor >= view.now) {
    apply();
    return;
  }
  view.changes.push({ at: view.now, apply });
  if (view.changes.length > MAX_CHANGES) settle(view);
}

function applyChanges(view: View): void {
  for (let next = view.changes[0]; next !== undefined && next.at <= view.cursor; ) {
    view.changes.shift();
    next.apply();
    next = view.changes[0];
  }
}

function isTimed(state: (typeof PLAY_STATES)[number]): state is TimedState {
  return (TIMED_STATES as readonly string[]).indexOf(state) >= 0; // Only looked up in.
}
