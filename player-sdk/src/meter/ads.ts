// Ad breaks and the ads in them. Their time is neither startup of the content nor a stall; content
// is not looked at while a break lasts, and the way back to it is still the break's.
import type { EventFacts, SignalOf } from '../contract/index.ts';
import { closeAd, closeBreak } from './adBreak.ts';
import { toFacts, toKnown, toText, toWord } from './bounds.ts';
import { emitEvent, reviseEvent } from './events.ts';
import { exit, revokeExit } from './exit.ts';
import { endPause } from './pause.ts';
import { cutSlice } from './slices.ts';
import { closeStall } from './stall.ts';
import { showFrame } from './startup.ts';
import { settle } from './time.ts';
import type { View } from './view.ts';

type Slot = EventFacts['ad']['slot'];
type AdSignal<P> = Extract<SignalOf<'ad'>, { readonly phase: P }>;

const SLOTS = ['pre', 'mid', 'post', 'unknown'] as const;

export function foldAd(view: View, signal: SignalOf<'ad'>): void {
  if (view.rest === 'idle' || view.rest === 'failed') return; // Nobody has asked for playback.
  if (view.rest === 'ended' && signal.phase !== 'breakStart') return;
  const fold = Object.keys(FOLDS).indexOf(signal.phase) < 0 ? undefined : FOLDS[signal.phase];
  if (fold === undefined) return;
  settle(view);
  (fold as (view: View, signal: SignalOf<'ad'>) => void)(view, signal); // By its own phase.
}

type Folds = { readonly [P in SignalOf<'ad'>['phase']]: (view: View, signal: AdSignal<P>) => void };

const FOLDS: Folds = {
  breakStart: (view, signal) => openBreak(view, signal),
  breakEnd: endBreak,
  request: (view, signal) => {
    ensureBreak(view);
    closeAd(view);
    openAd(view, signal);
  },
  start,
  quartile: (view, signal) => {
    const event = view.ad?.event;
    const quartile = toKnown(signal.quartile, 3) ?? 0;
    if (event?.type === 'ad' && quartile > event.quartile) {
      reviseEvent<'ad'>(view, event, { quartile });
    }
  },
  complete: (view) => {
    if (view.ad?.since === undefined) return;
    view.totals.adsCompleted += 1;
    closeAd(view, { quartile: 4 });
    endImplicit(view);
  },
  skip: (view) => {
    closeAd(view, { skipped: true });
    endImplicit(view);
  },
  error: (view, signal) => {
    if (view.ad === undefined) openAd(view, {});
    view.totals.adErrors += 1;
    closeAd(view, { error: toText(signal.code) || 'unknown' });
    endImplicit(view);
  },
};

function openBreak(view: View, signal: Partial<AdSignal<'breakStart'>>, implicit = false): void {
  const afterEnd = view.rest === 'ended';
  closeBreak(view);
  if (afterEnd) {
    revokeExit(view); // A post-roll: the view is not at its end yet.
    view.rest = undefined;
    view.cursor = view.now;
    cutSlice(view);
  }
  closeStall(view);
  view.seek = undefined;
  endPause(view); // The content was paused to make room.
  view.resumeDue = false;
  const event = emitEvent(view, {
    type: 'adBreak',
    slot: toWord<Slot>(signal.slot, SLOTS),
    ...toFacts({ id: toText(signal.id), expected: toKnown(signal.expected) }),
  });
  view.adBreak = { event, since: view.totals.adMs, implicit, afterEnd };
  view.totals.adBreaks += 1;
}

function ensureBreak(view: View): void {
  if (view.adBreak === undefined) openBreak(view, {}, true);
}

function endBreak(view: View): void {
  const afterEnd = view.adBreak?.afterEnd;
  if (afterEnd === undefined) return;
  closeBreak(view);
  if (afterEnd) exit(view, 'ended');
  else view.adTail = !view.launching;
}

/** Ads that come without a break are one each. */
function endImplicit(view: View): void {
  if (view.adBreak?.implicit === true) endBreak(view);
}

function openAd(view: View, { id, creative }: { id?: string; creative?: string }): void {
  const known = view.adBreak?.event;
  const event = emitEvent(view, {
    type: 'ad',
    slot: known?.type === 'adBreak' ? known.slot : 'unknown',
    started: false,
    quartile: 0,
    ...toFacts({ id: toText(id), creative: toText(creative) }),
  });
  view.ad = { event, requestedAt: view.now, since: undefined };
}

function start(view: View, signal: AdSignal<'start'>): void {
  ensureBreak(view);
  if (view.ad?.since !== undefined) closeAd(view);
  const requestedAt = view.ad?.requestedAt;
  if (view.ad === undefined) openAd(view, signal);
  if (view.ad === undefined) return;
  view.ad.since = view.totals.adMs;
  view.totals.ads += 1;
  reviseEvent<'ad'>(view, view.ad.event, {
    started: true,
    ...toFacts({ id: toText(signal.id), creative: toText(signal.creative) }),
    ...(requestedAt !== undefined && { startupMs: view.now - requestedAt }),
  });
  showFrame(view, 'ad');
}
