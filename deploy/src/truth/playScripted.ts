// One scripted viewing of the sample page in a real browser: start, pause, seek, a real stall, leave.
// Gives what the script did and what the picture showed: the truth that the SDK is held against.
import {
  BARCODE_WATCHER,
  movedAt,
  type Origin,
  type Rule,
  type Seen,
  type Still,
  toStills,
} from '@retour/player-sdk/conformance';
import type { Page } from 'playwright-core';

export type SamplePlayer = 'hlsjs' | 'native' | 'mp4';

/** Epoch ms of what the script did, and what the picture showed. */
export interface Truth {
  readonly view: string;
  readonly requestedAt: number;
  readonly pausedAt: number;
  readonly resumedAt: number;
  readonly soughtAt: number;
  readonly leftAt: number;
  readonly seen: readonly Seen[];
}

const PAUSE_MS = 1500;
const SEEK_TO_S = 20;
const FRAMES_PER_S = 25;
/** The stall that the origin makes lasts at least this long. */
const STALL_MS = 2000;

/**
 * What the origin keeps back until the stall: all but the beginning and the first seconds at the
 * place that is sought. The MP4 has its picture evenly enough that bytes stand for time.
 */
function toHold(player: SamplePlayer): Rule {
  return ({ path, fromByte, sizeBytes }) => {
    const segment = /\/(\d{3})\.m4s$/.exec(path)?.[1];
    if (segment !== undefined) {
      return isFree(player, Number(segment) * 2) ? undefined : { holdFrom: 0 };
    }
    if (!path.endsWith('/plain.mp4')) return undefined;
    const until = fromByte < sizeBytes * 0.4 ? 0.35 : fromByte / sizeBytes + 0.15;
    return { holdFrom: Math.max(0, (until * sizeBytes - fromByte) / (sizeBytes - fromByte)) };
  };
}

function isFree(player: SamplePlayer, second: number): boolean {
  if (second >= SEEK_TO_S + 6) return false;
  // Chromium's own HLS waits for a held segment even when the viewer has sought elsewhere. For
  // hls.js one segment before the place is free: its end may lie there.
  return player === 'native' || second < 12 || second >= SEEK_TO_S - 2;
}

export interface Script {
  /** Where the origin serves the sample page, with the key and the endpoint that it is to use. */
  readonly url: string;
  readonly origin: Origin;
  readonly player: SamplePlayer;
}

/** Leaves the view, not the page: what it still sends is the caller's to await. */
export async function playScripted(page: Page, { url, origin, player }: Script): Promise<Truth> {
  await page.addInitScript(BARCODE_WATCHER);
  await page.goto(url);
  await page.locator(`input[value=${player}]`).check();
  await page.waitForLoadState('networkidle'); // The player's code is there before the viewer clicks.
  origin.obey(toHold(player));
  return follow(page, origin);
}

async function follow(page: Page, origin: Origin): Promise<Truth> {
  const requestedAt = await act(page, `document.getElementById('play').click()`);
  await untilFrame(page, 3 * FRAMES_PER_S);
  const pausedAt = await act(page, `document.querySelector('video').pause()`);
  await page.waitForTimeout(PAUSE_MS); // The script's own pause: the thing that is measured.
  const resumedAt = await act(page, `void document.querySelector('video').play()`);
  await untilFrame(page, 5 * FRAMES_PER_S);
  const soughtAt = await act(page, `document.querySelector('video').currentTime = ${SEEK_TO_S}`);
  await untilFrame(page, (SEEK_TO_S + 2) * FRAMES_PER_S);
  await page.waitForFunction(
    (ms) => {
      const last = window.barcodes.at(-1);
      return last !== undefined && performance.timeOrigin + performance.now() - last[0] > ms;
    },
    STALL_MS,
    { polling: 50 },
  );
  const stalledOn = await lastFrame(page);
  origin.release();
  await untilFrame(page, stalledOn + 2 * FRAMES_PER_S);
  const view = (await page.locator('#viewId').textContent()) ?? '';
  const seen = await page.evaluate(() => window.barcodes);
  const leftAt = await act(
    page,
    `document.querySelector('input[name=stream]').dispatchEvent(new Event('change', { bubbles: true }))`,
  );
  return { view, requestedAt, pausedAt, resumedAt, soughtAt, leftAt, seen };
}

/** Runs code in the page; gives the page's own time at which it did. */
function act(page: Page, code: string): Promise<number> {
  return page.evaluate<number>(
    `(() => { const at = performance.timeOrigin + performance.now(); ${code}; return at; })()`,
  );
}

async function untilFrame(page: Page, frame: number): Promise<void> {
  await page.waitForFunction((least) => (window.barcodes.at(-1)?.[1] ?? -1) >= least, frame, {
    polling: 20,
  });
}

async function lastFrame(page: Page): Promise<number> {
  return page.evaluate(() => window.barcodes.at(-1)?.[1] ?? -1);
}

/** What the picture says, for comparison: ms and counts. */
export interface Seeable {
  /** Click → the first change of the picture that is progress. */
  readonly startupMs: number;
  readonly pauseMs: number;
  /** Seek → the first frame at its target. */
  readonly seekMs: number;
  readonly stalls: readonly Still[];
  /** While the picture moved. */
  readonly playingMs: number;
}

/** A picture that stands still for less is no stall (design: 250 ms without progress). */
const STILL_MS = 250;
const FRAME_MS = 1000 / FRAMES_PER_S;
/** Far from where the viewer was; the first frame of a track may stand some frames after its start. */
const LANDED = (SEEK_TO_S - 1) * FRAMES_PER_S;

export function toSeeable(truth: Truth): Seeable {
  const { seen, requestedAt, pausedAt, resumedAt, soughtAt } = truth;
  // Frame 0 may be shown before anything moves.
  const first = startOf(seen, ([when, frame]) => when >= requestedAt && frame > 0);
  const landed = at(seen.find(([when, frame]) => when >= soughtAt && frame >= LANDED));
  const resumed = startOf(seen, ([when]) => when > resumedAt);
  const moved = seen.filter(([when]) => when >= first);
  const end = truth.leftAt; // It was moving: the script leaves while it plays.
  // Nothing that the script did: not before the first frame, not the pause, not the seek.
  const stalls = toStills(moved, { leastMs: STILL_MS, frameMs: FRAME_MS }).filter(
    ({ from, to }) => !holds(pausedAt, from, to) && !holds(soughtAt, from, to),
  );
  const pauseMs = resumed - pausedAt;
  const seekMs = landed - soughtAt;
  const stalledMs = stalls.reduce((sum, { ms }) => sum + ms, 0);
  return {
    startupMs: first - requestedAt,
    pauseMs,
    seekMs,
    stalls,
    playingMs: end - first - pauseMs - seekMs - stalledMs,
  };
}

function holds(moment: number, from: number, to: number): boolean {
  return moment >= from - FRAME_MS && moment <= to;
}

/** When the movement began that the first such frame shows. */
function startOf(seen: readonly Seen[], is: (one: Seen) => boolean): number {
  const i = seen.findIndex(is);
  at(seen[i]);
  return movedAt(seen, i, FRAME_MS);
}

function at(seen: Seen | undefined): number {
  if (seen === undefined) throw new Error('The picture never showed what the script waited for.');
  return seen[0];
}
