// Pauses, by whom, and what ends them. The playhead is not expected to move in a pause.
import type { Actor } from '../contract/index.ts';
import { toWord } from './bounds.ts';
import { emitEvent, reviseEvent } from './events.ts';
import { closeStall } from './stall.ts';
import { settle } from './time.ts';
import type { View } from './view.ts';

export const ACTORS = ['user', 'player', 'browser', 'unknown'] as const;

export function pause(view: View, actor: Actor): void {
  const by = toWord(actor, ACTORS);
  if (view.rest !== undefined || view.pauseEvent !== undefined) return;
  if (view.adBreak !== undefined && by !== 'user') return; // The content makes room for the ad.
  settle(view);
  closeStall(view);
  if (by === 'user' && view.totals.contentStarts === 0) view.startupVoid = true;
  view.paused = true;
  view.pauseEvent = emitEvent(view, { type: 'pause', by });
  view.pausedSince = view.totals.pausedMs;
}

/** The playhead is expected to move again, from the cursor on. */
export function endPause(view: View): void {
  if (!view.paused) return;
  view.paused = false;
  view.seenAt = Math.max(view.seenAt, view.cursor);
  if (view.pauseEvent === undefined) return;
  const durationMs = view.totals.pausedMs - view.pausedSince;
  reviseEvent<'pause'>(view, view.pauseEvent, { durationMs });
  view.pauseEvent = undefined;
  view.resumeDue = true;
}
