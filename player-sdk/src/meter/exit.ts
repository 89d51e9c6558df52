// How a view ends, for now or for good: finished, left, failed, replaced, timed out, hidden. An exit
// is taken back, from its slice and from the summary, when the view goes on.
import { EXIT_KINDS, type ExitKind, type SignalOf } from '../contract/index.ts';
import { closeBreak } from './adBreak.ts';
import { toFacts, toText, toWord } from './bounds.ts';
import { emitEvent, reviseEvent } from './events.ts';
import { endPause } from './pause.ts';
import { add, sendAgain } from './slices.ts';
import { closeStall } from './stall.ts';
import { settle } from './time.ts';
import type { Measure, View } from './view.ts';

/** Notes an exit at this moment; one that was noted before is superseded. */
export function exit(view: View, kind: ExitKind): void {
  if (view.rest !== undefined) return; // Ended before, or never asked for.
  if (kind === 'hidden' && view.exit !== undefined) return;
  settle(view);
  revokeExit(view);
  const { totals } = view;
  const counts: [Measure, number][] = [['exits', 1]];
  if (totals.starts + totals.startFailures + totals.startFailuresBusiness === 0) {
    const waitedMs = totals.startingMs + totals.seekingMs + totals.stalledMs + totals.adMs;
    counts.push(['exitsBeforeStart', 1], ['waitedMs', waitedMs]);
  }
  for (const [measure, amount] of counts) add(view, measure, amount);
  totals.exitKind = view.open.row.exitKind = EXIT_KINDS.indexOf(kind);
  const provisional = kind === 'hidden';
  const event = emitEvent(view, { type: 'exit', kind, ...(provisional && { provisional }) });
  view.exit = { draft: view.open, event, counts };
  view.urgent = provisional ? 'hidden' : 'end';
  if (provisional) return;
  stop(view);
  view.rest = kind === 'failed' ? 'failed' : 'ended';
}

/** Whatever was under way is not any more. */
export function stop(view: View): void {
  closeStall(view);
  closeBreak(view);
  endPause(view);
  view.seek = undefined;
  view.suspendedAt = undefined;
  view.launching = false;
  view.resumeDue = false;
}

/** The view goes on: no exit. */
export function revokeExit(view: View): void {
  if (view.exit === undefined) return;
  const { draft, event, counts } = view.exit;
  for (const [measure, amount] of counts) {
    draft.row[measure] -= amount;
    view.totals[measure] -= amount;
  }
  draft.row.exitKind = view.totals.exitKind = 0;
  sendAgain(view, draft);
  reviseEvent<'exit'>(view, event, { kind: 'none' });
  view.exit = undefined;
}

/** Ends the view for good: what follows belongs to another one. */
export function finish(view: View, kind: ExitKind): void {
  exit(view, kind);
  view.over = true;
}

/** An error. A fatal one ends the attempt: a failure to start before the first frame, else to play. */
export function foldError(view: View, error: SignalOf<'error'>): void {
  const fatal = error.fatal === true;
  const business = error.business === true;
  const code = toText(error.code);
  if (fatal) settle(view);
  emitEvent(view, {
    type: 'error',
    fatal,
    category: toWord(error.category, CATEGORIES),
    code,
    ...toFacts({ message: toText(error.message, 500), business: business || undefined }),
  });
  if (!fatal || view.rest !== undefined) return;
  const stage = view.totals.starts > 0 ? 'playFailures' : 'startFailures';
  const measure: Measure = business ? `${stage}Business` : stage;
  if (view.totals[measure] === 0) add(view, measure, 1); // A view fails once, however often it is retried.
  view.totals.errorCode = code;
  exit(view, 'failed');
  view.urgent = 'error';
}

const CATEGORIES = ['network', 'media', 'drm', 'manifest', 'business', 'ad', 'unknown'] as const;
