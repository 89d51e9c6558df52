// The short form of `bench conformance`: five players, the scenarios that say most, the same limits.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { isOutside } from './report/toReport.ts';
import { toLine } from './report/toTable.ts';
import { PLAYERS, runConformance } from './runConformance.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { SCENARIOS } from './scenarios/scenarios.ts';
import { retourSdk } from './sdk/retour.ts';
import type { SdkUnderTest } from './sdk/sdkUnderTest.ts';

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
    // No `closedTab`: the driver ends the browser with its tab, which now and then takes the last beacon along.
    names: ['start', 'pauseInStall'],
  },
] as const;
const NAMES = ['start', 'pauseInStall', 'seekOutside'];

describe('runConformance', () => {
  it.each(PLAYERS)('finds what the SDK says of %s to be true', async (player) => {
    const { cells } = await runConformance({
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
        const { cells } = await runConformance({
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
    const { cells } = await runConformance({
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

describe('runConformance of an SDK that harms', () => {
  const folder = mkdtempSync(join(tmpdir(), 'retour-kit-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  interface Harm extends Partial<SdkUnderTest> {
    readonly name: string;
    /** What it does in the page when it is started, and stopped; `facts` are at hand. */
    readonly start?: string;
    readonly stop?: string;
  }
  const toSdk = ({ start = '', stop = '', ...sdk }: Harm): SdkUnderTest => {
    const pageScript = join(folder, `${sdk.name}.js`);
    const code = `export const pageSdk = { start({ facts }) { ${start}; return { stop() { ${stop} } }; } };`;
    writeFileSync(pageScript, code);
    return { version: '1', pageScript, readBeacons: () => [], ...sdk };
  };
  const play = async (harm: Harm, scenario = 'start', patienceMs = 60_000) => {
    const run = await runConformance({
      ...{ browserPath: CHROMIUM, sdk: toSdk(harm), media: MEDIA, patienceMs, players: ['html5'] },
      scenarios: SCENARIOS.filter(({ name }) => name === scenario),
    });
    return run.cells[0];
  };

  it('fails one that keeps the browser from keeping its page', async () => {
    const cell = await play(
      { name: 'unload', start: "addEventListener('unload', () => {})" },
      'wayBack',
    );
    expect(cell?.skipped).toBeUndefined();
    expect(cell?.failed).toMatch(/did not keep the page: .*unload/i);
  });

  it('goes on when one never lets the page rest', async () => {
    const cell = await play({ name: 'busy', start: 'for (;;);' }, 'start', 5_000);
    expect(cell?.failed).toBe('timed out: not done after 5 s');
  });

  const send = (body: string) => `fetch(facts.collector, { method: 'POST', body: ${body} })`;

  it('sees what one says after it seemed to have told all', async () => {
    const cell = await play({
      name: 'late',
      stop: `${send("'first'")}; setTimeout(() => ${send("'phantom'")}, 700)`,
      readBeacons: (requests) =>
        requests.map(({ body }) => ({ asset: body, measured: { starts: 1 }, ended: true })),
    });
    const views = cell?.views[0]?.compared.find(({ metric }) => metric === 'views');
    expect(views).toMatchObject({ measured: 2, verdict: 'outside' });
  });

  it('misses an end that was not told, and outlives a broken body and a broken answer', async () => {
    const cell = await play({
      name: 'mute',
      start: send('new Uint8Array([0x1f, 0x8b, 0, 0, 1, 2])'),
      tellsAll: true,
      respond() {
        throw new Error('no answer');
      },
    });
    expect(cell?.failed).toBeUndefined();
    expect(cell?.errors).toEqual([
      'the end of "first" was not told',
      "the SDK's server threw: Error: no answer",
    ]);
  });
});
