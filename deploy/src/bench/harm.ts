// `bench harm`: what the SDK does to the player that it watches. Starts with and without it take turns
// in one browser, against collectors and hosts that misbehave; then it is attached and destroyed
// 200 times. The floor is the same page without the SDK, in the same rounds.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openBrowser, startOrigin } from '@retour/player-sdk/conformance';
import fc from 'fast-check';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { browserPath } from '../repository/bringTools.ts';
import { ROOT } from '../repository/sources.ts';
import type { Bench, Figures } from './bench.ts';
import { COLLECTOR_FAULTS, startFaultyCollector } from './harm/faultyCollector.ts';
import { toMedianInterval } from './harm/toMedianInterval.ts';

export const harmBench: Bench = { run: (say) => measureHarm({ say }) };

/** Starts of each arm; the interval of the median narrows with its square root. */
const ROUNDS = 40;
const SEED = 20_261_121;
const PLAY_MS = 400;
/**
 * What the origin takes to answer, as a near one does. Answered at once, the manifest races the element's
 * own opening: whoever loses by a millisecond waits for the next tick of hls.js, 100 ms away.
 */
const ANSWER_MS = 30;
/** Attached and destroyed so often before the first look at the heap, and then again. */
const WARM_UPS = 200;
const ATTACHES = 200;

export interface HarmOptions {
  readonly say: (line: string) => void;
  readonly rounds?: number;
  /** Of ARMS; all unless given. */
  readonly arms?: readonly string[];
}

interface Arm {
  readonly name: string;
  readonly sdk: boolean;
  readonly path: string;
  readonly hostile: boolean;
}

const FLOOR: Arm = { name: 'without the SDK', sdk: false, path: 'none', hostile: false };
const ARMS: readonly Arm[] = [
  ...COLLECTOR_FAULTS.map((path) => ({ name: path, sdk: true, path, hostile: false })),
  { name: 'host throws', sdk: true, path: 'none', hostile: true },
];

interface Start {
  readonly startupMs: number;
  readonly playedMs: number;
  readonly longestTaskMs: number;
}

/**
 * Ms differences are with the SDK less without; counts and bytes are of 200 attached and destroyed;
 * `leastPlayedRatio` is what was played with the SDK to what was played without it.
 */
export async function measureHarm(options: HarmOptions): Promise<Figures> {
  const { say, rounds = ROUNDS } = options;
  const arms = ARMS.filter(({ name }) => options.arms?.includes(name) ?? true);
  const collector = await startFaultyCollector();
  const origin = await startOrigin({
    roots: {
      '/': join(ROOT, 'deploy', 'src', 'bench', 'harm'),
      '/sdk/': join(ROOT, 'player-sdk', 'dist'),
      '/hls/': fileURLToPath(new URL('.', import.meta.resolve('hls.js'))),
      '/media/': join(ROOT, 'deploy', 'sample', 'media', 'vod'),
    },
  });
  origin.obey(({ path }) => (path.startsWith('/media/') ? { delayMs: ANSWER_MS } : undefined));
  const browser = await openBrowser(browserPath());
  try {
    const starts = new Map<Arm, Start[]>([FLOOR, ...arms].map((arm) => [arm, []]));
    await startOnce(browser, { origin: origin.url, collector: collector.url, arm: FLOOR });
    for (const order of toOrders([FLOOR, ...arms], rounds)) {
      for (const arm of order) {
        const start = await startOnce(browser, {
          origin: origin.url,
          collector: collector.url,
          arm,
        });
        starts.get(arm)?.push(start);
      }
    }
    say(
      `${rounds} rounds, one start of each arm in every round, in an order drawn with seed ${SEED}`,
    );
    const came = Object.entries(collector.came).map(([fault, times]) => `${fault} ${times}`);
    say(`requests that met each fault: ${came.join(', ')}`);
    const harmed = tellStarts(starts, say);
    const left = await measureLeftovers(browser, `${origin.url}/`, collector.url);
    say(
      `${ATTACHES} attached and destroyed: ${left.heapGrowthBytes} bytes and ${left.listenersLeft} listeners more`,
    );
    return { rounds, ...harmed, ...left };
  } finally {
    await browser.close();
    await origin.close();
    await collector.close();
  }
}

/** Another order in each round: no arm always runs on the heels of the same one. */
function toOrders(arms: Arm[], rounds: number): Arm[][] {
  const all = { minLength: arms.length };
  return fc.sample(fc.noBias(fc.shuffledSubarray(arms, all)), { numRuns: rounds, seed: SEED });
}

