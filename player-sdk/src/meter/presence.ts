// Whether the page is seen, and when it or its player goes. Hidden may be the end: an exit is noted,
// and taken back when the viewer returns.
import type { SignalOf } from '../contract/index.ts';
import { emitEvent } from './events.ts';
import { exit, finish, revokeExit } from './exit.ts';
import { beginAsked } from './startup.ts';
import { later } from './time.ts';
import type { View } from './view.ts';

export function setVisibility(view: View, signal: SignalOf<'visibility'>): void {
  const hidden = signal.hidden === true;
  if (hidden === view.unseenNow) return;
  view.unseenNow = hidden;
  if (!hidden) {
    view.neverSeen = false;
    beginAsked(view);
  }
  emitEvent(view, 'visibility', { hidden });
  if (hidden) exit(view, 'hidden');
  else if (view.running) revokeExit(view);
  later(view, () => {
    view.unseen = hidden;
  });
}

export function detach(view: View, { reason }: SignalOf<'detach'>): void {
  if (reason === 'hidden') exit(view, reason);
  else finish(view, reason === 'timeout' ? reason : 'left');
}
