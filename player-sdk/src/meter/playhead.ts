// The playhead decides: from two looks at it follow what was played in between and what was not.
// It is taken to have run on from the last look until it stood; what follows tells which it was.
import type { Sample, SignalOf } from '../contract/index.ts';
import { toInteger, toKnown, toNumber, toWord } from './bounds.ts';
import { emitEvent } from './events.ts';
import { setLevels } from './levels.ts';
import { ACTORS, endPause } from './pause.ts';
import { addWatched } from './ranges.ts';
import { closeSeek, openSeek } from './seek.ts';
import { add } from './slices.ts';
import { closeStall, openStall, STALL_MS } from './stall.ts';
import { attempt, showFrame } from './startup.ts';
import { IDLE, isIdle, PAUSED, PLAYING, SEEKING, STALLED } from './state.ts';
import { resume } from './suspension.ts';
import { book, bookGap, type Content, FROZEN_MS, GAP_MS, HOUR_MS, settle } from './time.ts';
import { isViewer, stateOf, type View } from './view.ts';

/** A playhead this much further than it could have run has jumped: gaps, the live edge. */
const JUMP_MS = 250;
/** A step back smaller than this is a clock's flutter. */
const FLUTTER_MS = 100;
const MAX_RATE = 16;
/**
 * A playhead that sets out may creep for as long as one buffer of sound lasts, and then stand until the
 * sound device runs: only beyond that does it move.
 */
const CREEP_MS = 50;

/** What the playhead did since the last look: content shown, and the time that takes at its rate. */
interface Move extends Content {
  readonly wallMs: number;
}

export function look(view: View, sample: Sample): void {
  setLevels(view, sample);
  if (view.adBreakOn) settle(view);
  else {
    const move = toMove(view, sample);
    if (move && isCreep(view, sample, move)) return; // The next look shows since when it has moved.
    countFrames(view, sample);
    follow(view, sample, move);
    if (move && view.seenAt + move.wallMs > view.waitsSince + CREEP_MS) view.waitsSince = Infinity;
  }
  view.lastSample = sample;
  view.seenAt = view.now;
  view.owedMs = 0;
}

function follow(view: View, sample: Sample, move: Move | undefined): void {
  const still = isStill(sample);
  if (move && !still) {
    const isFirst = stateOf(view) === IDLE;
    if (!view.running) attempt(view, view.asked || 'play');
    if (isFirst) view.startupVoid = true; // It played before anybody said so.
    resume(view);
  }
  const begin = move ? Math.max(view.cursor, view.now - move.wallMs) : view.now;
  if (stateOf(view) === PAUSED && !still) {
    book(view, PAUSED, begin);
    endPause(view);
  }
  const state = stateOf(view);
  if (state === PLAYING) {
    followPlaying(view, move, still);
    return;
  }
  if (state === SEEKING && (still || view.halted)) {
    settle(view);
    if (!sample.seeking && toInteger(sample.readyState) >= 2) closeSeek(view);
  } else if (isIdle(state)) settle(view);
  else {
    book(view, state, begin);
    if (move) {
      start(view, move, still);
      return;
    }
    if (still && (state === STALLED || view.adTail)) endRun(view);
  }
  if (move) book(view, move, view.cursor);
}

/** The playhead moves again, from the cursor on. */
function start(view: View, move: Move, still: boolean): void {
  closeSeek(view);
  closeStall(view);
  view.adTail = false;
  showFrame(view, 'content');
  book(view, move, view.now);
  if (still) endRun(view);
}

/** The playhead was expected to run: did it? */
function followPlaying(view: View, move: Move | undefined, still: boolean): void {
  const { now, seenAt } = view;
  // A player that said it waits was not frozen: its timers were slow, and it stood.
  const blind = now - seenAt > (view.waitsSince < Infinity ? FROZEN_MS : GAP_MS);
  if (move) {
    const begin = now - move.wallMs;
    // Behind by a frame, or creeping on once it is said to wait, it has not stood yet.
    const stood =
      view.cursor <= seenAt - CREEP_MS || (view.waitsSince < Infinity && move.wallMs >= CREEP_MS);
    let until = seenAt + move.wallMs;
    if (stood && !blind && begin - view.cursor >= STALL_MS) {
      openStall(view);
      book(view, STALLED, begin);
      closeStall(view);
      until = now; // The standstill came first.
    }
    book(view, PLAYING, seenAt);
    book(view, move, Math.min(now, Math.max(view.cursor, until)));
  }
  const stoodLong = now - view.cursor >= STALL_MS;
  if (still) {
    if (stoodLong && !blind && view.cursor < seenAt) {
      openStall(view);
      book(view, STALLED, now);
    }
    endRun(view);
    settle(view);
  } else if (stoodLong && blind) {
    book(view, PLAYING, seenAt);
    bookGap(view);
  } else if (stoodLong) {
    openStall(view);
    book(view, STALLED, now);
  }
}

