// What the time of a view that started went by with: play, waiting, seeking, pauses, ads, sleep. Each of
// its moments belongs to one of them. Pure.
import type { Act } from '../page/kit.ts';
import { type Span, within, without } from './spans.ts';
import { type Aside, type InsertedFrames, toAside } from './toAside.ts';
import { type Movements, STILL_MS } from './toMovements.ts';
import type { Seen } from './watchBarcode.ts';

export interface Course extends Movements {
  readonly requestedAt: number;
  readonly until: number;
}

export interface Spent extends Pick<Aside, 'ads' | 'asleep'> {
  readonly startedAt: number;
  readonly playing: readonly Span[];
  readonly stalls: readonly Span[];
  readonly seeking: readonly Span[];
  /** By the script, whatever else happened meanwhile. */
  readonly paused: readonly Span[];
  /** Paused and nothing else, by the script or by the browser as the page fell asleep. */
  readonly resting: readonly Span[];
  /** Paused by the browser, as nobody saw the page. */
  readonly unseen: readonly Span[];
}

export interface SpentOptions {
  readonly acts: readonly Act[];
  readonly seen: readonly Seen[];
  readonly inserted?: InsertedFrames;
}

export function toSpent(options: SpentOptions, course: Course): Spent {
  const { acts } = options;
  const { requestedAt, until, movements } = course;
  const startedAt = movements[0]?.from ?? until;
  const { ads, asleep, halted, hidden } = toAside({ ...options, ...course, from: requestedAt });
  const paused = toPaused(acts, requestedAt, until);
  const seeking = toSeeking(acts, paused, course);
  const others = [...seeking, ...ads, ...asleep];
  const running = without([[startedAt, until]], [...paused, ...halted, ...others]);
  const moving = movements.map(({ from, to }): Span => [from, to]);
  const standing = without(running, moving).filter(([from, to]) => to - from >= STILL_MS);
  // Nothing is held back from a page that nobody sees: if its picture stood, the browser paused it. When
  // it stood is not known better than from one look to the next.
  const isUnseen = ([from]: Span) => {
    const [to = until] = options.seen.find(([at]) => at > from) ?? [];
    return within(hidden, from, to).length > 0;
  };
  return {
    ...{ startedAt, ads, asleep, paused, seeking },
    playing: without(running, standing),
    stalls: standing.filter((span) => !isUnseen(span)),
    resting: without([...paused, ...without(halted, paused)], others),
    unseen: standing.filter(isUnseen),
  };
}

/** The script's own pauses. */
export function toPaused(acts: readonly Act[], from: number, to: number): Span[] {
  const spans: Span[] = [];
  let since: number | undefined;
  for (const { what, at } of acts) {
    if (at < from || at > to) continue;
    if (what === 'pause') since ??= at;
    if (what !== 'play' || since === undefined) continue;
    spans.push([since, at]);
    since = undefined;
  }
  return since === undefined ? spans : [...spans, [since, to]];
}

/** From the first seek to the picture moving again; in a pause, to the frame at the target. */
function toSeeking(acts: readonly Act[], paused: readonly Span[], course: Course): Span[] {
  const { movements, landings, until } = course;
  const spans: Span[] = [];
  for (const { what, at } of acts) {
    if (what !== 'seek' || at < (movements[0]?.from ?? until) || at >= until) continue;
    if (at < (spans.at(-1)?.[1] ?? 0)) continue; // The same seek, to another target.
    const rests = paused.some(([from, to]) => at >= from && at < to);
    const end = rests
      ? landings.find((landing) => landing >= at)
      : movements.find(({ landed, from }) => landed && from >= at)?.from;
    spans.push([at, Math.min(until, end ?? until)]);
  }
  return spans;
}
