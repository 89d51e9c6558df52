// Cuts the view into slices: begins them on the 10 s grid of corrected time, closes them, counts
// into them, and hands them out with a revision each. A number counted here is in the summary too.
import {
  CELL_MS,
  type Cell,
  CUTS_PER_CELL,
  createSlice,
  encodeDelivery,
  LIMITS,
  MIXED,
  type Slice,
} from '../contract/index.ts';
import type { Measure } from './state.ts';
import { type Amounts, createDraft, type Draft, stateOf, type View } from './view.ts';

/** A closed slice waits that long: what is found out late still gets into it. */
export const WAIT_MS = 1_000;

/** Counts in the open slice and in the summary. */
export function add(view: View, amounts: Amounts): void {
  if (view.running && !view.draft.endsAt) beginSlice(view);
  addTo(view.draft.row, amounts);
  if (view.draft.endsAt) addTo(view.totals, amounts);
}

/** Counts the amounts so many times; −1 takes them back. */
export function addTo<M extends string>(
  row: { [N in NoInfer<M>]: number },
  amounts: { readonly [N in M]?: number | undefined },
  times = 1,
): void {
  for (const name of Object.keys(amounts) as M[]) row[name] += (amounts[name] || 0) * times;
}

/** Gives the open slice its number and its start: the cursor. What it holds already now counts. */
export function beginSlice(view: View): void {
  const { draft, cursor, totals } = view;
  const { row } = draft;
  for (const measure of Object.keys(totals) as Measure[]) {
    if (row[measure] > 0) totals[measure] += row[measure]; // Nothing but counts is in it yet.
  }
  const offset = view.nextOffset ?? view.clockOffset;
  view.clockOffset = offset;
  view.nextOffset = undefined;
  row.k = view.sliceCount++;
  row.start = Math.max(0, cursor + offset.ms);
  row.clock = offset.clock;
  row.ctx = view.ctx.rev;
  row.host = view.hostNow;
  row.pathway = view.pathwayNow;
  draft.endsAt = cursor + CELL_MS - (row.start % CELL_MS);
}

/** Closes the open slice at the cursor; `state` is the one that it ends in. */
export function closeSlice(view: View, state: number = stateOf(view)): void {
  const { draft, cursor } = view;
  putEnd(view, state);
  draft.closedAt = cursor;
  if (cursor >= draft.endsAt) view.cuts = 0;
  view.closedDrafts.push(draft);
  view.attemptedIn?.push(draft);
  view.draft = createDraft();
}

/** Ends the slice early, at the cursor; false where its cell has been cut often enough. */
export function cutSlice(view: View): boolean {
  if (!view.draft.endsAt) return true;
  if (view.cuts >= CUTS_PER_CELL) return false;
  view.cuts += 1;
  closeSlice(view);
  return true;
}

/** A slice that may have gone out was changed: it goes again, under a later revision. */
export function sendAgain(view: View, draft: Draft): void {
  if (draft !== view.draft && view.closedDrafts.indexOf(draft) < 0) view.closedDrafts.push(draft);
}

/** Another host or pathway is in force from the cursor on. */
export function changePathway(view: View, host: string, pathway: string): void {
  if (host === view.hostNow && pathway === view.pathwayNow) return;
  view.hostNow = host;
  view.pathwayNow = pathway;
  if (!view.running) return; // The next slice will name it.
  const { row } = view.draft;
  // The first that is told was in force before it was told.
  const used = row.durationMs > 0 && row.host + row.pathway !== '';
  if (used && cutSlice(view)) return;
  row.host = used ? MIXED : host;
  row.pathway = used ? MIXED : pathway;
}

/** Takes the closed slices that have waited long enough; all of them once the view is over. */
export function takeSlices(view: View): Slice[] {
  if (view.isOver && view.draft.endsAt) closeSlice(view);
  const due: Slice[] = [];
  view.closedDrafts = view.closedDrafts.filter((draft) => {
    if (!view.isOver && draft.closedAt + WAIT_MS > view.now) return true;
    due.push(toSlice(draft, 0));
    return false;
  });
  return due;
}

/** Shows what takeSlices() does not give yet. */
export function peekSlices(view: View): Slice[] {
  const slices = view.closedDrafts.map((draft) => toSlice(draft, 0));
  if (view.draft.endsAt) {
    putEnd(view, stateOf(view));
    slices.push(toSlice(view.draft, view.running ? 1 : 0));
  }
  return slices;
}

function putEnd(view: View, state: number): void {
  const { row } = view.draft;
  row.endState = state;
  row.endHidden = view.unseen ? 1 : 0;
  row.endPosition = view.playhead || 0;
}

/** A copy to send. Whatever is sent later of the same slice has a later revision. */
function toSlice({ row, shown, delivered, spans }: Draft, open: number): Slice {
  const slice = Object.assign(createSlice(), row, {
    open,
    renditions: shown.map((entry) => entry.slice()),
    deliveries: delivered.map((delivery) =>
      encodeDelivery(
        Object.assign(delivery.row, {
          ttfbHistogram: toHistogram(delivery.ttfb),
          throughputHistogram: toHistogram(delivery.throughput),
        }),
      ),
    ),
    ranges: spans.map((span): Cell => span.slice(0, 2)),
  });
  row.rev = Math.min(LIMITS.rev, row.rev + 1);
  return slice;
}

/** Flat; forEach() leaves holes out. */
function toHistogram(counts: readonly number[]): number[] {
  const histogram: number[] = [];
  counts.forEach((count, bucket) => {
    histogram.push(bucket, count);
  });
  return histogram;
}
