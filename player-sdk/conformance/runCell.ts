// One cell of the table: one scenario on one player, with the SDK under test in the page. It gives what
// was true, what was measured and how far the two are apart.
import { setTimeout as sleep } from 'node:timers/promises';
import { type KitBrowser, Skip } from './browser/kitBrowser.ts';
import { type Collector, startCollector } from './collector.ts';
import { type Compared, compare, METRICS, type Truth, WIDEST_LIMIT_MS } from './metrics.ts';
import { createMedia } from './origin/media.ts';
import { type Origin, startOrigin } from './origin/origin.ts';
import type { Page as Bundle } from './page/bundlePage.ts';
import { PAGE } from './page/kit.ts';
import type { PlayerName } from './page/pageSdk.ts';
import { checkHappened, NotPlayed } from './scenarios/must.ts';
import { CONTENT_S, type Scenario } from './scenarios/scenario.ts';
import type { MeasuredView, SdkUnderTest } from './sdk/sdkUnderTest.ts';
import { createStage, type PageSeen, type Stage } from './stage.ts';
import { type Evidence, toTruth } from './truth/toTruth.ts';
import { BARCODE_WATCHER } from './truth/watchBarcode.ts';

export interface CellOptions {
  readonly browser: KitBrowser;
  readonly bundle: Bundle;
  readonly sdk: SdkUnderTest;
  readonly player: PlayerName;
  readonly scenario: Scenario;
  /** Folder of the kit's media. */
  readonly media: string;
  /** It has failed when it takes longer. */
  readonly patienceMs: number;
}

export interface Cell {
  readonly player: PlayerName;
  readonly scenario: string;
  /** One for each view that the script made. */
  readonly views: readonly CellView[];
  /** The script could not be played, or the page failed: no figures. */
  readonly failed?: string;
  /** It cannot be played on this player, and why; no figures, and not counted. */
  readonly skipped?: string;
  /** What is wrong beside its figures: errors that nobody caught, an end that was not told. */
  readonly errors: readonly string[];
  /** Why it says nothing: the script did not happen, or durations are known too badly. Outside, too. */
  readonly vague?: string;
  /** The first try, where only durations were outside: this is the second. */
  readonly first?: Cell;
}

export interface CellView {
  readonly asset: string;
  readonly compared: readonly Compared[];
}

export const FRAME_RATE = 25;
/** What an SDK may take to send its last beacon after the viewer left, ms. */
const LAST_BEACON_MS = 6_000;
/** An SDK that has sent nothing for so long after its last beacon has told all, ms. */
const QUIET_MS = 1_000;

export async function runCell(options: CellOptions): Promise<Cell> {
  const { bundle, sdk, player, scenario, media } = options;
  const make = await createMedia(media);
  const origin = await startOrigin({
    roots: { '/media/': `${media}/`, '/ad/': `${media}/` },
    make: (path) => bundle.get(path) ?? make(path),
    ...(scenario.returns && { cacheControl: 'no-cache' }),
  });
  const collector = await startCollector(sdk.respond);
  const errors: string[] = [];
  const cell = { player, scenario: scenario.name, views: [], errors };
  try {
    const playing = play({ ...options, origin, collector, errors });
    return { ...cell, ...(await within(options.patienceMs, playing)) };
  } catch (error) {
    if (error instanceof Skip) return { ...cell, skipped: error.message };
    if (error instanceof NotPlayed) return { ...cell, vague: error.message };
    const failed = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return { ...cell, failed };
  } finally {
    await origin.close();
    await collector.close();
  }
}

/** @throws Error where it takes longer: a page that never rests answers nobody, and has no limit of its own. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const over = new AbortController();
  const late = sleep(ms, undefined, { signal: over.signal }).then(() => {
    throw new Error(`timed out: not done after ${ms / 1000} s`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    over.abort();
  }
}

type Played = Pick<Cell, 'views' | 'vague'>;

interface Play extends CellOptions {
  readonly origin: Origin;
  readonly collector: Collector;
  /** Filled with what the page says. */
  readonly errors: string[];
}

async function play(options: Play): Promise<Played> {
  const { browser, collector, errors, origin, player, scenario, sdk } = options;
  const page = await browser.newPage({
    script: BARCODE_WATCHER,
    hides: scenario.hides ?? false,
    unseen: scenario.unseen ?? false,
    onError: (message) => errors.push(`the page threw: ${message}`),
  });
  const { url } = collector;
  const stage = createStage({
    ...{ page, origin, player, frameRate: FRAME_RATE, collector: sdk.toCollector?.(url) ?? url },
  });
  try {
    await page.open(origin.url);
    await scenario.run(stage);
    return await leave({ ...options, stage });
  } finally {
    await stage.end();
  }
}

interface Scene extends Play {
  readonly stage: Stage;
}

