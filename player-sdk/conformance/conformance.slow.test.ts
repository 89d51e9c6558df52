// The short form of `bench conformance`: five players, the scenarios that say most, the same limits.
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './openBrowser.ts';
import { isOutside } from './report/toReport.ts';
import { toLine } from './report/toTable.ts';
import { PLAYERS, runConformance } from './runConformance.ts';
import { SCENARIOS } from './scenarios/scenarios.ts';
import { retourSdk } from './sdk/retour.ts';

const MEDIA = fileURLToPath(new URL('../../deploy/sample/media/vod', import.meta.url));
const NAMES = ['start', 'pauseInStall', 'seekOutside'];

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser(process.env.CHROME_PATH || '/usr/bin/chromium');
});
afterAll(() => browser?.close());

describe('runConformance', () => {
  it.each(PLAYERS)('finds what the SDK says of %s to be true', async (player) => {
    const cells = await runConformance({
      browser,
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
});
