// Seeks. The viewer's are timed from the first one to the playhead moving again, however often the
// target changes meanwhile; in a pause, to the frame at the target. The player's are not counted.
import type { EventFacts } from '../contract/index.ts';
import { emitEvent, reviseEvent } from './events.ts';
import { add } from './slices.ts';
import { closeStall } from './stall.ts';
import { settle } from './time.ts';
import type { View } from './view.ts';

/** The viewer seeks, or seeks again before the last one came to anything. */
export function openSeek(view: View, facts: EventFacts['seek']): void {
  const { seekingOn } = view;
  settle(view);
  closeStall(view);
  view.adTail = false;
  if (seekingOn) {
    reviseEvent<'seek'>(view, seekingOn.told, { to: facts.to });
    return;
  }
  add(view, { seeks: 1 });
  view.seekingOn = { told: emitEvent(view, 'seek', facts), sinceMs: view.totals.seekingMs };
}

/** The playhead moves again, or the frame at the target is there: at the cursor. */
export function closeSeek(view: View): void {
  const { seekingOn } = view;
  if (!seekingOn) return;
  const latencyMs = view.totals.seekingMs - seekingOn.sinceMs;
  add(view, { seekLatencyMs: latencyMs, seeksTimed: 1 });
  reviseEvent<'seek'>(view, seekingOn.told, { latencyMs });
  view.seekingOn = undefined;
  view.seekEndedAt = view.cursor;
}
