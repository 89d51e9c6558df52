// Numbers and labels the events of a view. An event may be revised while it lasts; whoever emits it
// keeps it and hands it back.
import { type EventFacts, type EventType, LIMITS } from '../contract/index.ts';
import { MAX_HELD_EVENTS, type OpenEvent, type View } from './view.ts';

/** What an event says; `at` is on the view's own time line, now unless given. */
type News<T extends EventType> = { readonly type: T; readonly at?: number } & EventFacts[T];

export function emitEvent<T extends EventType>(view: View, news: News<T>): OpenEvent {
  const full = view.eventCount >= LIMITS.seq;
  const { position } = view;
  const event = {
    ...news,
    seq: full ? -1 : view.eventCount,
    rev: 0,
    at: Math.max(0, (news.at ?? view.now) + view.offset.ms),
    ctx: view.ctx.rev,
    ...(position !== undefined && { pos: position }),
    ...(view.offset.clock > 0 && { clock: 'device' }),
  } as OpenEvent; // The facts are those of the type.
  if (full || (!view.begun && view.events.length >= MAX_HELD_EVENTS)) {
    view.lost += 1;
    event.seq = -1;
    return event;
  }
  view.eventCount += 1;
  view.events.push(event);
  return event;
}

/** Changes an event that was made before; it goes out again, under a later revision. */
export function reviseEvent<T extends EventType>(
  view: View,
  event: OpenEvent,
  facts: Partial<EventFacts[T]>,
): void {
  if (event.seq < 0) return;
  Object.assign(event, facts);
  if (view.events.indexOf(event) >= 0) return; // It has not been out yet.
  event.rev = Math.min(LIMITS.rev, event.rev + 1);
  view.events.push(event);
}

/** Takes what is to go out; nothing does before playback was requested. */
export function takeEvents(view: View): OpenEvent[] {
  if (!view.begun) return [];
  const events = view.events.map((event) => ({ ...event }));
  view.events = [];
  return events;
}
