// Numbers and labels the events of a view. An event may be revised while it lasts; whoever emits it
// keeps it and hands it back.
import { type EventFacts, type EventType, LIMITS } from '../contract/index.ts';
import { type Loose, putKnown, toKnown } from './bounds.ts';
import { MAX_HELD_EVENTS, type OpenEvent, type Spell, type View } from './view.ts';

/** `at` is on the view's own time line, now unless given. */
export function emitEvent<T extends EventType>(
  view: View,
  type: T,
  facts: Loose<EventFacts[T]> & { readonly at?: number },
): OpenEvent {
  const { clockOffset, unsent } = view;
  const full = view.eventCount >= LIMITS.seq || (!view.begun && unsent.length >= MAX_HELD_EVENTS);
  const event = {
    type,
    seq: full ? -1 : view.eventCount++,
    rev: 0,
    at: view.now,
    ctx: view.ctx.rev,
  } as OpenEvent; // The facts are those of the type.
  const clock = clockOffset.clock ? 'device' : undefined;
  putKnown<object>(event, Object.assign({ pos: view.playhead, clock }, facts));
  event.at = Math.max(0, event.at + clockOffset.ms);
  if (full) view.lost += 1;
  else unsent.push(event);
  return event;
}

/** Changes an event that was made before; it goes out again, under a later revision. */
export function reviseEvent<T extends EventType>(
  view: View,
  event: OpenEvent,
  facts: Loose<Partial<EventFacts[T]>>,
): void {
  if (event.seq < 0) return;
  putKnown<object>(event, facts);
  if (view.unsent.indexOf(event) >= 0) return; // It has not been out yet.
  event.rev = Math.min(LIMITS.rev, event.rev + 1);
  view.unsent.push(event);
}

/** Tells how long it lasted, if it began; `nowMs` is the time in its state by now. */
export function endSpell(view: View, spell: Spell | undefined, nowMs: number): void {
  if (spell) reviseEvent<'stall'>(view, spell.told, { durationMs: toKnown(nowMs - spell.sinceMs) });
}

/** Takes what is to go out; nothing does before playback was requested. */
export function takeEvents(view: View): OpenEvent[] {
  if (!view.begun) return [];
  const events = view.unsent.map((event) => Object.assign({}, event));
  view.unsent = [];
  return events;
}
