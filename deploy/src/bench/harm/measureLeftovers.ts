// What attaching and destroying leaves behind: heap, listeners of the page and of the player, timers.
import type { CDPSession, Page } from 'playwright-core';
import { FLOOR, type Plant, type Stage } from './stage.ts';

/** So often before the first look, and so often again before the second. */
const ATTACHES = { idle: 200, playing: 50 } as const;

export interface LeftoversOptions {
  readonly say: (line: string) => void;
  readonly attaches?: Readonly<Record<keyof typeof ATTACHES, number>>;
  readonly plant?: Plant;
}

/** More after than before. */
interface Leftovers {
  readonly heapBytes: number;
  /** Of everything that dispatches DOM events. */
  readonly listeners: number;
  /** Of hls.js' own emitter. */
  readonly playerListeners: number;
  readonly timers: number;
}

export interface LeftoverFigures {
  readonly heapGrowthBytes: number;
  readonly playingHeapGrowthBytes: number;
  readonly listenersLeft: number;
  readonly playerListenersLeft: number;
  readonly timersLeft: number;
}

/** On a player with nothing in it, many within a second; and on one that plays, a few frames each. */
export async function measureLeftovers(
  stage: Stage,
  { say, attaches = ATTACHES, plant }: LeftoversOptions,
): Promise<LeftoverFigures> {
  const measure = async (playing: boolean, times: number) => {
    const left = await measureOnce(stage, { playing, times, plant });
    say(
      `${times} attached and destroyed, ${playing ? 'playing' : 'idle'}: ${left.heapBytes} bytes, ${left.listeners} listeners of the page, ${left.playerListeners} of the player, ${left.timers} timers more`,
    );
    return left;
  };
  const idle = await measure(false, attaches.idle);
  const playing = await measure(true, attaches.playing);
  const worse = (figure: keyof Leftovers) => Math.max(idle[figure], playing[figure]);
  return {
    heapGrowthBytes: idle.heapBytes,
    playingHeapGrowthBytes: playing.heapBytes, // With what hls.js keeps of its play.
    listenersLeft: worse('listeners'),
    playerListenersLeft: worse('playerListeners'),
    timersLeft: worse('timers'),
  };
}

async function measureOnce(
  stage: Stage,
  given: { playing: boolean; times: number; plant: Plant | undefined },
): Promise<Leftovers> {
  const { page, context } = await stage.open();
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable');
  const order = { ...given, endpoint: stage.endpointOf(FLOOR) };
  await page.evaluate((all) => window.attach(all), order);
  const before = await readLeftovers(page, session);
  await page.evaluate((all) => window.attach(all), order);
  const after = await readLeftovers(page, session);
  await context.close();
  return {
    heapBytes: after.heapBytes - before.heapBytes,
    listeners: after.listeners - before.listeners,
    playerListeners: after.playerListeners - before.playerListeners,
    timers: after.timers - before.timers,
  };
}

/** Between two looks at what is left, until it no longer falls: what was sent is being answered. */
const SETTLE_MS = 1_000;

async function readLeftovers(page: Page, session: CDPSession): Promise<Leftovers> {
  let least: Leftovers | undefined;
  for (;;) {
    await page.waitForTimeout(SETTLE_MS);
    for (let i = 0; i < 3; i += 1) await session.send('HeapProfiler.collectGarbage');
    const { metrics } = await session.send('Performance.getMetrics');
    const read = (name: string) =>
      metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
    const now = {
      heapBytes: read('JSHeapUsedSize'),
      listeners: read('JSEventListeners'),
      ...(await page.evaluate(() => window.left())),
    };
    if (least !== undefined && !(now.heapBytes < least.heapBytes)) return least;
    least = now;
  }
}
