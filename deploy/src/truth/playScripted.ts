// One scripted viewing of the sample page in a real browser: start, pause, seek, a real stall, leave.
// Gives what the script did and what the picture showed: the truth that the SDK is held against.
import {
  BARCODE_WATCHER,
  type Origin,
  type Rule,
  type Seen,
  type Span,
  sumOf,
  toMovements,
  toSpent,
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

/** What the picture says, for comparison: ms and spans. */
export interface Seeable {
  /** Click → the picture moving. */
  readonly startupMs: number;
  readonly pauseMs: number;
  /** Seek → the picture moving at its target. */
  readonly seekMs: number;
  readonly stalls: readonly Span[];
  readonly stalledMs: number;
  readonly playingMs: number;
}

/** As the conformance kit folds it. */
export function toSeeable({ seen, ...truth }: Truth): Seeable {
  const { requestedAt, pausedAt, resumedAt, soughtAt, leftAt: until } = truth;
  const frameMsAt = () => 1000 / FRAMES_PER_S;
  const act = (what: 'play' | 'pause' | 'seek', at: number) => ({ what, at, value: 0, of: 0 });
  const acts = [
    ...[act('play', requestedAt), act('pause', pausedAt)],
    ...[act('play', resumedAt), act('seek', soughtAt)],
  ];
  const moved = toMovements({ seen, since: requestedAt, until, frameMsAt });
  const spent = toSpent({ acts, seen }, { requestedAt, until, ...moved });
  return {
    startupMs: spent.startedAt - requestedAt,
    pauseMs: sumOf(spent.paused),
    seekMs: sumOf(spent.seeking),
    stalls: spent.stalls,
    stalledMs: sumOf(spent.stalls),
    playingMs: sumOf(spent.playing),
  };
}
