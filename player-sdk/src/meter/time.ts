// Books the view's wall time: moves the cursor through it, cell by cell, and counts each piece under
// one state. What is booked is never taken back. Nothing here looks at the playhead.
import { emitEvent } from './events.ts';
import { addLevels, addRenditionTime } from './levels.ts';
import { addWatched } from './ranges.ts';
import { add, beginSlice, closeSlice } from './slices.ts';
import { isIdle, type Measure, PLAYING, STALLED, STARTING, SUSPENDED, TIMES } from './state.ts';
import { MAX_CHANGES, stateOf, type View } from './view.ts';

/** Beyond it a view without a sign of life, or of interest, is over. */
export const HOUR_MS = 3_600_000;
/** Longer than this between two looks at a running playhead, and nobody knows what it did. */
export const GAP_MS = 2_000;
/** Timers of a hidden page may run once a minute: longer without a look, and it was frozen. */
export const FROZEN_MS = 70_000;
/** How long a state that only the playhead ends may stay unbooked when nobody looks at it; hidden, FROZEN_MS. */
const LAG_MS = 1_000;

/** Content shown in a stretch of time, at an even pace: positions in ms. */
export interface Content {
  readonly from: number;
  readonly to: number;
}

/**
 * Counts the time from the cursor to `until` under a state; at rest it only goes by. Content is
 * counted as playing that showed it, and counts even where no time is left for it.
 */
export function book(view: View, what: number | Content, until: number): void {
  const { cursor: begin } = view;
  const content = typeof what === 'number' ? undefined : what;
  const state = typeof what === 'number' ? what : PLAYING;
  if (content) view.playhead = content.from;
  while (view.cursor < until) {
    if (view.running && !view.draft.endsAt) beginSlice(view);
    const { changes, cursor, draft } = view;
    const stop = Math.min(until, draft.endsAt || until, changes[0] ? changes[0].since : until);
    if (view.running) addTime(view, state, stop - cursor);
    if (content) {
      const share = (stop - begin) / (until - begin);
      addWatched(view, content.from + Math.round((content.to - content.from) * share));
    }
    view.cursor = stop;
    if (stop === draft.endsAt) closeSlice(view, state);
    applyChanges(view);
  }
  if (content) addWatched(view, content.to);
}

function addTime(view: View, state: number, ms: number): void {
  const measure = TIMES[state - STARTING] as Measure; // Every timed state has one.
  view.draft.row.durationMs += ms;
  add(view, { [measure]: ms, hiddenMs: view.unseen ? ms : 0 });
  if (state === PLAYING) addRenditionTime(view, ms);
  if (state === PLAYING || state === STALLED) addLevels(view, ms, state === PLAYING);
}

/** Books up to now by what is known; where the playhead runs, it is taken to have gone on. */
export function settle(view: View): void {
  const { now } = view;
  const state = stateOf(view);
  if (state === PLAYING) {
    book(view, PLAYING, view.seenAt);
    if (now - view.cursor > GAP_MS) bookGap(view);
    view.owedMs += now - view.cursor;
  }
  book(view, state, now);
}

/** Nobody knows what was going on up to now: the device slept or the page was frozen. */
export function bookGap(view: View): void {
  const { cursor, now } = view;
  if (now > cursor) emitEvent(view, 'suspended', { durationMs: now - cursor, at: cursor });
  book(view, SUSPENDED, now);
}

/** Books what no look at the playhead can change any more. Called before every signal. */
export function advance(view: View): void {
  const { now, cursor, seenAt } = view;
  const state = stateOf(view);
  if (isIdle(state) || (state === PLAYING && now - cursor > HOUR_MS)) settle(view);
  else if (state !== PLAYING) {
    const lagMs = view.unseen ? FROZEN_MS : LAG_MS;
    book(view, state, Math.min(now, Math.max(seenAt, now - lagMs)));
  }
}

/** Does it when the cursor is here: a fact belongs to the slice of its time. */
export function later(view: View, make: () => void): void {
  if (view.cursor >= view.now) make();
  else if (view.changes.push({ since: view.now, make }) > MAX_CHANGES) settle(view);
}

function applyChanges(view: View): void {
  const { changes } = view;
  while (changes[0] && changes[0].since <= view.cursor) changes.shift()?.make();
}
