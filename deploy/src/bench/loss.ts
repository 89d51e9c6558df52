// `bench loss`: what is left of a view when its page goes. Pages of a real browser are closed at random
// moments of play, in two ways; what the collector then holds, without a next visit, is compared with
// how far the playhead ran. Then the network is cut, the tab closed, and the next visit must deliver.
import { openBrowser, startOrigin } from '@retour/player-sdk/conformance';
import fc from 'fast-check';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { browserPath } from '../repository/bringTools.ts';
import type { Bench, Figures } from './bench.ts';
import { type Recorded, type RecordedView, readViews } from './loss/readViews.ts';
import { type RecordingCollector, startRecordingCollector } from './recordingCollector.ts';
import { toHostRoots } from './toHostRoots.ts';

export const lossBench: Bench = {
  limits: [{ figure: 'nearShare', atLeast: 0.99 }],
  run: (say) => measureLoss({ say }),
};

const CLOSES = 1_000;
const SEED = 20_261_121;
/** Pages open at once. */
const TABS = 6;
/** A page is closed at any moment from its request on up to this, ms. */
const LONGEST_MS = 6_000;
/** The last summary may be that far from the truth, ms. */
const NEAR_MS = 1_000;
/** Sent at the end by sendBeacon, which tells nobody when it has arrived. */
const PATIENCE_MS = 5_000;
const CUT_MS = 120_000;
/** Whose network is cut, at once, each with a profile of his own. */
const VIEWERS = 3;
/** How long the viewer stays away: what a closing page has written is there by then. */
const AWAY_MS = 2_000;
/** The next visit begins to deliver within that, or not at all. */
const COME_BACK_MS = 30_000;

/** How a page goes. */
const WAYS = {
  'tab closed': (page: Page) => page.close(),
  'another page': async (page: Page) => {
    await page.goto('about:blank');
    await page.close();
  },
} as const;
type Way = keyof typeof WAYS;

export interface LossOptions {
  readonly say: (line: string) => void;
  readonly closes?: number;
  readonly cutMs?: number;
}

interface Closed {
  readonly view: string;
  readonly way: Way;
  /** What the playhead ran until the page went. */
  readonly playedMs: number;
}

export async function measureLoss(options: LossOptions): Promise<Figures> {
  const { say, closes = CLOSES, cutMs = CUT_MS } = options;
  const collector = await startRecordingCollector({ heartbeatMs: 10_000 });
  const origin = await startOrigin({
    roots: toHostRoots('loss'),
  });
  const browser = await openBrowser(browserPath());
  const stage = { url: `${origin.url}/`, collector };
  try {
    say(`seed ${SEED}: ${closes} pages, ${TABS} at once, each closed within ${LONGEST_MS} ms`);
    const context = await browser.newContext();
    const closed = await closePages(context, { ...stage, closes });
    await context.close();
    await untilQuiet(collector);
    const lost = tellCloses(closed, recordedBy(collector), say);
    const visits = await Promise.all(
      Array.from({ length: VIEWERS }, () => cutAndComeBack(browser, { ...stage, cutMs, say })),
    );
    const { refused } = recordedBy(collector);
    say(`items that the contract refuses: ${refused}`);
    return { ...lost, cutMs, ...tellVisits(visits), refused };
  } finally {
    await browser.close();
    await origin.close();
    await collector.close();
  }
}

function recordedBy({ came }: RecordingCollector): Recorded {
  return readViews(came.map(({ text }) => text));
}

interface Stage {
  readonly url: string;
  readonly collector: RecordingCollector;
}

async function closePages(
  context: BrowserContext,
  { closes, ...stage }: Stage & { closes: number },
): Promise<Closed[]> {
  const afterMs = fc.integer({ min: 0, max: LONGEST_MS });
  const way = fc.constantFrom(...(Object.keys(WAYS) as Way[])); // Of the table above.
  const plans = fc.sample(fc.noBias(fc.record({ afterMs, way })), { numRuns: closes, seed: SEED });
  const closed: Closed[] = [];
  const work = async (): Promise<void> => {
    for (let plan = plans.pop(); plan !== undefined; plan = plans.pop()) {
      const page = await openHost(context, stage.url);
      const view = await page.evaluate((order) => window.begin(order), {
        endpoint: stage.collector.url,
      });
      await page.waitForTimeout(plan.afterMs); // The random moment: what is measured.
      const playedMs = await page.evaluate(() => window.played());
      await WAYS[plan.way](page);
      closed.push({ view, way: plan.way, playedMs });
    }
  };
  await Promise.all(Array.from({ length: TABS }, work));
  return closed;
}

async function openHost(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForFunction(() => window.ready === true);
  return page;
}

