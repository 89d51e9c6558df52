// The short form of `bench conformance`: five players, the scenarios that say most, the same limits.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isOutside } from './report/toReport.ts';
import { toLine } from './report/toTable.ts';
import { PLAYERS, runConformance } from './runConformance.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { SCENARIOS } from './scenarios/scenarios.ts';
import { retourSdk } from './sdk/retour.ts';

const MEDIA = fileURLToPath(new URL('../../deploy/sample/media/vod', import.meta.url));
const CHROMIUM = process.env.CHROME_PATH || '/usr/bin/chromium';
const OTHERS = [
  {
    browser: 'firefox',
    browserPath: process.env.FIREFOX_PATH || '/usr/bin/firefox-esr',
    players: ['hlsjs', 'videojs', 'dashjs', 'shaka'],
    names: ['autoplayRefused', 'pauseInStall', 'closedTab'],
  },
  {
    browser: 'webkit',
    browserPath: process.env.WEBKIT_PATH || '/usr/bin/WebKitWebDriver',
    players: ['hlsjs', 'dashjs', 'shaka'],
    names: ['pauseInStall', 'closedTab'],
  },
] as const;
const NAMES = ['start', 'pauseInStall', 'seekOutside'];

describe('runConformance', () => {
  it.each(PLAYERS)('finds what the SDK says of %s to be true', async (player) => {
    const cells = await runConformance({
      browserPath: CHROMIUM,
      sdk: retourSdk,
      media: MEDIA,
      players: [player],
      scenarios: SCENARIOS.filter(({ name }) => NAMES.includes(name)),
      replays: true,
    });
    console.log(cells.map(toLine).join('\n'));
    expect(cells).toHaveLength(NAMES.length);
    expect(cells.filter(isOutside).map(toLine)).toEqual([]);
  });

  for (const { names, ...other } of OTHERS) {
    it.skipIf(!existsSync(other.browserPath))(
      `finds it true in ${other.browser}, too`,
      async () => {
        const cells = await runConformance({
          ...{ ...other, sdk: retourSdk, media: MEDIA, replays: true },
          scenarios: SCENARIOS.filter(({ name }) => names.some((one) => one === name)),
        });
        console.log(cells.map(toLine).join('\n'));
        expect(cells.filter(({ skipped }) => skipped !== undefined)).toEqual([]);
        expect(cells).toHaveLength(names.length * other.players.length);
        expect(cells.filter(isOutside).map(toLine)).toEqual([]);
      },
    );
  }

  it('goes on in another browser where one dies, and says in which cell it died', async () => {
    const dying: Scenario = {
      name: 'dying',
      title: 'The browser ends.',
      async run({ page }) {
        const own = ['-KILL', '-P', String(process.pid), '-f', 'remote-debugging-port'];
        spawnSync('pkill', own);
        await page.evaluate('1');
      },
    };
    const cells = await runConformance({
      browserPath: CHROMIUM,
      sdk: retourSdk,
      media: MEDIA,
      players: ['html5'],
      scenarios: [dying, ...SCENARIOS.filter(({ name }) => name === 'start')],
    });
    expect(cells.map(({ scenario, failed }) => [scenario, failed])).toEqual([
      ['dying', expect.stringMatching(/closed/)],
      ['start', undefined],
    ]);
  });
});
