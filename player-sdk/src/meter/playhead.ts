// The playhead decides: from two looks at it follow what was played in between and what was not.
// It is taken to have run on from the last look until it stood; what follows tells which it was.
import type { Sample, SignalOf } from '../contract/index.ts';
import { toInteger, toKnown, toWord } from './bounds.ts';
import { emitEvent } from './events.ts';
import { setLevels } from './levels.ts';
import { ACTORS, endPause } from './pause.ts';
import { addWatched } from './ranges.ts';
import { closeSeek, openSeek } from './seek.ts';
import { add } from './slices.ts';
import { closeStall, openStall, STALL_MS } from './stall.ts';
import { request, showFrame } from './startup.ts';
import { resume } from './suspension.ts';
import {
  book,
  bookGap,
  bookPlayed,
  type Content,
  FROZEN_MS,
  GAP_MS,
  HOUR_MS,
  settle,
} from './time.ts';
import { isViewer, stateOf, type View } from './view.ts';

/** A playhead this much further than it could have run has jumped: gaps, the live edge. */
const JUMP_MS = 250;
/** A step back smaller than this is a clock's flutter. */
const FLUTTER_MS = 100;
const MAX_RATE = 16;

/** What the playhead did since the last look: content shown, and the time that takes at its rate. */
interface Move {
  readonly wallMs: number;
  readonly content: Content;
}

export function look(view: View, sample: Sample): void {
  setLevels(view, sample);
  if (view.adBreak === undefined) {
    countFrames(view, sample);
    const move = toMove(view, sample);
    follow(view, sample, move);
    if (move !== undefined) view.waits = false;
  }
  view.sample = sample;
  view.seenAt = view.now;
  view.owedMs = 0;
}

function follow(view: View, sample: Sample, move: Move | undefined): void {
  const still = isStill(sample);
  if (move !== undefined && !still && view.rest !== undefined) {
    const late = view.rest === 'idle';
    request(view, 'play');
    if (late) view.startupVoid = true; // It played before anybody said so.
  }
  if (move !== undefined && !still && view.suspendedAt !== undefined) resume(view);
  const state = stateOf(view);
  if (state === 'playing') {
    followPlaying(view, move, still);
    return;
  }
  const begin = move === undefined ? view.now : Math.max(view.cursor, view.now - move.wallMs);
  if (state === 'seeking' && (still || view.paused)) {
    settle(view);
    if (!sample.seeking && sample.readyState >= 2) closeSeek(view);
  } else if (state === 'paused' && !still) {
    book(view, 'paused', begin);
    endPause(view);
    follow(view, sample, move);
    return;
  } else if (state === 'starting' || state === 'stalled' || state === 'seeking' || state === 'ad') {
    book(view, state, begin);
    if (move !== undefined) {
      start(view, move, still);
      return;
    }
    if (still && state === 'stalled') endRun(view);
  } else settle(view);
  if (move !== undefined) addWatched(view, move.content.from, move.content.to);
}

/** The playhead moves again, from the cursor on. */
function start(view: View, { content }: Move, still: boolean): void {
  closeSeek(view);
  closeStall(view);
  view.adTail = false;
  showFrame(view, 'content');
  bookPlayed(view, view.now, content);
  if (still) endRun(view);
}

/** The playhead was expected to run: did it? */
function followPlaying(view: View, move: Move | undefined, still: boolean): void {
  const { now, seenAt } = view;
  // A player that said it waits was not frozen: its timers were slow, and it stood.
  const unseen = now - seenAt > (view.waits ? FROZEN_MS : GAP_MS);
  if (move !== undefined) {
    const begin = now - move.wallMs;
    const stood = view.waits || view.cursor < seenAt;
    if (stood && !unseen && begin - view.cursor >= STALL_MS) {
      openStall(view);
      book(view, 'stalled', begin);
      closeStall(view);
    }
    book(view, 'playing', seenAt);
    bookPlayed(view, Math.min(now, Math.max(view.cursor, seenAt + move.wallMs)), move.content);
    addWatched(view, view.position ?? 0, move.content.to);
  }
  const stoodMs = now - view.cursor;
  if (still) {
    endRun(view);
    settle(view);
  } else if (unseen && stoodMs >= STALL_MS) {
    book(view, 'playing', seenAt);
    bookGap(view, now);
  } else if (stoodMs >= STALL_MS) {
    openStall(view);
    book(view, 'stalled', now);
  }
}

