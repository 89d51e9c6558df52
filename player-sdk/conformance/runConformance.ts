// Runs the table: each scenario on each player, one cell after another in one browser, so that no cell
// takes another's time. After a cell that failed the next has a new one: it may be the browser that died.
import { openChromium } from './browser/chromium.ts';
import { openFirefox } from './browser/firefox.ts';
import type { KitBrowser } from './browser/kitBrowser.ts';
import { openWebkit } from './browser/webkit.ts';
import { bundlePage } from './page/bundlePage.ts';
import type { PlayerName } from './page/pageSdk.ts';
import { isOutside } from './report/toReport.ts';
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
  /** Plays a cell that is outside a second time, and says so: a busy machine spoils some. */
  readonly replays?: boolean;
  /** Told of each cell as it ends. */
  readonly onCell?: (cell: Cell) => void;
}

/** @throws Error where there is no such browser. */
export async function runConformance(options: ConformanceOptions): Promise<Cell[]> {
  const { sdk, media, scenarios, players, replays = false, rounds = 1, onCell } = options;
  const open = (): Promise<KitBrowser> => OPEN[options.browser ?? 'chromium'](options.browserPath);
  const bundle = await bundlePage(sdk.pageScript);
  const cells: Cell[] = [];
  let browser = await open();
  const play = async (player: PlayerName, scenario: Scenario): Promise<Cell> => {
    const cell = await runCell({ browser, bundle, sdk, media, player, scenario });
    if (cell.failed !== undefined) {
      await browser.close(); // It may be dying.
      browser = await open();
    }
    return cell;
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
        const once: Cell =
          skipped === undefined
            ? await play(player, scenario)
            : { player, scenario: scenario.name, views: [], errors: [], skipped };
        const again = replays && isOutside(once) ? await play(player, scenario) : undefined;
        const isBetter = again !== undefined && again.skipped === undefined;
        const cell = isBetter ? { ...again, replayed: true } : once;
        cells.push(cell);
        onCell?.(cell);
      }
    }
  } finally {
    await browser.close();
  }
  return cells;
}
