// Runs the table: each scenario on each player, one cell after another in one browser, so that no cell
// takes another's time. After a cell that failed the next has a new one: it may be the browser that died.
// It gives the cells with what they were played on.
import { openChromium } from './browser/chromium.ts';
import { openFirefox } from './browser/firefox.ts';
import type { KitBrowser } from './browser/kitBrowser.ts';
import { openWebkit } from './browser/webkit.ts';
import { bundlePage } from './page/bundlePage.ts';
import type { PlayerName } from './page/pageSdk.ts';
import { readVersion } from './readVersion.ts';
import { isExcusable, isOutside, type Run } from './report/toReport.ts';
import { type Cell, runCell } from './runCell.ts';
import type { Scenario } from './scenarios/scenario.ts';
import type { SdkUnderTest } from './sdk/sdkUnderTest.ts';

export const PLAYERS: readonly PlayerName[] = ['hlsjs', 'videojs', 'dashjs', 'shaka', 'html5'];

/** By name, how each is opened: of WebKit the program is its driver. */
const OPEN = { chromium: openChromium, firefox: openFirefox, webkit: openWebkit } as const;

export type BrowserName = keyof typeof OPEN;

export const BROWSERS = Object.keys(OPEN) as BrowserName[]; // Its own keys.

export interface ConformanceOptions {
  /** Chromium unless given. */
  readonly browser?: BrowserName;
  /** Its program; of WebKit that of its driver. */
  readonly browserPath: string | undefined;
  readonly sdk: SdkUnderTest;
  /** Folder of the kit's media. */
  readonly media: string;
  readonly scenarios: readonly Scenario[];
  readonly players: readonly PlayerName[];
  /** How often each cell is played, 1 unless given: means of more are known better. */
  readonly rounds?: number;
  /** Plays a cell of which only durations are outside a second time: a busy machine spoils some. */
  readonly replays?: boolean;
  /** A cell that takes longer has failed, ms: two minutes unless given. */
  readonly patienceMs?: number;
  /** Told of each cell as it ends. */
  readonly onCell?: (cell: Cell) => void;
}

/** More than the longest script with all its waits: a player that fails is waited for up to 50 s. */
const PATIENCE_MS = 120_000;

/** @throws Error where there is no such browser. */
export async function runConformance(options: ConformanceOptions): Promise<Run> {
  const { sdk, media, scenarios, players, replays = false, rounds = 1, onCell } = options;
  const { browser: name = 'chromium', patienceMs = PATIENCE_MS } = options;
  const open = (): Promise<KitBrowser> => OPEN[name](options.browserPath);
  const bundle = await bundlePage(sdk.pageScript);
  const cells: Cell[] = [];
  let browser = await open();
  const play = async (player: PlayerName, scenario: Scenario): Promise<Cell> => {
    const cell = await runCell({ browser, bundle, sdk, media, player, scenario, patienceMs });
    if (cell.failed !== undefined) {
      await browser.close(); // It may be dying.
      browser = await open();
    }
    return cell;
  };
  const playTwice = async (player: PlayerName, scenario: Scenario): Promise<Cell> => {
    const first = await play(player, scenario);
    if (!(replays && isOutside(first) && isExcusable(first))) return first;
    const again = await play(player, scenario);
    return again.skipped === undefined ? { ...again, first } : first;
  };
  try {
    for (const scenario of Array.from({ length: rounds }, () => scenarios).flat()) {
      for (const player of players) {
        if (scenario.players && !scenario.players.includes(player)) continue;
        // What is made for one player only is nothing that a browser's own limits are about.
        const alone = scenario.players?.length === 1;
        const skipped =
          scenario.without?.[player] ??
          sdk.without?.[player] ??
          (alone ? undefined : browser.without[player]);
        const cell: Cell =
          skipped === undefined
            ? await playTwice(player, scenario)
            : { player, scenario: scenario.name, views: [], errors: [], skipped };
        cells.push(cell);
        onCell?.(cell);
      }
    }
  } finally {
    await browser.close();
  }
  const { version } = browser;
  return { browser: { name, version }, players: toVersions(players), rounds, cells };
}

const PACKAGES = {
  ...{ hlsjs: 'hls.js', videojs: 'video.js', dashjs: 'dashjs', shaka: 'shaka-player' },
  html5: undefined,
} as const;

function toVersions(players: readonly PlayerName[]): Run['players'] {
  return Object.fromEntries(
    players.map((player) => {
      const name = PACKAGES[player];
      return [player, name === undefined ? "the browser's own" : readVersion(name)];
    }),
  );
}
