// Runs the table: each scenario on each player, one cell after another in one browser, so that no cell
// takes another's time.
import type { Browser } from 'playwright-core';
import { bundlePage } from './page/bundlePage.ts';
import type { PlayerName } from './page/pageSdk.ts';
import { isOutside } from './report/toReport.ts';
import { type Cell, runCell } from './runCell.ts';
import type { Scenario } from './scenarios/scenario.ts';
import type { SdkUnderTest } from './sdk/sdkUnderTest.ts';

export const PLAYERS: readonly PlayerName[] = ['hlsjs', 'videojs', 'dashjs', 'shaka', 'html5'];

export interface ConformanceOptions {
  readonly browser: Browser;
  readonly sdk: SdkUnderTest;
  /** Folder of the kit's media. */
  readonly media: string;
  readonly scenarios: readonly Scenario[];
  readonly players: readonly PlayerName[];
  /** Plays a cell that is outside a second time, and says so: a busy machine spoils some. */
  readonly replays?: boolean;
  /** Told of each cell as it ends. */
  readonly onCell?: (cell: Cell) => void;
}

export async function runConformance(options: ConformanceOptions): Promise<Cell[]> {
  const { browser, sdk, media, scenarios, players, replays = false, onCell } = options;
  const bundle = await bundlePage(sdk.pageScript);
  const cells: Cell[] = [];
  for (const scenario of scenarios) {
    for (const player of players) {
      if (scenario.players && !scenario.players.includes(player)) continue;
      const play = () => runCell({ browser, bundle, sdk, media, player, scenario });
      const skipped = scenario.without?.[player] ?? sdk.without?.[player];
      const once: Cell =
        skipped === undefined
          ? await play()
          : { player, scenario: scenario.name, views: [], errors: [], skipped };
      const cell = replays && isOutside(once) ? { ...(await play()), replayed: true } : once;
      cells.push(cell);
      onCell?.(cell);
    }
  }
  return cells;
}