interface Stage {
  readonly origin: string;
  readonly collector: string;
  readonly arm: Arm;
}

async function startOnce(browser: Browser, { origin, collector, arm }: Stage): Promise<Start> {
  const context = await browser.newContext();
  try {
    const page = await openHost(await context.newPage(), origin);
    await page.evaluate((playMs) => window.warmUp(playMs), PLAY_MS);
    return await page.evaluate((order) => window.start(order), {
      sdk: arm.sdk,
      endpoint: `${collector}/${encodeURIComponent(arm.path)}`,
      hostile: arm.hostile,
      playMs: PLAY_MS,
    });
  } finally {
    await context.close();
  }
}

async function openHost(page: Page, origin: string): Promise<Page> {
  await page.goto(`${origin}/`);
  await page.waitForFunction(() => window.ready === true);
  return page;
}

function tellStarts(
  starts: ReadonlyMap<Arm, readonly Start[]>,
  say: (line: string) => void,
): Figures {
  const without = starts.get(FLOOR) ?? [];
  let worstStartupDifferenceMs = 0;
  let widestStartupMs = 0;
  let longestTaskMs = 0;
  let leastPlayedRatio = 1;
  starts.forEach((those, arm) => {
    const longest = Math.max(...those.map((start) => start.longestTaskMs));
    const played = median(those.map((start) => start.playedMs));
    longestTaskMs = Math.max(longestTaskMs, longest);
    leastPlayedRatio = Math.min(
      leastPlayedRatio,
      played / median(without.map((start) => start.playedMs)),
    );
    const line = `${arm.name}: startup p50 ${median(those.map((start) => start.startupMs)).toFixed(1)} ms, played ${played.toFixed(0)} ms, longest task of the SDK ${longest.toFixed(1)} ms`;
    if (arm === FLOOR) {
      say(line);
      return;
    }
    const pairs = those.map((start, i) => start.startupMs - (without[i]?.startupMs ?? Number.NaN));
    const { low, high, median: middle } = toMedianInterval(pairs);
    say(
      `${line}; differs by ${middle.toFixed(1)} ms, 95 % of ${low.toFixed(1)} … ${high.toFixed(1)}`,
    );
    if (Math.abs(middle) > Math.abs(worstStartupDifferenceMs)) worstStartupDifferenceMs = middle;
    widestStartupMs = Math.max(widestStartupMs, Math.abs(low), Math.abs(high));
  });
  return { worstStartupDifferenceMs, widestStartupMs, longestTaskMs, leastPlayedRatio };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function measureLeftovers(
  browser: Browser,
  url: string,
  collector: string,
): Promise<{ heapGrowthBytes: number; listenersLeft: number }> {
  const page = await openHost(await browser.newPage(), url.replace(/\/$/, ''));
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const attach = (times: number) =>
    page.evaluate((order) => window.attach(order), { times, endpoint: `${collector}/none` });
  await attach(WARM_UPS);
  const before = await readLeftovers(page, session);
  await attach(ATTACHES);
  const after = await readLeftovers(page, session);
  await page.close();
  return {
    heapGrowthBytes: after.heapBytes - before.heapBytes,
    listenersLeft: after.listeners - before.listeners,
  };
}

/** Between two looks at what is left, until it no longer falls: what was sent is being answered. */
const SETTLE_MS = 1_000;

async function readLeftovers(page: Page, session: CDPSession): Promise<Leftovers> {
  let least: Leftovers = { heapBytes: Number.POSITIVE_INFINITY, listeners: 0 };
  for (;;) {
    await page.waitForTimeout(SETTLE_MS);
    for (let i = 0; i < 3; i += 1) await session.send('HeapProfiler.collectGarbage');
    const { metrics } = await session.send('Performance.getMetrics');
    const read = (name: string) =>
      metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
    const now = { heapBytes: read('JSHeapUsedSize'), listeners: read('JSEventListeners') };
    if (!(now.heapBytes < least.heapBytes)) return least;
    least = now;
  }
}

interface Leftovers {
  readonly heapBytes: number;
  readonly listeners: number;
}

declare global {
  interface Window {
    ready?: boolean;
    warmUp(playMs: number): Promise<void>;
    start(order: {
      sdk: boolean;
      endpoint: string;
      hostile: boolean;
      playMs: number;
    }): Promise<Start>;
    attach(order: { times: number; endpoint: string }): Promise<void>;
  }
}
