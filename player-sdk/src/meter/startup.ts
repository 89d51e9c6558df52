// The playback request, its refusal and the first frame: when a view begins, and how long it took.
import { type Actor, type SignalOf, TIMED_STATES } from '../contract/index.ts';
import { toWord } from './bounds.ts';
import { emitEvent } from './events.ts';
import { revokeExit, stop } from './exit.ts';
import { ACTORS, endPause } from './pause.ts';
import { add, beginSlice, cutSlice, sendAgain } from './slices.ts';
import { settle } from './time.ts';
import type { Measure, View } from './view.ts';

/** Playback was asked for: the attempt, or the view going on after its end. */
export function request(view: View, by: SignalOf<'request'>['by']): void {
  if (view.rest === undefined) return; // It is under way since an earlier request.
  revokeExit(view);
  const again = view.rest !== 'idle';
  if (view.rest === 'failed' && view.totals.starts === 0) view.startupVoid = true;
  if (again) cutSlice(view);
  view.rest = undefined;
  view.launching = true;
  view.paused = false;
  view.cursor = view.now;
  view.seenAt = view.now;
  if (!again) {
    view.startupVoid = false;
    add(view, 'attempts', 1);
    view.attempt = view.open;
    view.totals.start = Math.max(0, view.now + view.offset.ms);
    view.begun = true;
    view.urgent = 'request';
  }
  emitEvent(view, { type: 'requested', by: toWord(by, ['autoplay', 'api', 'play']) });
}

/** Playback goes on after a pause; or it was asked for in this way. */
export function play(view: View, actor: Actor): void {
  if (view.rest !== undefined) request(view, 'play');
  settle(view);
  endPause(view);
  if (view.resumeDue) emitEvent(view, { type: 'resume', by: toWord(actor, ACTORS) });
  view.resumeDue = false;
}

/** The browser refused to play without a gesture: it was no attempt, and nobody waited. */
export function refuse(view: View): void {
  if (view.rest !== undefined || view.totals.starts > 0) return;
  settle(view);
  revokeExit(view);
  stop(view);
  const measures: Measure[] = ['attempts', 'hiddenMs'];
  for (const state of TIMED_STATES) measures.push(`${state}Ms`);
  sendAgain(view, view.attempt);
  view.attempt = undefined;
  for (const { row } of view.waiting.concat(view.open)) {
    for (const measure of measures) {
      view.totals[measure] -= row[measure];
      row[measure] = 0;
    }
    row.durationMs = 0;
  }
  view.rest = 'idle';
}

/** The first advance of a playhead, at the cursor: of an ad, or of the content. */
export function showFrame(view: View, of: 'content' | 'ad'): void {
  const { totals } = view;
  const isFirst = totals.starts === 0;
  const isContent = of === 'content' && totals.contentStarts === 0;
  if (of === 'content') view.launching = false;
  if (!isFirst && !isContent) return;
  if (view.open.end === 0) beginSlice(view);
  const waitedMs = totals.startingMs + totals.seekingMs + totals.stalledMs;
  const startupMs = of === 'ad' ? waitedMs + totals.adMs : waitedMs;
  const valid = view.startupVoid ? 0 : 1;
  revokeExit(view); // Hidden before its start, and it started.
  view.attempt = undefined;
  if (isFirst) {
    add(view, 'starts', 1);
    add(view, 'startups', valid);
    add(view, 'startupMs', valid * (waitedMs + totals.adMs));
  }
  if (isContent) {
    add(view, 'contentStarts', 1);
    add(view, 'contentStartups', valid);
    add(view, 'contentStartupMs', valid * waitedMs);
  }
  emitEvent(view, { type: 'firstFrame', of, ...(valid > 0 && { startupMs }), at: view.cursor });
  view.urgent = 'firstFrame';
}
