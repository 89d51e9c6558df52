// How a view ends, for now or for good: finished, left, failed, replaced, timed out, hidden. An exit
// is taken back, from its slice and from the summary, when the view goes on.
import { EXIT_KINDS, type ExitKind, type SignalOf } from '../contract/index.ts';
import { toText, toWord } from './bounds.ts';
import { emitEvent, reviseEvent } from './events.ts';
import { endPause } from './pause.ts';
import { add, addTo, sendAgain } from './slices.ts';
import { closeStall } from './stall.ts';
import { ENDED, FAILED, IDLE } from './state.ts';
import { settle } from './time.ts';
import type { Amounts, View } from './view.ts';

/** Notes an exit at this moment; one that was noted before is superseded. */
export function exit(view: View, kind: ExitKind): void {
  const provisional = kind === 'hidden' || undefined;
  if (!view.running) return; // Ended before, or never asked for.
  if (provisional && view.notedExit) return;
  if (!provisional) settle(view);
  revokeExit(view);
  const { brokenBy, totals } = view;
  if (brokenBy && !provisional) countFailure(view, brokenBy);
  const amounts: Amounts =
    totals.starts > 0 || hasFailedToStart(view)
      ? { exits: 1 }
      : { exits: 1, exitsBeforeStart: 1, waitedMs: toWaitedMs(view) + totals.adMs };
  add(view, amounts);
  totals.exitKind = view.draft.row.exitKind = EXIT_KINDS.indexOf(kind);
  const told = emitEvent(view, 'exit', { kind, provisional });
  view.notedExit = { noted: view.draft, told, amounts };
  view.urgency = provisional ? 'hidden' : 'end';
  if (provisional) return;
  stop(view);
  view.running = false;
  view.restState = kind === 'failed' ? FAILED : ENDED;
}

export function hasFailedToStart({ totals }: View): boolean {
  return totals.startFailures + totals.startFailuresBusiness > 0;
}

/** Waited for the first frame so far, ads apart. */
export function toWaitedMs({ totals }: View): number {
  return totals.startingMs + totals.seekingMs + totals.stalledMs;
}

/** Whatever was under way is not any more. */
export function stop(view: View): void {
  closeStall(view);
  if (view.adBreakOn) view.adBreakOn.close();
  view.adTail = false;
  endPause(view);
  view.seekingOn = undefined;
  view.suspendedAt = undefined;
  view.launching = false;
  view.resumeDue = false;
}

/** The view goes on: no exit. */
export function revokeExit(view: View): void {
  const { notedExit, totals } = view;
  if (!notedExit) return;
  const { row } = notedExit.noted;
  addTo(row, notedExit.amounts, -1);
  addTo(totals, notedExit.amounts, -1);
  row.exitKind = totals.exitKind = 0;
  sendAgain(view, notedExit.noted);
  reviseEvent<'exit'>(view, notedExit.told, { kind: 'none' });
  view.notedExit = undefined;
}

/** Ends the view for good: what follows belongs to another one. */
export function finish(view: View, kind: ExitKind): void {
  exit(view, kind);
  view.isOver = true;
}

/** An error. A fatal one ends the attempt: a failure to start before the first frame, else to play. */
export function foldError(view: View, error: SignalOf<'error'>): void {
  const fatal = error.fatal === true;
  const code = toText(error.code) || '';
  if (fatal) settle(view);
  emitEvent(view, 'error', {
    fatal,
    category: toWord(error.category, CATEGORIES),
    code,
    message: toText(error.message, 500),
    business: isBusiness(error) || undefined,
  });
  if (!fatal) return;
  view.brokenBy = view.running || view.restState !== IDLE ? undefined : error;
  if (!view.running) return;
  countFailure(view, error);
  exit(view, 'failed');
  view.urgency = 'error';
}

function countFailure(view: View, error: SignalOf<'error'>): void {
  const { totals } = view;
  const business = isBusiness(error);
  // A view fails once in each way, however often it is retried.
  if (totals.starts > 0) {
    if (business) add(view, { playFailuresBusiness: 1 - totals.playFailuresBusiness });
    else add(view, { playFailures: 1 - totals.playFailures });
  } else if (business) add(view, { startFailuresBusiness: 1 - totals.startFailuresBusiness });
  else add(view, { startFailures: 1 - totals.startFailures });
  totals.errorCode = toText(error.code) || '';
}

function isBusiness({ business, category }: SignalOf<'error'>): boolean {
  return business === true || category === 'business';
}

const CATEGORIES = ['network', 'media', 'drm', 'manifest', 'business', 'ad', 'unknown'] as const;