/** The player is paused, at its end or at rate 0, and will say so: no progress is expected. */
function endRun(view: View): void {
  closeStall(view);
  view.paused = true;
}

function isStill({ paused, ended, rate }: Sample): boolean {
  return paused === true || ended === true || !(rate > 0);
}

/** How the playhead got here since the last look, if it was by playing. */
function toMove(view: View, sample: Sample): Move | undefined {
  const to = toKnown(sample.position);
  if (to === undefined) return undefined;
  const { position: from, sample: before } = view;
  const blind = view.launching && !(sample.readyState >= 2 && (before?.readyState ?? 0) >= 1);
  const landing = view.seek !== undefined && sample.readyState < 2;
  if (from === undefined || view.adrift || sample.seeking || blind || landing) {
    view.position = to;
    view.adrift = false;
    return undefined;
  }
  const rates = [before?.rate, sample.rate].map((rate) => Math.min(MAX_RATE, toRate(rate)));
  const resting = (view.paused || view.rest !== undefined) && isStill(sample);
  const sinceMs = Math.min(HOUR_MS, view.now - view.seenAt);
  const roomMs = (resting ? view.owedMs : sinceMs) * Math.max(...rates);
  const toWall = (ms: number) => Math.min(sinceMs, Math.round(ms / Math.min(...rates)));
  const byMs = to - from;
  const reachMs = roomMs * 1.1 + JUMP_MS;
  if (byMs <= 0 && byMs > -FLUTTER_MS) return undefined;
  if (byMs > 0 && byMs <= reachMs && !(resting && roomMs <= 0)) {
    return { wallMs: toWall(byMs), content: { from, to } };
  }
  const end = toKnown(sample.duration) ?? 0;
  const wrapMs = end - from + to;
  view.position = to;
  if (byMs < 0 && end >= from && wrapMs <= reachMs && !resting) {
    addWatched(view, from, end); // It looped.
    return { wallMs: toWall(wrapMs), content: { from: 0, to } };
  }
  // It jumped: whoever plays on, plays on; yet nothing shows that it moves by itself.
  const runs = stateOf(view) === 'playing' && !resting;
  return runs ? { wallMs: sinceMs, content: { from: to, to } } : undefined;
}

function toRate(rate: unknown): number {
  return typeof rate === 'number' && rate > 0 ? rate : 1;
}

/** Where the playhead was when a seek took it away is as good as a look at it. */
export function seek(view: View, signal: SignalOf<'seek'>): void {
  const by = toWord(signal.by, ACTORS);
  const from = toInteger(signal.from);
  const to = toInteger(signal.to);
  if (view.rest === undefined && view.adBreak === undefined) {
    const { sample } = view;
    if (stateOf(view) === 'playing' && sample !== undefined) {
      const here = { ...sample, position: from, seeking: false };
      follow(view, here, toMove(view, here));
    }
    const { contentStarts } = view.totals;
    if (by === 'user' && contentStarts === 0) view.startupVoid = true;
    if (isViewer(by) && contentStarts > 0 && !view.launching) openSeek(view, { by, from, to });
    else emitEvent(view, { type: 'seek', by, from, to });
  }
  view.position = to;
  view.adrift = false;
  view.owedMs = 0;
  view.seenAt = view.now;
}

/** Frame counters are cumulative; one that falls belongs to another source and begins anew. */
function countFrames(view: View, sample: Sample): void {
  for (const counter of ['framesDropped', 'framesRendered'] as const) {
    const before = toKnown(view.sample?.[counter]);
    const after = toKnown(sample[counter]);
    if (view.rest !== undefined || before === undefined || after === undefined) continue;
    add(view, counter, after < before ? after : after - before);
  }
}
