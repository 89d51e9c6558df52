// Makes slices and events for the timeline's tests, with everything that a test does not name empty.
import { type EventRow, type SliceRow, TIMED_STATES, type ViewRows } from './viewRows.ts';

/** Its number is its time: tests that need another one spread it. */
export function madeEvent(at: number, type: string, facts: Record<string, unknown> = {}): EventRow {
  return { seq: at, at, type, position: null, facts };
}

export function madeSlice(
  part: Partial<SliceRow> & { readonly from: number; readonly to: number },
): SliceRow {
  const none = Object.fromEntries(TIMED_STATES.map((state) => [state, 0])) as SliceRow['states']; // Every state.
  return {
    k: 0,
    open: false,
    buffer: null,
    latency: null,
    host: '',
    pathway: '',
    bytes: 0,
    requests: 0,
    requestFailures: 0,
    renditions: [],
    ...part,
    states: { ...none, ...part.states },
  };
}

export function madeRows(part: Partial<ViewRows> & { readonly to: number }): ViewRows {
  return { slices: [], events: [], from: 0, ...part };
}
