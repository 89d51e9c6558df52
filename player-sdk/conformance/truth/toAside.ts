// The time of a view that is neither play nor waiting for it: ads, the page asleep, and the browser's own
// pauses. Known from what the page was told, from the script and from the picture. Pure.
import type { Act } from '../page/kit.ts';
import { type Span, within } from './spans.ts';
import type { Movement } from './toMovements.ts';
import type { Seen } from './watchBarcode.ts';

export interface Aside {
  readonly ads: readonly Span[];
  /** Frozen, or in the back/forward cache. */
  readonly asleep: readonly Span[];
  /** The browser paused the element when it put the page to sleep, and nobody has played it since. */
  readonly halted: readonly Span[];
  /** Nobody saw the page. */
  readonly hidden: readonly Span[];
}

/** An ad that a server has put into the content: its first frame, and the first one after it. */
export type InsertedFrames = readonly [from: number, to: number];

export interface AsideOptions {
  readonly acts: readonly Act[];
  readonly seen: readonly Seen[];
  readonly movements: readonly Movement[];
  readonly inserted?: InsertedFrames;
  readonly from: number;
  readonly until: number;
}

export function toAside(options: AsideOptions): Aside {
  const { acts, movements, from, until } = options;
  const pairs = (begin: Act['what'], end: Act['what']) =>
    within(toPairs(acts, { begin, end, until }), from, until);
  const asleep = pairs('freeze', 'thaw');
  const halted = asleep.flatMap(([, thawedAt]): Span[] => {
    const moved = movements.find(({ to }) => to > thawedAt + 2 * FRAME_MS);
    const goesOn = moved !== undefined && moved.from < thawedAt;
    const played = acts.find(({ what, at }) => what === 'play' && at >= thawedAt)?.at ?? until;
    return goesOn ? [] : within([[thawedAt, played]], from, until);
  });
  const ads = pairs('adBreak', 'adEnd').map(([begin, end]): Span => {
    // The way back to the content is still the break's; before any content it is its startup.
    const isMid = movements.some((movement) => movement.from < begin);
    const back = movements.find(({ to }) => to > end + 2 * FRAME_MS)?.from ?? until;
    return [begin, isMid ? Math.max(end, back) : end];
  });
  const inserted = toInserted(options);
  return { ads: [...ads, ...inserted], asleep, halted, hidden: pairs('hide', 'show') };
}

const FRAME_MS = 40;

function toPairs(
  acts: readonly Act[],
  { begin, end, until }: { begin: Act['what']; end: Act['what']; until: number },
): Span[] {
  return acts
    .filter(({ what }) => what === begin)
    .map(({ at }) => [at, acts.find((act) => act.what === end && act.at >= at)?.at ?? until]);
}

/** From its first frame on the screen to the first one after it, or to the seek that leaves it. */
function toInserted({ acts, seen, inserted, from, until }: AsideOptions): Span[] {
  if (inserted === undefined) return [];
  const [first, next] = inserted;
  const begin = seen.find(([at, frame]) => at >= from && frame >= first)?.[0];
  if (begin === undefined) return [];
  const passed = seen.find(([at, frame]) => at >= begin && frame >= next)?.[0] ?? until;
  const left = acts.find(({ what, at }) => what === 'seek' && at >= begin)?.at ?? until;
  return within([[begin, Math.min(passed, left)]], from, until);
}