/** The player is paused, at its end or at rate 0, and will say so: no progress is expected. */
function endRun(view: View): void {
  closeStall(view);
  view.halted = true;
}

function isCreep(view: View, sample: Sample, { from, to }: Move): boolean {
  // What stands again before it has set out has not started: it was refused, or failed.
  const maySetOut = view.launching || !isStill(sample);
  return stateOf(view) !== PLAYING && maySetOut && to - from < CREEP_MS;
}

function isStill({ paused, ended, rate }: Sample): boolean {
  return paused === true || ended === true || !(toNumber(rate) > 0);
}

/** How the playhead got here since the last look, if it was by playing. */
function toMove(view: View, sample: Sample): Move | undefined {
  const to = toKnown(sample.position);
  if (to === undefined) return undefined;
  const { lastSample, playhead: from } = view;
  const ready = toInteger(sample.readyState);
  const early = view.launching && !(ready >= 2 && toInteger(lastSample?.readyState) >= 1);
  const landing = view.seekingOn && ready < 2;
  if (from === undefined || view.adrift || sample.seeking || early || landing) {
    view.playhead = to;
    view.adrift = false;
    return undefined;
  }
  const [rateBefore, rateAfter] = [toRate(lastSample?.rate), toRate(sample.rate)];
  const resting = (view.halted || !view.running) && isStill(sample);
  const sinceMs = Math.min(HOUR_MS, view.now - view.seenAt);
  const roomMs = Math.max(resting ? 0 : sinceMs, view.owedMs) * Math.max(rateBefore, rateAfter);
  const reachMs = roomMs * 1.1 + JUMP_MS;
  const moveBy = (ms: number, begin: number): Move => ({
    wallMs: Math.min(sinceMs, Math.round(ms / Math.min(rateBefore, rateAfter))),
    from: begin,
    to,
  });
  const byMs = to - from;
  if (byMs <= 0 && byMs > -FLUTTER_MS) return undefined;
  if (byMs > 0 && byMs <= reachMs && !(resting && roomMs <= 0)) return moveBy(byMs, from);
  const end = toInteger(sample.duration);
  const wrapMs = end - from + to;
  if (byMs < 0 && end >= from && wrapMs <= reachMs && sinceMs <= FROZEN_MS && !resting) {
    addWatched(view, end); // It looped.
    return moveBy(wrapMs, 0);
  }
  view.playhead = to;
  // It jumped: whoever plays on, plays on; yet nothing shows that it moves by itself.
  return stateOf(view) === PLAYING && !resting
    ? { wallMs: Math.min(GAP_MS, sinceMs), from: to, to }
    : undefined;
}

function toRate(rate: unknown): number {
  return typeof rate === 'number' && rate > 0 ? Math.min(MAX_RATE, rate) : 1;
}

/** Where the playhead was when a seek took it away is as good as a look at it. */
export function seek(view: View, signal: SignalOf<'seek'>): void {
  const { lastSample } = view;
  const facts = {
    by: toWord(signal.by, ACTORS),
    from: toInteger(signal.from),
    to: toInteger(signal.to),
  };
  const { by, from, to } = facts;
  if (view.running && !view.adBreakOn) {
    if (stateOf(view) === PLAYING && lastSample) {
      const here = Object.assign({}, lastSample, { position: from, seeking: false });
      follow(view, here, toMove(view, here));
    }
    const { contentStarts } = view.totals;
    if (by === 'user' && contentStarts === 0) view.startupVoid = true;
    if (isViewer(by) && contentStarts > 0 && !view.launching) openSeek(view, facts);
    else emitEvent(view, 'seek', facts);
  }
  view.playhead = to;
  view.adrift = false;
  view.owedMs = 0;
  view.seenAt = view.now;
}

/**
 * Frame counters are cumulative; where they fall, another source began anew. Not so where a frame is
 * dropped after it was counted as decoded: it is taken back from those that are rendered next.
 */
function countFrames(view: View, sample: Sample): void {
  const { lastSample } = view;
  if (!view.running || !lastSample) return;
  const droppedOf = ({ framesDropped }: Sample): number => toInteger(framesDropped);
  const decodedOf = (one: Sample): number => droppedOf(one) + toInteger(one.framesRendered);
  const anew =
    droppedOf(sample) < droppedOf(lastSample) || decodedOf(sample) < decodedOf(lastSample);
  const toAdded = (before: unknown, after: unknown): number => {
    const [from, to] = [toKnown(before), toKnown(after)];
    return from === undefined || to === undefined ? 0 : anew ? to : to - from;
  };
  const framesDropped = toAdded(lastSample.framesDropped, sample.framesDropped);
  const due =
    toAdded(lastSample.framesRendered, sample.framesRendered) - (anew ? 0 : view.framesOwed);
  const framesRendered = Math.max(0, due);
  view.framesOwed = framesRendered - due;
  if (framesDropped + framesRendered > 0) add(view, { framesDropped, framesRendered });
}
