// The truth of a cell: what the script did, what the picture showed and what the origin delivered, folded
// into figures by the definitions of the metrics. It reads nothing that a player or an SDK says. Pure.
import type { Known, Truth } from '../metrics.ts';
import type { Served } from '../origin/origin.ts';
import type { Act } from '../page/kit.ts';
import type { CalledOff } from '../page/watchCalledOff.ts';
import { type Span, sumOf, within } from './spans.ts';
import type { InsertedFrames } from './toAside.ts';
import { toMovements } from './toMovements.ts';
import { type Course, toPaused, toSpent } from './toSpent.ts';
import type { Picture } from './watchBarcode.ts';

export interface Evidence extends Picture {
  /** A source attached is a request: the element has autoplay set, and the browser obeys. */
  readonly autoplays: boolean;
  readonly acts: readonly Act[];
  readonly calledOff: readonly CalledOff[];
  readonly blinks: readonly Span[];
  /** Requests for media; absent where they were not this player's alone. */
  readonly log?: readonly Served[];
  readonly frameRate: number;
  /** Of the whole content. */
  readonly frames: number;
  readonly loops: boolean;
  readonly inserted?: InsertedFrames;
}

/** Between two looks at the picture, ms. */
const LOOK_MS = 12;
/** From the last byte's departure to the player having it, ms. */
const GIVEN_UP_MS = 100;

export function toTruth(evidence: Evidence): Truth {
  const { acts, log } = evidence;
  const requestedAt = toRequest(evidence);
  if (requestedAt === undefined) return { attempts: toCount(0), starts: toCount(0) };
  const until = toEnd(evidence);
  const shared = {
    attempts: toCount(1),
    ...(log && {
      bytes: toBytes(log, evidence, until),
      requestFailures: toFailures(log, evidence, until),
    }),
  };
  const moved = toMovements({
    ...evidence,
    since: requestedAt,
    until,
    frameMsAt: toFrameMs(evidence),
    ...(evidence.loops && { loopFrames: evidence.frames }),
  });
  const first = moved.movements[0];
  if (first === undefined) {
    return { ...shared, ...toUnstarted(toPaused(acts, requestedAt, until)) };
  }
  return { ...shared, ...toPlayed(evidence, { requestedAt, until, ...moved }) };
}

/** Asked for in a page that nobody has seen yet, playback is waited for once somebody does. */
function toRequest({ acts, autoplays }: Evidence): number | undefined {
  const asked = acts.find(({ what }) => what === (autoplays ? 'load' : 'play'))?.at;
  const turn = acts.find(({ what }) => /hide|show/.test(what));
  return asked !== undefined && turn?.what === 'show' ? Math.max(asked, turn.at) : asked;
}

/** The figures of a view that showed nothing: it was left, unless the scenario knows of a failure. */
function toUnstarted(paused: readonly Span[]): Truth {
  const none = toCount(0, 'picture');
  return {
    ...{ starts: none, stalls: none, playingMs: none, stalledMs: none, mediaMs: none },
    seeks: toCount(0),
    exitsBeforeStart: toCount(1),
    pauses: toCount(paused.length),
    pausedMs: toCount(sumOf(paused)),
  };
}

/** The figures of a view that started, and that nothing befell of which the scenario knows better. */
function toPlayed(evidence: Evidence, course: Course): Truth {
  const { requestedAt, until, movements } = course;
  const { acts, frameRate, heights, inserted } = evidence;
  const spent = toSpent(evidence, course);
  const { startedAt, paused, seeking, stalls, unseen, ads, asleep } = spent;
  const edgeMs = (at: number) => toEdge(evidence.blinks, at) + 1000 / frameRate;
  const known = (spans: readonly Span[], edges: readonly number[]): Known => ({
    value: sumOf(spans),
    resolution: edges.reduce((sum, at) => sum + edgeMs(at), 0),
    from: 'picture',
  });
  const [stallEdges, seekEdges] = [stalls.flat(), seeking.map(([, to]) => to)];
  const [unseenEdges, adEdges] = [unseen.flat(), ads.flat()];
  const playedEdges = [startedAt, ...stallEdges, ...seekEdges, ...unseenEdges, ...adEdges];
  const adFrames = inserted ? toCrossed(evidence, inserted) : 0;
  const frames = movements.reduce((sum, movement) => sum + movement.frames, -adFrames);
  const isVoid = acts.some(
    ({ what, at }) => /pause|seek/.test(what) && at > requestedAt && at < startedAt,
  );
  return {
    starts: toCount(1),
    errors: toCount(0),
    category: { ...toCount(0), value: 'none' },
    exitsBeforeStart: toCount(0),
    stalls: toCount(stalls.length, 'picture'),
    seeks: toCount(seeking.length),
    pauses: toCount(paused.length),
    ...(!isVoid && {
      startupMs: {
        value: startedAt - requestedAt - sumOf(within([...paused, ...ads], requestedAt, startedAt)),
        resolution: edgeMs(startedAt),
        from: 'picture',
      },
    }),
    playingMs: known(spent.playing, playedEdges),
    stalledMs: known(stalls, stallEdges),
    seekingMs: known(seeking, seekEdges),
    pausedMs: {
      ...known([...spent.resting, ...unseen], unseenEdges),
      from: unseen.length > 0 ? 'picture' : 'script',
    },
    suspendedMs: toCount(sumOf(asleep), 'browser'),
    adBreaks: toCount(ads.length),
    adMs: known(ads, adEdges),
    mediaMs: {
      value: (frames * 1000) / frameRate,
      resolution: ((movements.length * 2 + adEdges.length) * 1000) / frameRate,
      from: 'picture',
    },
    ...toSwitches(heights, requestedAt, until),
  };
}

