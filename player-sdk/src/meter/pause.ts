// Pauses, by whom, and what ends them. The playhead is not expected to move in a pause.
import type { SignalOf } from '../contract/index.ts';
import { toWord } from './bounds.ts';
import { emitEvent, endSpell } from './events.ts';
import { closeStall } from './stall.ts';
import { settle } from './time.ts';
import type { View } from './view.ts';

export const ACTORS = ['user', 'player', 'browser', 'unknown'] as const;

/** Browsers pause what plays when they freeze a page, and say so once it is awake. */
const AWAKE_MS = 500;

export function pause(view: View, signal: SignalOf<'pause'>): void {
  const awoke = view.now - Number(view.resumedAt) < AWAKE_MS;
  const by = awoke ? 'browser' : toWord(signal.by, ACTORS);
  view.asked = undefined;
  if (!view.running || view.pausing) return;
  const { adBreakOn, adOn } = view;
  // Before an ad plays, the content makes room for it.
  if (adBreakOn && !(adOn && adOn.sinceMs >= 0)) return;
  settle(view);
  closeStall(view);
  if (by === 'user' && view.totals.contentStarts === 0) view.startupVoid = true;
  view.halted = true;
  view.pausing = { told: emitEvent(view, 'pause', { by }), sinceMs: view.totals.pausedMs };
}

/** The playhead is expected to move again, from the cursor on. */
export function endPause(view: View): void {
  if (!view.halted) return;
  view.halted = false;
  view.seenAt = Math.max(view.seenAt, view.cursor);
  if (view.pausing) view.resumeDue = true;
  endSpell(view, view.pausing, view.totals.pausedMs);
  view.pausing = undefined;
}
