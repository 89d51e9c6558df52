// Books the view's wall time: moves the cursor through it, cell by cell, and counts each piece under
// one state. What is booked is never taken back. Nothing here looks at the playhead.
import { emitEvent } from './events.ts';
import { addLevels, addRenditionTime } from './levels.ts';
import { addWatched } from './ranges.ts';
import { add, beginSlice, closeSlice } from './slices.ts';
import { PAUSED, PLAYING, RUNNING, STALLED, STARTING, SUSPENDED, TIMES } from './state.ts';
import { MAX_CHANGES, type Measure, stateOf, type View } from './view.ts';

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
export function book(view: View, state: number, until: number): void {
  bookStretch(view, { state, until });
}

/** The same, of playing that showed this content; it counts even where no time is left for it. */
export function bookPlayed(view: View, until: number, content: Content): void {
  bookStretch(view, { state: PLAYING, until, content });
}

interface Stretch {
  readonly state: number;
  readonly until: number;
  readonly content?: Content;
}

function bookStretch(view: View, { state, until, content }: Stretch): void {
  const begin = view.cursor;
  let position = content?.from ?? 0;
  const showUpTo = (to: number) => {
    addWatched(view, position, to);
    position = to;
  };
  while (view.cursor < until) {
    if (view.draft.endsAt === 0) beginSlice(view);
    const stop = Math.min(until, view.draft.endsAt, view.changes[0]?.since ?? until);
    addTime(view, state, stop - view.cursor);
    if (content) {
      const share = (stop - begin) / (until - begin);
      showUpTo(content.from + Math.round((content.to - content.from) * share));
    }
    view.cursor = stop;
    if (stop >= view.draft.endsAt) closeSlice(view, state);
    applyChanges(view);
  }
  if (content && position < content.to) showUpTo(content.to);
}

function addTime(view: View, state: number, ms: number): void {
  if (ms <= 0) return;
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
  if (view.restState !== RUNNING) {
    rest(view);
    return;
  }
  if (state === PLAYING) {
    const seenAt = Math.max(view.cursor, view.seenAt);
    book(view, PLAYING, seenAt);
    if (now - seenAt > GAP_MS) bookGap(view, now);
    view.owedMs += now - view.cursor;
  }
  book(view, state, now);
}

/** Nobody knows what was going on up to then: the device slept or the page was frozen. */
export function bookGap(view: View, until: number): void {
  const durationMs = until - view.cursor;
  if (durationMs > 0) emitEvent(view, 'suspended', { durationMs, at: view.cursor });
  book(view, SUSPENDED, until);
}

/** Books what no look at the playhead can change any more. Called before every signal. */
export function advance(view: View): void {
  const { now, cursor, seenAt } = view;
  const state = stateOf(view);
  if (view.restState !== RUNNING || (state === PLAYING && now - cursor > HOUR_MS)) settle(view);
  else if (state === PAUSED || state === SUSPENDED) book(view, state, now);
  else if (state !== PLAYING) book(view, state, Math.min(now, Math.max(seenAt, now - LAG_MS)));
}

/** At rest no time is counted, yet the last slice's cell goes by. */
function rest(view: View): void {
  const { endsAt } = view.draft;
  if (endsAt > 0 && view.now >= endsAt) {
    view.cursor = endsAt;
    closeSlice(view);
  }
  view.cursor = view.now;
  applyChanges(view);
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