/** The viewer leaves every player; once the SDK has told all, truth and figures are compared. */
async function leave(scene: Scene): Promise<Played> {
  const { stage, sdk, collector, errors } = scene;
  const left = await stage.readPage();
  for (const of of new Set(stage.expected.map((view) => view.of))) {
    if (!left.acts.some((act) => act.what === 'leave' && act.of === of)) await stage.leave(of);
  }
  // Now: what the page shows while the kit still listens is nobody's.
  const seen = await stage.readPage();
  const known = await scene.scenario.known?.(stage);
  const told = await hearAll(scene);
  if (sdk.tellsAll && !stage.isTabClosed()) errors.push(...toUnended(stage.expected, told));
  errors.push(...collector.errors.map((error) => `the SDK's server threw: ${error}`));
  const views = stage.expected.map((_, i) => toView(scene, { i, known, told, ...seen }));
  const vague = toVague(views, known);
  return { views, ...(vague !== undefined && { vague }) };
}

/** All views that are told, also what comes when all seems told: one too many, or a later word on one. */
async function hearAll({ stage, sdk, collector }: Scene): Promise<readonly MeasuredView[]> {
  const told = () => sdk.readBeacons(collector.captured);
  const deadline = Date.now() + LAST_BEACON_MS;
  while (toUnended(stage.expected, told()).length > 0 && Date.now() < deadline) {
    await collector.hears(deadline - Date.now());
  }
  const end = Date.now() + LAST_BEACON_MS;
  while ((await collector.hears(QUIET_MS)) && Date.now() < end);
  return told();
}

function toUnended(expected: Stage['expected'], told: readonly MeasuredView[]): string[] {
  return expected
    .filter(({ asset }) => !told.some((view) => view.asset === asset && view.ended))
    .map(({ asset }) => `the end of "${asset}" was not told`);
}

/** A page that is too busy to look lets nobody tell what is true. */
function toVague(views: readonly CellView[], known: Truth = {}): string | undefined {
  const vague = views
    .flatMap(({ compared }) => compared)
    .filter(({ metric, limit }) => METRICS[metric].unit === 'ms' && limit > WIDEST_LIMIT_MS)
    .filter(({ metric }) => known[metric] === undefined)
    .map(({ metric, limit }) => `${METRICS[metric].title} ± ${Math.round(limit)} ms`);
  if (vague.length === 0) return undefined;
  return `resolution too coarse, the page was busy: ${vague.join(', ')}`;
}

interface Told {
  /** Number of the view in the script. */
  readonly i: number;
  readonly known: Truth | undefined;
  readonly told: readonly MeasuredView[];
}

function toView(
  { stage, scenario, sdk }: Scene,
  { i, known, told, ...seen }: PageSeen & Told,
): CellView {
  const { expected } = stage;
  const { inserted } = scenario;
  const { asset, of } = expected[i] ?? { asset: '', of: 0 };
  const nth = expected.slice(0, i).filter((view) => view.of === of).length;
  const evidence = toEvidence(seen, { of, nth });
  const alone = expected.length === 1;
  const log = stage.asked();
  const truth: Truth = {
    views: { value: 1, resolution: 0, from: 'script' },
    ...toTruth({
      ...evidence,
      ...(alone && { log }),
      frameRate: FRAME_RATE,
      frames: CONTENT_S * FRAME_RATE,
      loops: scenario.loops ?? false,
      autoplays: scenario.autoplays ?? false,
      ...(inserted && { inserted: [inserted.fromS * FRAME_RATE, inserted.toS * FRAME_RATE] }),
    }),
    ...known,
  };
  checkHappened(truth, scenario.must?.[i] ?? {});
  const { untold = [], untoldOn = {} } = scenario;
  for (const metric of [...untold, ...(untoldOn[stage.player] ?? [])]) delete truth[metric];
  const views = told.filter((view) => view.asset === asset);
  const view = views.find(({ measured }) => measured.starts === 1) ?? views[0];
  // A view of what nobody played is one too many.
  const isStray = (other: MeasuredView) => !expected.some((one) => one.asset === other.asset);
  const strays = i === 0 ? told.filter(isStray).length : 0;
  const measured = { ...view?.measured, views: views.length + strays };
  return { asset, compared: compare(truth, measured, sdk.tellsAll) };
}

/** What belongs to one of the contents that were played one after another. */
function toEvidence(
  { acts, pictures, blinks, calledOff }: PageSeen,
  { of, nth }: { of: number; nth: number },
): Pick<Evidence, 'acts' | 'seen' | 'heights' | 'blinks' | 'calledOff'> {
  const own = acts.filter((act) => act.of === of || act.of === PAGE);
  const changes = own.filter(({ what }) => what === 'next').map(({ at }) => at);
  const from = changes[nth - 1] ?? 0;
  const to = changes[nth] ?? Number.POSITIVE_INFINITY;
  const { seen, heights } = pictures[of] ?? { seen: [], heights: [] };
  const isIn = (at: number) => at > from && at <= to;
  return {
    acts: own.filter(({ at }) => isIn(at)),
    seen: seen.filter(([at]) => isIn(at)),
    heights: heights.filter(([at]) => isIn(at)),
    ...{ blinks, calledOff },
  };
}
