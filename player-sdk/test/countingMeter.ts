// A meter that only counts time, with the labels, cuts and revisions of the real one: open and closed
// slices, one event for each, and a summary that repeats the view's start.
import type { ViewEvent } from '../src/contract/event.ts';
import { CELL_MS, decodeSlice, type Slice } from '../src/contract/slice.ts';
import { decodeSummary } from '../src/contract/summary.ts';
import type { Clock } from '../src/platform/clock.ts';

export function createCountingMeter(now: () => number, clock: Clock) {
  let k = 0;
  let at = now();
  const read = () => ({
    offset: clock.time(at) - at,
    clock: clock.source() === 'device' ? 1 : 0,
  });
  let frame = read();
  const viewStart = Math.round(at + frame.offset);
  let rev = -1;
  let closed: Slice[] = [];
  let events: ViewEvent[] = [];

  const toSlice = (end: number, open: number): Slice => {
    const durationMs = Math.round(end) - Math.round(at);
    rev += 1;
    const start = Math.round(at + frame.offset);
    return {
      ...decodeSlice([]),
      k,
      rev,
      start,
      clock: frame.clock,
      open,
      durationMs,
      playingMs: durationMs,
    };
  };
  const cut = (end: number): void => {
    if (Math.round(end) === Math.round(at) && rev < 0) return;
    const slice = toSlice(end, 0);
    closed.push(slice);
    events.push(toEvent(slice));
    k += 1;
    rev = -1;
    at = end;
  };
  return {
    made: () => k,
    /** Cuts at every cell border up to now; a new clock reading counts from the next cut. */
    tick() {
      for (;;) {
        const border = at + CELL_MS - (Math.round(at + frame.offset) % CELL_MS);
        if (border > now()) return;
        cut(border);
        frame = read();
      }
    },
    /** A discontinuity: what was before keeps its frame, what follows has another. */
    breakHere(before: (rows: { slices: Slice[]; events: ViewEvent[] }) => void) {
      before({ slices: [...closed, toSlice(now(), 1)], events });
      cut(now());
      at = now();
      frame = read();
    },
    take() {
      const slices = [...closed, toSlice(now(), 1)];
      const taken = { slices, events };
      closed = [];
      events = [];
      const last = Math.max(viewStart, Math.round(now() + frame.offset));
      const { clock } = frame;
      const known = { start: viewStart, clock, last, rev: Math.min(k, 60_000) };
      return { ...taken, summary: { ...decodeSummary([]), ...known } };
    },
  };
}

function toEvent({ k, start, clock }: Slice): ViewEvent {
  const mark = clock === 1 ? { clock: 'device' as const } : {};
  return { type: 'resume', by: 'user', seq: k, rev: 0, at: start, ctx: 0, ...mark };
}
