// Cuts the view into slices: begins them on the 10 s grid of corrected time, closes them, counts
// into them, and hands them out with a revision each. A number counted here is in the summary too.
import {
  CELL_MS,
  type Cell,
  CUTS_PER_CELL,
  encodeDelivery,
  LIMITS,
  MIXED,
  PLAY_STATES,
  type PlayState,
  SLICE_POSITIONS,
  type Slice,
  SUMMARY_POSITIONS,
} from '../contract/index.ts';
import { createDraft, type Draft, type Measure, stateOf, type View } from './view.ts';

/** A closed slice waits that long: what is found out late still gets into it. */
export const WAIT_MS = 1_000;

/** What the summary counts under a slice's name. */
const SHARED: readonly Measure[] = SUMMARY_POSITIONS.filter(
  ([name, kind]) =>
    /^(ms|bits|bytes|count)$/.test(kind) &&
    SLICE_POSITIONS.some((position) => position[0] === name),
).map(([name]) => name as Measure); // By the filter above.

/** Counts in the open slice and in the summary. */
export function add(view: View, measure: Measure, amount: number): void {
  if (view.open.end === 0 && view.rest === undefined) beginSlice(view);
  view.open.row[measure] += amount;
  if (view.open.end > 0) view.totals[measure] += amount;
}

/** Gives the open slice its number and its start: the cursor. What it holds already now counts. */
export function beginSlice(view: View): void {
  const { open, cursor, totals } = view;
  const { row } = open;
  view.offset = view.nextOffset ?? view.offset;
  view.nextOffset = undefined;
  row.k = view.sliceCount++;
  row.start = Math.max(0, cursor + view.offset.ms);
  row.clock = view.offset.clock;
  row.ctx = view.ctx.rev;
  row.host = view.host;
  row.pathway = view.pathway;
  open.end = cursor + CELL_MS - (row.start % CELL_MS);
  for (const measure of SHARED) totals[measure] += row[measure];
}

/** Closes the open slice at the cursor; `state` is the one that it ends in. */
export function closeSlice(view: View, state: PlayState = stateOf(view)): void {
  const { open, cursor } = view;
  putEnd(view, state);
  open.closedAt = cursor;
  if (cursor >= open.end) view.cuts = 0;
  view.waiting.push(open);
  view.open = createDraft();
}

/** Ends the slice early, at the cursor; false where its cell has been cut often enough. */
export function cutSlice(view: View): boolean {
  if (view.open.end === 0) return true;
  if (view.cuts >= CUTS_PER_CELL) return false;
  view.cuts += 1;
  closeSlice(view);
  return true;
}

/** A slice that may have gone out was changed: it goes again, under a later revision. */
export function sendAgain(view: View, draft: Draft | undefined): void {
  const { open, waiting } = view;
  if (draft && draft !== open && waiting.indexOf(draft) < 0) waiting.push(draft);
}

/** Another host or pathway is in force from the cursor on. */
export function changePathway(view: View, host: string, pathway: string): void {
  if (host === view.host && pathway === view.pathway) return;
  view.host = host;
  view.pathway = pathway;
  if (view.rest !== undefined) return; // The next slice will name it.
  const { row } = view.open;
  const used = row.durationMs > 0;
  if (used && cutSlice(view)) return;
  row.host = used ? MIXED : host;
  row.pathway = used ? MIXED : pathway;
}

/** Takes the closed slices that have waited long enough; all of them once the view is over. */
export function takeSlices(view: View): Slice[] {
  const { over, now, open, waiting } = view;
  if (over && open.end > 0) closeSlice(view);
  if (waiting.length === 0) return [];
  const isDue = (draft: Draft) => over || draft.closedAt + WAIT_MS <= now;
  view.waiting = waiting.filter((draft) => !isDue(draft));
  return waiting.filter(isDue).map((draft) => toSlice(draft, 0));
}

/** Shows what takeSlices() does not give yet. */
export function peekSlices(view: View): Slice[] {
  const slices = view.waiting.map((draft) => toSlice(draft, 0));
  if (view.open.end > 0) {
    putEnd(view, stateOf(view));
    slices.push(toSlice(view.open, view.rest === undefined ? 1 : 0));
  }
  return slices;
}

function putEnd(view: View, state: PlayState): void {
  const { row } = view.open;
  row.endState = PLAY_STATES.indexOf(state);
  row.endHidden = view.hidden ? 1 : 0;
  row.endPosition = view.position ?? 0;
}

/** A copy to send. Whatever is sent later of the same slice has a later revision. */
function toSlice({ row, renditions, deliveries, ranges }: Draft, open: number): Slice {
  const slice = {
    ...row,
    open,
    renditions: renditions.map((entry) => entry.slice()),
    deliveries: deliveries.map(encodeDelivery),
    ranges: ranges.map(([from, to]): Cell => [from, to]),
  };
  row.rev = Math.min(LIMITS.rev, row.rev + 1);
  return slice;
}
