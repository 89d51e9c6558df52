// The short form of `bench conformance`: five players, the scenarios that say most, the same limits.
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
    names: ['autoplayRefused', 'pauseInStall', 'hiddenTab'],
  },
  {
    browser: 'webkit',
    browserPath: process.env.WEBKIT_PATH || '/usr/bin/WebKitWebDriver',
    names: ['pauseInStall', 'seekOutside'],
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

  for (const { browser, browserPath, names } of OTHERS) {
    it.skipIf(!existsSync(browserPath))(`finds it true in ${browser}, too`, async () => {
      const cells = await runConformance({
        ...{ browser, browserPath, sdk: retourSdk, media: MEDIA, replays: true },
        players: ['hlsjs', 'dashjs', 'shaka'],
        scenarios: SCENARIOS.filter(({ name }) => names.some((one) => one === name)),
      });
      console.log(cells.map(toLine).join('\n'));
      expect(cells.filter(({ skipped }) => skipped === undefined)).toHaveLength(names.length * 3);
      expect(cells.filter(isOutside).map(toLine)).toEqual([]);
    });
  }

  it('goes on in another browser where one dies, and says in which cell it died', async () => {
    const dying: Scenario = {
      name: 'dying',
      title: 'The browser ends.',
      run: ({ page }) => page.open('chrome://inducebrowsercrashforrealz'),
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
