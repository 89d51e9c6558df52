// One cell of the table: one scenario on one player, with the SDK under test in the page. It gives what
// was true, what was measured and how far the two are apart.
import { type KitBrowser, Skip } from './browser/kitBrowser.ts';
import { type Collector, startCollector } from './collector.ts';
import { type Compared, compare, type Truth } from './metrics.ts';
import { createMedia } from './origin/media.ts';
import { type Origin, startOrigin } from './origin/origin.ts';
import type { Page as Bundle } from './page/bundlePage.ts';
import { PAGE } from './page/kit.ts';
import type { PlayerName } from './page/pageSdk.ts';
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
  /** It was played a second time, as the first was outside: this is the second. */
  readonly replayed?: boolean;
  /** What the page said meanwhile: errors that nobody caught. */
  readonly errors: readonly string[];
}

export interface CellView {
  readonly asset: string;
  readonly compared: readonly Compared[];
}

export const FRAME_RATE = 25;
/** What an SDK may take to send its last beacon after the viewer left, ms. */
const LAST_BEACON_MS = 6_000;

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
    return { ...cell, views: await play({ ...options, origin, collector, errors }) };
  } catch (error) {
    if (error instanceof Skip) return { ...cell, skipped: error.message };
    const failed = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return { ...cell, failed };
  } finally {
    await origin.close();
    await collector.close();
  }
}

interface Play extends CellOptions {
  readonly origin: Origin;
  readonly collector: Collector;
  /** Filled with what the page says. */
  readonly errors: string[];
}

async function play({ errors, ...options }: Play): Promise<CellView[]> {
  const { browser, collector, origin, player, scenario, sdk } = options;
  const page = await browser.newPage({
    script: BARCODE_WATCHER,
    hides: scenario.hides ?? false,
    unseen: scenario.unseen ?? false,
    onError: (message) => errors.push(message),
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

interface Scene extends CellOptions {
  readonly stage: Stage;
  readonly collector: Collector;
}

/** The viewer leaves every player; once the SDK has told all, truth and figures are compared. */
async function leave(scene: Scene): Promise<CellView[]> {
  const { stage, sdk, collector } = scene;
  const left = await stage.readPage();
  for (const of of new Set(stage.expected.map((view) => view.of))) {
    if (!left.acts.some((act) => act.what === 'leave' && act.of === of)) await stage.leave(of);
  }
  const told = () => sdk.readBeacons(collector.captured);
  const isWhole = () =>
    stage.expected.every(({ asset }) => told().some((view) => view.asset === asset && view.ended));
  const deadline = Date.now() + LAST_BEACON_MS;
  while (!isWhole() && Date.now() < deadline) await stage.wait(50);
  const seen = await stage.readPage();
  const known = await scene.scenario.known?.(stage);
  return stage.expected.map((_, i) => toView(scene, { i, known, told: told(), ...seen }));
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
  for (const metric of scenario.untold ?? []) delete truth[metric];
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
  { acts, pictures, blinks }: PageSeen,
  { of, nth }: { of: number; nth: number },
): Pick<Evidence, 'acts' | 'seen' | 'heights' | 'blinks'> {
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
    blinks,
  };
}
