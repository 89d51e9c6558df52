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
  if (view.restState !== undefined || view.pausing) return;
  if (view.adBreakOn && by !== 'user') return; // The content makes room for the ad.
  settle(view);
  closeStall(view);
  if (by === 'user' && view.totals.contentStarts === 0) view.startupVoid = true;
  view.halted = true;
  view.pausing = { told: emitEvent(view, 'pause', { by }), sinceMs: view.totals.pausedMs };
}

/** The playhead is expected to move again, from the cursor on. */
export function endPause(view: View): void {
  const { pausing } = view;
  if (!view.halted) return;
  view.halted = false;
  view.seenAt = Math.max(view.seenAt, view.cursor);
  if (pausing === undefined) return;
  reviseEvent<'pause'>(view, pausing.told, {
    durationMs: view.totals.pausedMs - pausing.sinceMs,
  });
  view.pausing = undefined;
  view.resumeDue = true;
}
