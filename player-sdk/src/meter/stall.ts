// Stalls: the playhead stood still while it was expected to move. Opened and closed by the playhead
// alone; a stall begins and ends at the cursor.
import type { StallHints } from '../contract/index.ts';
import { toFacts, toKnown } from './bounds.ts';
import { emitEvent, reviseEvent } from './events.ts';
import { add } from './slices.ts';
import type { View } from './view.ts';

/** Without progress for that long, it is a stall. */
export const STALL_MS = 250;
/** That much ahead in the buffer, and it is the decoder that stands still. */
const FULL_MS = 2_000;
/** A stall so soon after a seek is told to be after it. */
const AFTER_SEEK_MS = 5_000;

export function openStall(view: View): void {
  if (view.stall !== undefined) return;
  add(view, 'stalls', 1);
  const event = emitEvent(view, { type: 'stall', hints: toHints(view), at: view.cursor });
  view.stall = { event, since: view.totals.stalledMs };
  view.urgent = 'stall';
}

export function closeStall(view: View): void {
  if (view.stall === undefined) return;
  const durationMs = view.totals.stalledMs - view.stall.since;
  reviseEvent<'stall'>(view, view.stall.event, { durationMs });
  view.stall = undefined;
}

function toHints(view: View): StallHints {
  const { sample, rendition } = view;
  const bufferMs = sample && toKnown((sample.bufferedEnd ?? Number.NaN) - sample.position);
  return toFacts({
    bufferMs,
    hidden: view.hidden || undefined,
    // The sample is of now; the stall began at the cursor.
    waitingMs: toKnown((sample?.waitingMs ?? Number.NaN) - (view.now - view.cursor)),
    host: view.host,
    pathway: view.pathway,
    bitrate: rendition?.bitrate,
    decoder: (bufferMs !== undefined && bufferMs >= FULL_MS) || undefined,
    afterSeek: view.cursor - view.seekEndedAt < AFTER_SEEK_MS || undefined,
  });
}