/** Frames of an inserted ad that went by, up to the seek that left it. */
function toCrossed({ acts, seen }: Evidence, [first, next]: InsertedFrames): number {
  const begin = seen.find(([, frame]) => frame >= first)?.[0] ?? 0;
  const left = acts.find(({ what, at }) => what === 'seek' && at >= begin)?.at ?? Infinity;
  const last = seen.findLast(([at]) => at <= left)?.[1] ?? 0;
  return Math.max(0, Math.min(next, last + 1) - first);
}

function toCount(value: number, from: Known['from'] = 'script'): Known {
  return { value, resolution: 0, from };
}

/** The viewer leaves, another content follows, or the last frame has had its time. */
function toEnd({ acts, seen, frames, frameRate, loops }: Evidence): number {
  const left = acts.find(({ what }) => /leave|next|destroy/.test(what));
  const [lastAt, frame] = seen.at(-1) ?? [0, 0];
  const leftAt = left?.at ?? lastAt;
  return !loops && frame >= frames - 2
    ? Math.min(leftAt, lastAt + ((frames - frame) * 1000) / frameRate)
    : leftAt;
}

/** Wall time of one frame, as fast as the script had it played. */
function toFrameMs({ acts, frameRate }: Evidence): (at: number) => number {
  const rates = acts.filter(({ what }) => what === 'rate');
  return (at) => {
    const rate = rates.findLast((act) => act.at <= at)?.value ?? 1;
    return 1000 / frameRate / rate;
  };
}

/** How well a moment is known: the time between the looks around it. */
function toEdge(blinks: readonly Span[], at: number): number {
  const blink = blinks.find(([from, to]) => at >= from - LOOK_MS && at <= to + LOOK_MS);
  return blink === undefined ? LOOK_MS : blink[1] - blink[0];
}

/**
 * What came whole is known. What was given up half-way may be counted or not, and so may be what was just
 * being given away when the viewer sought or left, or a script called it off.
 */
function toBytes(log: readonly Served[], evidence: Evidence, leftAt: number): Known {
  const before = log.filter(({ at }) => at <= leftAt);
  const seeks = evidence.acts.filter(({ what }) => what === 'seek');
  const moments = [...seeks.map(({ at }) => at), leftAt];
  const isSure = (one: Served) => {
    const { at, doneAt } = one;
    return (
      doneAt !== undefined &&
      !moments.some((moment) => at <= moment && moment <= doneAt + GIVEN_UP_MS) &&
      !isCalledOff(one, doneAt, evidence)
    );
  };
  const sum = (some: readonly Served[]) => some.reduce((bytes, one) => bytes + one.bytes, 0);
  const [least, most] = [sum(before.filter(isSure)), sum(before)];
  return { value: (least + most) / 2, resolution: (most - least) / 2, from: 'origin' };
}

/** Requests that came to nothing while the view ran. Why a player gives up an answer, the origin cannot see. */
function toFailures(log: readonly Served[], evidence: Evidence, leftAt: number): Known {
  const until = (at = Number.POSITIVE_INFINITY) => at <= leftAt;
  const failed = log.filter(({ failedAt }) => until(failedAt));
  const givenUp = log.filter(({ lostAt, failedAt }) => until(lostAt) && !until(failedAt));
  const unheard = failed.filter((one) => {
    const { status, failedAt = 0 } = one;
    if (failedAt > leftAt - GIVEN_UP_MS) return true; // It may not have heard of the last ones yet.
    // What is never answered is over when the player says so.
    return status > 0 && isCalledOff(one, failedAt, evidence);
  });
  return { ...toCount(failed.length, 'origin'), resolution: givenUp.length + unheard.length };
}

/** Nobody saw whether the answer, over at `overAt`, came before a script called it off. */
function isCalledOff({ path, at }: Served, overAt: number, { calledOff }: Evidence): boolean {
  return calledOff.some(
    ([offAt, off]) => off === path && offAt >= at && offAt <= overAt + GIVEN_UP_MS,
  );
}

function toSwitches(heights: Picture['heights'], from: number, to: number): Truth {
  const shown = heights.filter(([at]) => at >= from && at <= to).map(([, height]) => height);
  const steps = shown.slice(1).map((height, i) => height - (shown[i] ?? height));
  return {
    switchesUp: toCount(steps.filter((step) => step > 0).length, 'picture'),
    switchesDown: toCount(steps.filter((step) => step < 0).length, 'picture'),
  };
}
