// Time that the page did not live through: frozen, in the back/forward cache, asleep. It is counted
// as suspended and as nothing else.
import type { SignalOf } from '../contract/index.ts';
import { toInteger } from './bounds.ts';
import { emitEvent } from './events.ts';
import { finish, revokeExit } from './exit.ts';
import { cutSlice } from './slices.ts';
import { bookGap, HOUR_MS, settle } from './time.ts';
import type { View } from './view.ts';

export function suspend(view: View): void {
  if (view.rest !== undefined || view.suspendedAt !== undefined) return;
  settle(view);
  view.suspendedAt = view.now;
}

export function resume(view: View): void {
  const { suspendedAt, now } = view;
  if (suspendedAt === undefined) return;
  settle(view);
  view.suspendedAt = undefined;
  view.seenAt = now;
  emitEvent(view, { type: 'suspended', durationMs: now - suspendedAt, at: suspendedAt });
  if (!view.hidden) revokeExit(view);
}

/** A clock reading. It labels the next slices; after a discontinuity the next one begins at once. */
export function setClock(view: View, signal: SignalOf<'clock'>): void {
  const clock = signal.source === 'device' ? 1 : 0;
  const time = toInteger(signal.time);
  if (signal.discontinuity !== true) {
    setOffset(view, { ms: time - view.now, clock });
    return;
  }
  const gapMs = toInteger(signal.gapMs);
  if (gapMs > HOUR_MS && view.begun) {
    finish(view, 'timeout');
    return;
  }
  if (view.rest === undefined) {
    settle(view);
    cutSlice(view);
  }
  view.gaps += gapMs;
  view.now += gapMs;
  setOffset(view, { ms: time - view.now, clock });
  if (view.rest === undefined) bookGap(view, view.now);
  else view.cursor = view.now;
  view.seenAt = view.now;
}

function setOffset(view: View, offset: View['offset']): void {
  offset.ms = Math.max(offset.ms, -view.cursor); // No label before 1970, however old the cursor is.
  view.nextOffset = offset;
  if (view.open.end > 0) return;
  view.offset = offset; // No slice is labelled by the old one any more.
  view.nextOffset = undefined;
}
