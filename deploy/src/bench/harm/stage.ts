// Where harm is looked for: an origin with the host's page, the SDK, its player and the sample; a
// collector that misbehaves; a browser.
import { openBrowser, startOrigin } from '@retour/player-sdk/conformance';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { browserPath } from '../../repository/bringTools.ts';
import { bundle } from '../sdk/bundle.ts';
import { toHostRoots } from '../toHostRoots.ts';
import { COLLECTOR_FAULTS, type FaultyCollector, startFaultyCollector } from './faultyCollector.ts';

/**
 * What the origin takes to answer, as a near one does. Answered at once, the manifest races the element's
 * own opening: whoever loses by a millisecond waits for the next tick of hls.js, 100 ms away.
 */
const ANSWER_MS = 30;

/** One way in which a page is played. */
export interface Arm {
  readonly name: string;
  readonly sdk: boolean;
  /** Of the collector: its fault. */
  readonly path: string;
  /** The page throws at the SDK's calls; or already at its attach, where it gives up. */
  readonly hostile?: 'calls' | 'attach';
}

export const FLOOR: Arm = { name: 'without the SDK', sdk: false, path: 'none' };
export const ARMS: readonly Arm[] = [
  ...COLLECTOR_FAULTS.map((path) => ({ name: path, sdk: true, path })),
  { name: 'host throws', sdk: true, path: 'none', hostile: 'calls' },
  { name: 'host throws at the attach', sdk: true, path: 'none', hostile: 'attach' },
];

/** What a self-test puts into the SDK's adapter: a busy main thread at one place, or what is never let go. */
export type Plant = 'attach' | 'listener' | 'timer' | 'promise' | 'heartbeat' | 'destroy' | 'leak';

export interface Stage {
  readonly browser: Browser;
  readonly collector: FaultyCollector;
  /** A host page, ready, in a context of its own. */
  open(): Promise<{ page: Page; context: BrowserContext }>;
  endpointOf(arm: Arm): string;
  close(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const stopwatch = await bundle(`export * from './stopwatch';`);
  const collector = await startFaultyCollector();
  const origin = await startOrigin({
    roots: toHostRoots('harm'),
    make: (path) =>
      path === '/stopwatch.js'
        ? { type: 'text/javascript', body: Buffer.from(stopwatch) }
        : undefined,
  });
  origin.obey(({ path }) => (path.startsWith('/media/') ? { delayMs: ANSWER_MS } : undefined));
  const browser = await openBrowser(browserPath());
  return {
    browser,
    collector,
    async open() {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(`${origin.url}/`);
      await page.waitForFunction(() => window.ready === true);
      return { page, context };
    },
    endpointOf: ({ path }) => `${collector.url}/${encodeURIComponent(path)}`,
    async close() {
      await browser.close();
      await origin.close();
      await collector.close();
    },
  };
}

/** What the page is asked for. */
export interface Order {
  readonly sdk: boolean;
  readonly endpoint: string;
  readonly hostile: Arm['hostile'];
  readonly playMs: number;
}

export interface Start {
  readonly startupMs: number;
  readonly playedMs: number;
}

/** Of one play under the watch, all in ms but the counts. */
export interface Timed {
  /** The most that the SDK ran within one task. */
  readonly longestMs: number;
  readonly attachMs: number;
  readonly destroyMs: number;
  readonly stretches: number;
  /** Bodies that the SDK made from some seconds after the attach to the end. */
  readonly heartbeats: number;
}

declare global {
  interface Window {
    ready?: boolean;
    warmUp(playMs: number): Promise<void>;
    start(order: Order): Promise<Start>;
    time(order: Omit<Order, 'sdk'> & { plant: Plant | undefined }): Promise<Timed>;
    attach(order: {
      times: number;
      playing: boolean;
      endpoint: string;
      plant: Plant | undefined;
    }): Promise<void>;
    left(): { timers: number; playerListeners: number };
  }
}
