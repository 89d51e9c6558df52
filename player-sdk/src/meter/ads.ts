// Ad breaks and the ads in them. Their time is neither startup of the content nor a stall; content
// is not looked at while a break lasts, and the way back to it is still the break's. Browsers load
// it with the entry that tells of ads.
import type { EventFacts, SignalOf } from '../contract/index.ts';
import { type Loose, toInteger, toKnown, toText, toWord } from './bounds.ts';
import { emitEvent, endSpell, reviseEvent } from './events.ts';
import { exit, revokeExit } from './exit.ts';
import { endPause } from './pause.ts';
import { cutSlice } from './slices.ts';
import { closeStall } from './stall.ts';
import { beginAsked, showFrame } from './startup.ts';
import { ENDED } from './state.ts';
import { settle } from './time.ts';
import { stateOf, type View } from './view.ts';

const SLOTS = ['pre', 'mid', 'post', 'unknown'] as const;

type AdSignal = SignalOf<'ad'>;

/** What the signals of an ad may say, whatever their phase. */
interface AdFacts {
  readonly phase?: AdSignal['phase'];
  readonly slot?: (typeof SLOTS)[number];
  readonly id?: string;
  readonly expected?: number;
  readonly creative?: string;
  readonly quartile?: number;
  readonly code?: string;
}

export function foldAd(view: View, signal: AdSignal): void {
  const { phase } = signal;
  const facts: AdFacts = signal;
  const { totals } = view;
  if (phase === 'start') beginAsked(view); // An ad that plays is something to see.
  // Nobody has asked for playback; or it is over, but for a post-roll.
  if (!view.running && (stateOf(view) !== ENDED || phase !== 'breakStart')) return;
  settle(view);
  if (phase === 'breakStart') openBreak(view, facts, false);
  else if (phase === 'breakEnd') endBreak(view);
  else if (phase === 'request') {
    ensureBreak(view);
    closeAd(view);
    openAd(view, facts, view.now);
  } else if (phase === 'start') start(view, facts);
  else if (phase === 'quartile') {
    const told = view.adOn?.told;
    const quartile = toInteger(facts.quartile, 3);
    if (told?.type === 'ad' && quartile > told.quartile) {
      reviseEvent<'ad'>(view, told, { quartile });
    }
  } else if (phase === 'complete') {
    if (!hasStarted(view)) return;
    totals.adsCompleted += 1;
    endAd(view, { quartile: 4 });
  } else if (phase === 'skip') endAd(view, { skipped: true });
  else if (phase === 'error') {
    if (!view.adOn) openAd(view, {}, view.now);
    totals.adErrors += 1;
    endAd(view, { error: toText(facts.code) ?? 'unknown' });
  }
}

function openBreak(view: View, facts: AdFacts, implicit: boolean): void {
  const afterEnd = stateOf(view) === ENDED;
  closeBreak(view);
  if (afterEnd) {
    revokeExit(view); // A post-roll: the view is not at its end yet.
    view.running = true;
    view.cursor = view.now;
    cutSlice(view);
  }
  closeStall(view);
  view.seekingOn = undefined;
  endPause(view); // The content was paused to make room.
  view.resumeDue = false;
  view.beforeAds = view.beforeAds || view.newestRendition;
  const slot = toWord(facts.slot, SLOTS);
  const told = emitEvent(view, 'adBreak', {
    slot,
    id: toText(facts.id),
    expected: toKnown(facts.expected),
  });
  const close = () => closeBreak(view);
  const isPost = slot === 'post' && !afterEnd;
  view.adBreakOn = { told, sinceMs: view.totals.adMs, implicit, afterEnd, isPost, close };
  view.totals.adBreaks += 1;
}

/** Ads that come without a break are one each. */
function ensureBreak(view: View): void {
  if (!view.adBreakOn) openBreak(view, {}, true);
}

function endBreak(view: View): void {
  const { adBreakOn } = view;
  if (!adBreakOn) return;
  closeBreak(view);
  if (adBreakOn.afterEnd) exit(view, 'ended');
  else view.adTail = !view.launching;
}

function openAd(view: View, facts: AdFacts, requestedAt: number): void {
  const told = view.adBreakOn?.told;
  view.adOn = {
    told: emitEvent(view, 'ad', {
      slot: told?.type === 'adBreak' ? told.slot : 'unknown',
      started: false,
      quartile: 0,
      id: toText(facts.id),
      creative: toText(facts.creative),
    }),
    requestedAt,
    sinceMs: Number.NaN,
  };
}

function start(view: View, facts: AdFacts): void {
  ensureBreak(view);
  endPause(view); // The ad before was left while it was paused.
  view.resumeDue = false;
  if (hasStarted(view)) closeAd(view);
  if (!view.adOn) openAd(view, facts, Number.NaN);
  const { adOn, totals } = view;
  if (!adOn) return; // It was opened above.
  adOn.sinceMs = totals.adMs;
  totals.ads += 1;
  reviseEvent<'ad'>(view, adOn.told, {
    started: true,
    id: toText(facts.id),
    creative: toText(facts.creative),
    startupMs: toKnown(view.now - adOn.requestedAt),
  });
  showFrame(view, 'ad');
}

function hasStarted({ adOn }: View): boolean {
  return adOn !== undefined && adOn.sinceMs >= 0;
}

/** The ad is over, and with it a break that only it had opened. */
function endAd(view: View, facts: Loose<Partial<EventFacts['ad']>>): void {
  closeAd(view, facts);
  if (view.adBreakOn?.implicit) endBreak(view);
}

function closeBreak(view: View): void {
  closeAd(view);
  view.adTail = false;
  if (view.adBreakOn) {
    view.seenAt = view.now;
    // An ad that was part of the content has taken its playhead along.
    if (view.lastSample) view.playhead = toKnown(view.lastSample.position);
  }
  endSpell(view, view.adBreakOn, view.totals.adMs);
  view.adBreakOn = undefined;
}

/** The ad that runs or was asked for is over. */
function closeAd(view: View, facts: Loose<Partial<EventFacts['ad']>> = {}): void {
  if (!view.adOn) return;
  reviseEvent<'ad'>(view, view.adOn.told, facts);
  endSpell(view, view.adOn, view.totals.adMs);
  view.adOn = undefined;
}
