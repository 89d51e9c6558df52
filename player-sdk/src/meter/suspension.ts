// Time that the page did not live through: frozen, in the back/forward cache, asleep. It is counted
// as suspended and as nothing else.
import type { SignalFacts } from '../contract/index.ts';
import { toInteger } from './bounds.ts';
import { emitEvent } from './events.ts';
import { finish, revokeExit } from './exit.ts';
import { cutSlice } from './slices.ts';
import { bookGap, HOUR_MS, settle } from './time.ts';
import type { View } from './view.ts';

export function suspend(view: View): void {
  if (!view.running || view.suspendedAt !== undefined) return;
  settle(view);
  view.suspendedAt = view.now;
}

export function resume(view: View): void {
  const { suspendedAt, now } = view;
  if (suspendedAt === undefined) return;
  settle(view);
  view.suspendedAt = undefined;
  view.resumedAt = view.seenAt = now;
  emitEvent(view, 'suspended', { durationMs: now - suspendedAt, at: suspendedAt });
  if (!view.unseen) revokeExit(view);
}

/** A clock reading. It labels the next slices; after a discontinuity the next one begins at once. */
export function setClock(view: View, signal: SignalFacts['clock']): void {
  const stepped = signal.discontinuity === true;
  const gapMs = stepped ? toInteger(signal.gapMs) : 0;
  if (gapMs > HOUR_MS && view.begun) {
    finish(view, 'timeout');
    return;
  }
  if (stepped && view.running) {
    settle(view);
    cutSlice(view);
  }
  view.gapsMs += gapMs;
  view.now += gapMs;
  view.nextOffset = {
    // No label before 1970, however old the cursor is.
    ms: Math.max(toInteger(signal.time) - view.now, -view.cursor),
    clock: signal.source === 'device' ? 1 : 0,
  };
  if (!view.draft.endsAt) {
    view.clockOffset = view.nextOffset; // No slice is labelled by the old one any more.
    view.nextOffset = undefined;
  }
  if (!stepped) return;
  if (view.running && view.suspendedAt === undefined) bookGap(view);
  else settle(view); // At rest, or its return will tell of it.
  view.seenAt = view.now;
}
