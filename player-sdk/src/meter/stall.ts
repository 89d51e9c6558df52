// Stalls: the playhead stood still while it was expected to move. Opened and closed by the playhead
// alone; a stall begins and ends at the cursor.
import type { Sample, StallHints } from '../contract/index.ts';
import { putKnown, toKnown, toNumber } from './bounds.ts';
import { emitEvent, endSpell } from './events.ts';
import { add } from './slices.ts';
import type { View } from './view.ts';

/** Without progress for that long, it is a stall. */
export const STALL_MS = 250;
/** That much ahead in the buffer, and it is the decoder that stands still. */
const FULL_MS = 2_000;
/** A stall so soon after a seek is told to be after it. */
const AFTER_SEEK_MS = 5_000;

export function openStall(view: View): void {
  if (view.stalling) return;
  add(view, { stalls: 1 });
  const told = emitEvent(view, 'stall', { hints: toHints(view), at: view.cursor });
  view.stalling = { told, sinceMs: view.totals.stalledMs };
  view.urgency = 'stall';
}

export function closeStall(view: View): void {
  endSpell(view, view.stalling, view.totals.stalledMs);
  view.stalling = undefined;
}

function toHints(view: View): StallHints {
  const { cursor } = view;
  const look: Partial<Sample> = view.lastSample || {};
  const bufferMs = toKnown(toNumber(look.bufferedEnd) - toNumber(look.position));
  return putKnown<StallHints>(
    {},
    {
      bufferMs,
      hidden: view.unseen || undefined,
      // The sample is of the last look; the stall began at the cursor.
      waitingMs: toKnown(toNumber(look.waitingMs) - (view.seenAt - cursor)),
      host: view.hostNow || undefined,
      pathway: view.pathwayNow || undefined,
      bitrate: view.onScreen?.bitrate,
      decoder: (bufferMs || 0) >= FULL_MS || undefined,
      afterSeek: cursor - view.seekEndedAt < AFTER_SEEK_MS || undefined,
    },
  );
}