/** Until nothing has come for a while: what comes later than that is lost. */
async function untilQuiet(collector: RecordingCollector): Promise<void> {
  for (let before = -1; before < collector.came.length; ) {
    before = collector.came.length;
    await new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  }
}

function tellCloses(
  closed: readonly Closed[],
  { views }: Recorded,
  say: (line: string) => void,
): Figures {
  const errors: number[] = [];
  for (const way of Object.keys(WAYS)) {
    const those = closed.filter((each) => each.way === way);
    const found = those.flatMap((each) => {
      const view = views.get(each.view);
      return isFinal(view) ? [Math.abs(view.summary.playingMs - each.playedMs)] : [];
    });
    errors.push(...found);
    const near = found.filter((ms) => ms <= NEAR_MS).length;
    say(`${way}: ${those.length}, final summary ${found.length}, within ${NEAR_MS} ms ${near}`);
  }
  const sorted = errors.toSorted((a, b) => a - b);
  const near = sorted.filter((ms) => ms <= NEAR_MS).length;
  const figures = {
    closes: closed.length,
    finalShare: sorted.length / closed.length,
    nearShare: near / closed.length,
    errorP50Ms: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN,
    errorP99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN,
    errorMaxMs: sorted.at(-1) ?? Number.NaN,
  };
  say(`within ${NEAR_MS} ms of the truth: ${(100 * figures.nearShare).toFixed(2)} %`);
  return figures;
}

/** It says how the view ended, provisionally or not. */
function isFinal(
  view: RecordedView | undefined,
): view is RecordedView & { summary: NonNullable<RecordedView['summary']> } {
  return view?.summary !== undefined && view.summary.exits === 1;
}

interface Visit {
  /** The last summary less what the playhead ran. */
  readonly errorMs: number;
  readonly missingSlices: number;
  readonly doubledMs: number;
  readonly contradictions: number;
}

/** Plays, cuts the network for `cutMs` of play, closes the tab; then the network and the viewer return. */
async function cutAndComeBack(
  browser: Browser,
  { url, collector, cutMs, say }: Stage & { cutMs: number; say: (line: string) => void },
): Promise<Visit> {
  const context = await browser.newContext();
  const page = await openHost(context, url);
  const order = { endpoint: collector.url };
  const view = await page.evaluate((given) => window.begin(given), order);
  const bodies = () => collector.came.filter(({ text }) => text.includes(view)).length;
  await page.waitForFunction(() => window.played() > 2_000);
  await context.setOffline(true);
  await page.waitForTimeout(cutMs); // The cut itself.
  const playedMs = await page.evaluate(() => window.played());
  const before = recordedBy(collector).views.get(view)?.slices.size ?? 0;
  await page.close();
  await new Promise((resolve) => setTimeout(resolve, AWAY_MS));
  await context.setOffline(false);
  const bodiesBefore = bodies();
  await (await openHost(context, url)).evaluate((given) => window.comeBack(given), order);
  const until = performance.now() + COME_BACK_MS;
  while (bodies() === bodiesBefore && performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await untilQuiet(collector);
  await context.close();
  const found = recordedBy(collector).views.get(view);
  const slices = [...(found?.slices.values() ?? [])];
  const sum = slices.reduce((ms, slice) => ms + slice.playingMs, 0);
  const { playingMs, slices: told } = found?.summary ?? {
    playingMs: Number.NaN,
    slices: Number.NaN,
  };
  const missingSlices = told - slices.length;
  say(
    `cut for ${cutMs} ms, closed, came back: ${before} slices before, ${slices.length} after, ${missingSlices} missing; slices hold ${sum} ms, the summary ${playingMs} ms, the playhead ran ${playedMs.toFixed(0)} ms`,
  );
  return {
    errorMs: Math.abs(playingMs - playedMs),
    missingSlices,
    doubledMs: sum - playingMs,
    contradictions: found?.contradictions ?? Number.NaN,
  };
}

function tellVisits(visits: readonly Visit[]): Figures {
  const errors = visits.map(({ errorMs }) => errorMs).toSorted((a, b) => a - b);
  const most = (figure: keyof Visit) => Math.max(...visits.map((visit) => Math.abs(visit[figure])));
  return {
    visits: visits.length,
    nextVisitErrorP50Ms: errors[Math.floor(errors.length / 2)] ?? Number.NaN,
    nextVisitErrorMaxMs: most('errorMs'),
    nextVisitMissingSlices: most('missingSlices'),
    nextVisitDoubledMs: most('doubledMs'),
    contradictions: most('contradictions'),
  };
}

declare global {
  interface Window {
    ready?: boolean;
    begin(order: { endpoint: string }): string;
    played(): number;
    comeBack(order: { endpoint: string }): void;
  }
}
