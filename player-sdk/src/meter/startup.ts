// The playback request, its refusal and the first frame: when a view begins, and how long it took.
import type { SignalOf } from '../contract/index.ts';
import { toWord } from './bounds.ts';
import { emitEvent } from './events.ts';
import { exit, hasFailedToStart, revokeExit, stop, toWaitedMs } from './exit.ts';
import { ACTORS, endPause } from './pause.ts';
import { add, beginSlice, cutSlice, sendAgain } from './slices.ts';
import { FAILED, IDLE, TIMES } from './state.ts';
import { settle } from './time.ts';
import type { View } from './view.ts';

/** Playback was asked for: the attempt, or the view going on after its end. */
export function request(view: View, by: SignalOf<'request'>['by']): void {
  if (view.running) return; // It is under way since an earlier request.
  // A tab opened in the background, a prerendered page: browsers load nothing there, and nobody waits.
  if (view.neverSeen && view.restState === IDLE) view.asked = view.asked || by || 'play';
  else attempt(view, by);
}

/** What was asked for unseen is not for nothing. */
export function beginAsked(view: View): void {
  if (view.asked) attempt(view, view.asked);
}

/** The request counts from here on. */
export function attempt(view: View, by: SignalOf<'request'>['by']): void {
  const { now, restState, totals } = view;
  view.asked = undefined;
  revokeExit(view);
  if (restState === FAILED && totals.starts === 0) view.startupVoid = true;
  if (restState !== IDLE) cutSlice(view);
  view.running = true;
  view.launching = true;
  view.halted = false;
  view.cursor = view.seenAt = now;
  if (restState === IDLE) {
    view.startupVoid = false;
    add(view, { attempts: 1 });
    view.attemptedIn = [];
    totals.start = Math.max(0, now + view.clockOffset.ms);
    view.begun = true;
    view.urgency = 'request';
  }
  emitEvent(view, 'requested', { by: toWord(by, ['autoplay', 'api', 'play']) });
}

/** Playback goes on after a pause; or it was asked for in this way. */
export function play(view: View, signal: SignalOf<'play'>): void {
  request(view, 'play');
  settle(view);
  endPause(view);
  if (view.resumeDue) emitEvent(view, 'resume', { by: toWord(signal.by, ACTORS) });
  view.resumeDue = false;
}

/** The browser refused to play without a gesture: it was no attempt, and nobody waited. */
export function refuse(view: View): void {
  const { adBreakOn, launching, restState, totals } = view;
  view.asked = undefined;
  if (!view.running) return;
  if (totals.contentStarts > 0 || hasFailedToStart(view)) {
    // To play it again was refused: it is over as it was before.
    if (launching && !adBreakOn) exit(view, restState === FAILED ? 'failed' : 'ended');
    return;
  }
  if (totals.starts > 0) return;
  settle(view);
  revokeExit(view);
  stop(view);
  for (const draft of (view.attemptedIn || []).concat(view.draft)) {
    const { row } = draft;
    for (const measure of TIMES) {
      totals[measure] -= row[measure];
      row[measure] = 0;
    }
    row.durationMs = row.attempts = 0;
    sendAgain(view, draft);
  }
  totals.attempts = totals.adBreaks = 0;
  view.attemptedIn = undefined;
  view.running = false;
  view.restState = IDLE;
}

/** The first advance of a playhead, at the cursor: of an ad, or of the content. */
export function showFrame(view: View, of: 'content' | 'ad'): void {
  const { totals } = view;
  const isFirst = totals.starts === 0;
  const isContent = of === 'content';
  const isFirstContent = isContent && totals.contentStarts === 0;
  if (isContent) view.launching = false;
  if (!isFirst && !isFirstContent) return;
  if (!view.draft.endsAt) beginSlice(view);
  const valid = view.startupVoid ? 0 : 1;
  const contentMs = valid * toWaitedMs(view);
  const firstMs = contentMs + valid * totals.adMs;
  revokeExit(view); // Hidden before its start, and it started.
  view.attemptedIn = view.brokenBy = undefined;
  if (isFirst) add(view, { starts: 1, startups: valid, startupMs: firstMs });
  if (isFirstContent) {
    add(view, { contentStarts: 1, contentStartups: valid, contentStartupMs: contentMs });
  }
  const startupMs = valid ? (isContent ? contentMs : firstMs) : undefined;
  emitEvent(view, 'firstFrame', { of, startupMs, at: view.cursor });
  view.urgency = 'firstFrame';
}
