// Ads that a server has put into the stream, known by the ranges that they take: told as the playhead
// enters them, passes their quartiles and leaves them; by a seek, at once: what loads then is content. Seen at `timeupdate`, which comes every 250 ms,
// and by a timer where a border comes before the next one.
import type { Ads } from './ads.ts';

/** One ad in the stream, in ms of the player's own time line. Ads that touch are one break. */
export interface InsertedAd {
  readonly fromMs: number;
  readonly toMs: number;
  readonly id?: string;
  readonly creative?: string;
}

/** Two ads closer than that are one break; and how far a playhead goes between two looks, ms. */
const TOUCH_MS = 500;
const STEP_MS = 1_500;
/** Of two `timeupdate`, at most; and of two timers, as Firefox moves its playhead from frame to frame, ms. */
const UPDATE_MS = 300;
const FRAME_MS = 40;

export function followInserted(
  ads: Ads,
  {
    ranges,
    video,
    isOver,
    onSeek,
  }: {
    ranges: readonly InsertedAd[];
    video: HTMLMediaElement;
    isOver: () => boolean;
    /** A seek has left an ad, which nobody else can tell from one within it; ms. */
    onSeek: (from: number, to: number) => void;
  },
): () => void {
  const sorted = ranges.filter(({ fromMs, toMs }) => toMs > fromMs);
  sorted.sort((a, b) => a.fromMs - b.fromMs);
  let on: InsertedAd | undefined;
  let inBreak = false;
  let reached = 0;
  let last = Number.NaN;
  let timer = 0;

  function follow(): void {
    if (isOver()) {
      stop();
      return;
    }
    look();
    clearTimeout(timer);
    const next = on || sorted.find(({ fromMs }) => fromMs > last);
    if (!next || video.paused || video.readyState < 3) return; // What stands says when it moves.
    const ms = ((next === on ? next.toMs : next.fromMs) - last) / video.playbackRate;
    if (ms < UPDATE_MS) timer = Number(setTimeout(follow, Math.max(ms, FRAME_MS)));
  }

  function look(): void {
    const at = video.currentTime * 1000;
    const from = last;
    const jumped = !(at >= from && at - from <= STEP_MS * Math.max(1, video.playbackRate));
    last = at;
    if (video.seeking && !jumped) return; // Over a hole: what comes behind it goes on.
    const here = sorted.find(({ fromMs, toMs }) => at >= fromMs && at < toMs);
    const waits = video.paused || video.seeking; // Entered once it plays.
    const next = waits && here !== on ? undefined : here;
    if (on !== next) {
      const left = on;
      if (left) leave(left, jumped);
      const goesOn = next && on && !jumped && next.fromMs - on.toMs <= TOUCH_MS;
      if (inBreak && !goesOn) endBreak();
      if (left && video.seeking) onSeek(from, at);
      if (next) enter(next, at);
      on = next;
    } else if (on && !jumped) pass(on, at);
  }

  function enter(ad: InsertedAd, at: number): void {
    if (!inBreak) ads.breakStart(toBreak(ad));
    inBreak = true;
    reached = quartileOf(ad, at); // Those that were jumped over are not told.
    ads.start({ ...(ad.id && { id: ad.id }), ...(ad.creative && { creative: ad.creative }) });
  }

  function pass(ad: InsertedAd, at: number): void {
    for (const quartile of [1, 2, 3] as const) {
      if (quartile > reached && quartile <= quartileOf(ad, at)) ads.quartile(quartile);
    }
    reached = Math.max(reached, quartileOf(ad, at));
  }

  function leave(ad: InsertedAd, jumped: boolean): void {
    if (jumped) ads.skip();
    else {
      pass(ad, ad.toMs);
      ads.complete();
    }
  }

  function endBreak(): void {
    inBreak = false;
    ads.breakEnd();
  }

  function toBreak(ad: InsertedAd): { slot: 'pre' | 'mid' | 'post'; expected: number } {
    const touching = toTouching(sorted, ad);
    const expected = touching.length;
    const endMs = video.duration * 1000 - TOUCH_MS;
    if (touching.some(({ fromMs }) => fromMs < TOUCH_MS)) return { slot: 'pre', expected };
    return { slot: touching.some(({ toMs }) => toMs > endMs) ? 'post' : 'mid', expected };
  }

  function finish(jumped: boolean): void {
    if (on) leave(on, jumped);
    on = undefined;
    if (inBreak) endBreak();
  }

  const onEnded = () => finish(false);
  const onEmptied = () => {
    last = Number.NaN;
    finish(true);
  };
  const listeners = [
    ['timeupdate', follow],
    ['playing', follow],
    ['seeking', follow],
    ['seeked', follow],
    ['ended', onEnded],
    ['emptied', onEmptied],
  ] as const;
  for (const [type, act] of listeners) video.addEventListener(type, act);
  function stop(): void {
    for (const [type, act] of listeners) video.removeEventListener(type, act);
    clearTimeout(timer);
    finish(true);
  }
  return stop;
}

/** How many whole quarters of the ad lie before the playhead. */
function quartileOf({ fromMs, toMs }: InsertedAd, at: number): number {
  return Math.floor(((at - fromMs) / (toMs - fromMs)) * 4);
}

/** The ads that touch this one or its neighbours, and itself. */
function toTouching(sorted: readonly InsertedAd[], ad: InsertedAd): readonly InsertedAd[] {
  let first = sorted.indexOf(ad);
  let last = first;
  const touches = (i: number) => {
    const [a, b] = [sorted[i], sorted[i + 1]];
    return a !== undefined && b !== undefined && b.fromMs - a.toMs <= TOUCH_MS;
  };
  while (touches(first - 1)) first -= 1;
  while (touches(last)) last += 1;
  return sorted.slice(first, last + 1);
}
