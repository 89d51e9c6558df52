// What a mode sends, asks the browser for and leaves in it, recorded from outside in a real Chromium:
// docs/privacy.md says it in words.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PrivacyMode } from '../src/contract/context.ts';
import { type BuiltPages, serveBuiltPages, toBeacons } from './builtPages.ts';
import { cannotPlay } from './openProfile.ts';

let pages: BuiltPages;
beforeAll(async () => {
  pages = await serveBuiltPages();
}, 120_000);
afterAll(() => pages?.close());

/** Notes each question to the browser that could tell one viewer from another, or that stores. */
const WATCH = `
  window.asked = [];
  const note = (owner, name) => {
    const found = owner && Object.getOwnPropertyDescriptor(owner, name);
    if (!found) return;
    for (const key of ['value', 'get', 'set']) {
      const act = found[key];
      if (typeof act === 'function') {
        found[key] = function (...args) {
          asked.push([name, ...args].join(' '));
          return act.apply(this, args);
        };
      }
    }
    Object.defineProperty(owner, name, found);
  };
  note(window.NavigatorUAData?.prototype, 'getHighEntropyValues');
  note(Document.prototype, 'cookie');
  note(Storage.prototype, 'getItem');
  note(Storage.prototype, 'setItem');
  note(IDBFactory.prototype, 'open');
  Object.defineProperty(document, 'referrer', { value: 'https://from.example/SECRET_REFERRER' });`;

const toScript = (mode: PrivacyMode) => `
  import { monitor } from '/sdk/index.js';
  import { html5 } from '/sdk/adapters/html5.js';
  import { offline } from '/sdk/offline.js';
  document.title = 'SECRET_TITLE';
  history.replaceState(null, '', '/SECRET_PATH?q=SECRET_QUERY#SECRET_FRAGMENT');
  const video = document.querySelector('video');
  window.view = monitor(html5(video), {
    key: 'k',
    endpoint: 'COLLECTOR/feed',
    asset: { id: 'film' },
    privacy: '${mode}',
    viewer: { id: 'SECRET_VIEWER' },
    offline: offline(),
  });
  video.src = '/vod/plain.mp4';
  video.play();
  view.error({ code: 'X', message: 'https://a:SECRET_PASSWORD@b.example/?SECRET_TOKEN', fatal: false });`;

describe.skipIf(cannotPlay)('what leaves and what stays', () => {
  it.each<[mode: PrivacyMode, told: string[], asked: RegExp[]]>([
    ['none', [], []],
    ['exempt', ['PATH', 'TITLE'], [/^open retour /]],
    [
      'consented',
      ['PATH', 'QUERY', 'REFERRER', 'TITLE', 'VIEWER'],
      [/^getHighEntropyValues model$/, /^open retour /],
    ],
  ])('in mode %s', async (mode, told, asked) => {
    const prepare = (context: { addInitScript(script: string): Promise<unknown> }) =>
      context.addInitScript(WATCH);
    const { page, captured, errors } = await pages.open({ script: toScript(mode), prepare });
    await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 1);
    await page.evaluate('view.destroy()');
    await expect
      .poll(() => toBeacons(captured()).flatMap(({ events }) => events.map(({ type }) => type)))
      .toContain('exit');
    const secrets = JSON.stringify(captured()).matchAll(/SECRET_([A-Z]+)/g);
    expect([...new Set([...secrets].map(([, secret]) => secret))].sort()).toEqual(told);
    const { device = {} } = toBeacons(captured())[0]?.ctx ?? {};
    const low = ['mobile', 'platform'];
    const high = ['language', 'pixelRatio', 'screenHeight', 'screenWidth'];
    expect(
      Object.keys(device)
        .filter((name) => !['model', 'brands'].includes(name))
        .sort(),
    ).toEqual(mode === 'consented' ? [...low, ...high].sort() : low);
    const questions = await page.evaluate<string[]>('[...new Set(asked)].sort()');
    expect(questions).toEqual(asked.map((question) => expect.stringMatching(question)));
    const kept = 'localStorage.length + sessionStorage.length';
    expect(await page.evaluate<number>(kept)).toBe(0);
    expect(await page.context().cookies()).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('after a consent, and after its withdrawal while the network is away', async () => {
    const { page, captured, errors } = await pages.open({ script: toScript('exempt') });
    const said = (since = 0) =>
      String(
        captured()
          .slice(since)
          .map(({ body }) => body),
      );
    await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 1);
    await page.evaluate("view.consent('consented'); view.error({ code: 'A' })");
    await expect.poll(() => said()).toContain('SECRET_VIEWER');
    await page.context().setOffline(true);
    await page.evaluate("view.request(); view.error({ code: 'B' })");
    await page.evaluate("view.consent('none')");
    const since = captured().length;
    await page.context().setOffline(false);
    await page.evaluate('view.destroy()');
    await expect.poll(() => said(since)).toContain('"B"');
    expect(said(since)).not.toMatch(/SECRET/);
    expect(errors.filter((error) => !/ERR_INTERNET_DISCONNECTED/.test(error))).toEqual([]);
  });
});
