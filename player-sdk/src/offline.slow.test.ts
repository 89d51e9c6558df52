// What only a browser can say of the offline store: that bodies outlive their page and their tab,
// that tabs share them, and that a browser without a store loses nothing that memory can keep.
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { BrowserContext, Page } from 'playwright-core';
import { rolldown } from 'rolldown';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { cannotPlay, openProfile, type Profile } from '../test/openProfile.ts';
import type * as Scripted from '../test/scriptedPage.ts';
import type { WireBeacon } from './contract/beacon.ts';

declare global {
  interface Window {
    scripted: typeof Scripted;
    shown: boolean[];
  }
}

const held: ServerResponse[] = [];
let taken: WireBeacon[] = [];
let failed = 0;
/** What becomes of bodies. Held: no answer. What leaves unread is always lost: the store is on trial. */
let fate: 'taken' | 'lost' | 'held' = 'taken';
/** What was sent before it is lost, however late it comes; epoch ms. */
let lostUntil = 0;
let server: Server;
let profile: Profile;
let context: BrowserContext;
let origin: string;

function readBeacons(bytes: Buffer): WireBeacon[] {
  const text = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString();
  return [JSON.parse(text)].flat() as WireBeacon[]; // The SDK wrote it.
}

function serve(script: string): Server {
  return createServer((request, response) => {
    const chunks: Buffer[] = [];
    const isLost = fate === 'lost';
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', origin);
      if (!url.pathname.startsWith('/feed')) {
        const html = `<title>Watch</title><script>${script};window.scripted = scripted;
          window.shown = []; addEventListener('pageshow', (e) => shown.push(e.persisted));</script>`;
        if (url.searchParams.has('csp'))
          response.setHeader('content-security-policy', "connect-src 'none'");
        response.setHeader('content-type', 'text/html').end(html);
      } else if (
        isLost ||
        url.searchParams.has('u') ||
        Number(url.searchParams.get('s') ?? lostUntil) < lostUntil
      ) {
        failed += Number(request.method === 'POST');
        response.destroy();
      } else if (request.method === 'GET') response.end(`{"time":${Date.now()}}`);
      else {
        taken.push(...readBeacons(Buffer.concat(chunks)));
        if (fate === 'held') held.push(response);
        else response.end(`{"accepted":1,"rejected":0,"time":${Date.now()}}`);
      }
    });
  });
}

beforeAll(async () => {
  const bundle = await rolldown({
    input: join(import.meta.dirname, '../test/scriptedPage.ts'),
    platform: 'browser',
  });
  const { output } = await bundle.generate({ format: 'iife', name: 'scripted' });
  await bundle.close();
  server = serve(output[0].code);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // No pipe.
  profile = await openProfile();
  ({ context } = profile);
});

afterEach(async () => {
  fate = 'taken';
  for (const response of held.splice(0)) response.destroy();
  for (const tab of context.pages().slice(1)) await tab.close();
  taken = [];
  failed = 0;
  lostUntil = 0;
});

afterAll(async () => {
  await profile?.close();
  server?.closeAllConnections();
  server?.close();
});

const eventually = <T>(read: () => T) => expect.poll(read);

/** Each test has a property of its own: nothing is left over from another. */
let properties = 0;
const nextEndpoint = () => `/feed${++properties}`;

async function open(endpoint: string, { path = '/', privacy = 'exempt', init = '' } = {}) {
  const tab = await context.newPage();
  const errors: string[] = [];
  tab.on('pageerror', (error) => errors.push(error.message));
  if (init) await tab.addInitScript(init);
  await tab.goto(origin + path);
  const player = await tab.evaluateHandle(
    ([address, mode]) => window.scripted.start({ endpoint: address, privacy: mode as 'none' }), // One of the modes.
    [endpoint, privacy] as const,
  );
  return { tab, errors, play: () => player.evaluate(({ play }) => play()), player };
}

const stored = (tab: Page, endpoint: string) =>
  tab.evaluate((address) => window.scripted.readStore(`${address}/k`), endpoint);
const storedCount = async (tab: Page, endpoint: string) => (await stored(tab, endpoint)).length;

/** Every row that was taken, by view, kind, number and revision: twice where it came twice. */
function rowsTaken(): string[] {
  return taken.flatMap(({ view, events = [] }) =>
    events.map(({ type, seq, rev }) => `${view} ${type} ${seq} ${rev}`),
  );
}

/** Without a word: closing would free what it holds. */
async function crash(tab: Page): Promise<void> {
  const devtools = await context.newCDPSession(tab);
  const crashed = tab.waitForEvent('crash');
  devtools.send('Page.crash').catch(() => undefined); // Nobody is left to answer.
  await crashed;
}

/** As the browser tells it of a tab that is left for another, or shown again. */
function hide(tab: Page, hidden: boolean): Promise<void> {
  return tab.evaluate(
    (state) => {
      Object.defineProperty(document, 'visibilityState', { get: () => state, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    },
    hidden ? 'hidden' : 'visible',
  );
}

async function playOffline(endpoint: string) {
  fate = 'lost';
  const page = await open(endpoint);
  await page.play();
  await eventually(() => failed).toBeGreaterThan(0);
  await eventually(() => storedCount(page.tab, endpoint)).toBeGreaterThan(0);
  return page;
}

describe.skipIf(cannotPlay)('offline', () => {
  it('delivers on the next visit what could not leave, and doubles nothing', async () => {
    const endpoint = nextEndpoint();
    const first = await playOffline(endpoint);
    await first.tab.close({ runBeforeUnload: false });
    fate = 'taken';
    const next = await open(endpoint);
    await eventually(() => rowsTaken().some((row) => row.includes('requested'))).toBe(true);
    await eventually(() => storedCount(next.tab, endpoint)).toBe(0);
    const rows = rowsTaken();
    expect(new Set(rows).size).toBe(rows.length);
    expect(taken.some(({ events = [] }) => events.some(({ type }) => type === 'firstFrame'))).toBe(
      true,
    );
    expect([...first.errors, ...next.errors]).toEqual([]);
  });

  it('sends again what sendBeacon took and nobody confirmed', async () => {
    const endpoint = nextEndpoint();
    const init = 'navigator.sendBeacon = () => true; window.fetch = () => new Promise(() => {});';
    const first = await open(endpoint, { init });
    await first.play();
    await first.tab.goto('about:blank');
    expect(taken).toEqual([]);
    await open(endpoint);
    await eventually(() => rowsTaken().filter((row) => row.includes('firstFrame')).length).toBe(1);
  });

  it('shares what lies there between two tabs, and frees what a dead tab held', async () => {
    const endpoint = nextEndpoint();
    const first = await playOffline(endpoint);
    await first.tab.close();
    lostUntil = Date.now(); // The closed tab may have had a try on its way.
    fate = 'held';
    const [one, other] = await Promise.all([open(endpoint), open(endpoint)]);
    await eventually(() => held.length).toBeGreaterThan(0);
    const before = rowsTaken();
    expect(new Set(before).size).toBe(before.length);
    await Promise.all([crash(one.tab), crash(other.tab)]); // Neither was answered.
    fate = 'taken';
    taken = [];
    const last = await open(endpoint);
    await last.play();
    await eventually(() => rowsTaken().length).toBeGreaterThan(0);
    expect(rowsTaken().filter((row) => before.includes(row))).toEqual([]); // Still leased.
    await last.tab.evaluate((address) => window.scripted.endLeases(`${address}/k`), endpoint);
    await open(endpoint);
    await eventually(() => before.filter((row) => !rowsTaken().includes(row))).toEqual([]);
  });

  it('stores nothing in the mode none, and forgets it when consent is withdrawn', async () => {
    const endpoint = nextEndpoint();
    fate = 'lost';
    const silent = await open(endpoint, { privacy: 'none' });
    await silent.play();
    await eventually(() => failed).toBeGreaterThan(1);
    expect(await stored(silent.tab, endpoint)).toEqual([]);
    const page = await playOffline(endpoint);
    await page.player.evaluate(({ monitor }) => monitor.consent('none'));
    await eventually(() => storedCount(page.tab, endpoint)).toBe(0);
  });

  it.each([
    ['has no IndexedDB', 'delete Window.prototype.indexedDB; delete window.indexedDB;'],
    [
      'forbids it',
      "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); };",
    ],
    ['never answers', 'IDBFactory.prototype.open = () => ({});'],
    [
      'is full',
      "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };",
    ],
  ])('keeps all in memory where the browser %s', async (_, init) => {
    const endpoint = nextEndpoint();
    fate = 'lost';
    const page = await open(endpoint, { init });
    await page.play();
    await eventually(() => failed).toBeGreaterThan(0);
    fate = 'taken';
    await eventually(() => rowsTaken().filter((row) => row.includes('requested')).length).toBe(1);
    expect(page.errors).toEqual([]);
  });

  it('keeps what the page’s own policy does not let out', async () => {
    const endpoint = nextEndpoint();
    const page = await open(endpoint, { path: '/?csp' });
    await page.play();
    await eventually(() => storedCount(page.tab, endpoint)).toBeGreaterThan(0);
    expect(page.errors).toEqual([]);
  });

  it('lets a record that nobody can read go, and sends the others', async () => {
    const endpoint = nextEndpoint();
    const page = await playOffline(endpoint);
    await page.tab.evaluate((address) => {
      const opening = indexedDB.open(`retour ${address}`, 1);
      return new Promise((resolve) => {
        opening.onsuccess = () => {
          const writing = opening.result.transaction('rows', 'readwrite');
          writing.objectStore('rows').put(7, [Date.now() + 1, 0]);
          writing.oncomplete = resolve;
        };
      });
    }, `${endpoint}/k`);
    await page.tab.close();
    fate = 'taken';
    const next = await open(endpoint);
    await eventually(() => taken.length).toBeGreaterThan(0);
    expect(next.errors).toEqual([]);
  });

  it('leaves the page fit for the back/forward cache', async () => {
    const endpoint = nextEndpoint();
    const { tab, play } = await playOffline(endpoint);
    await play();
    await tab.goto('about:blank');
    await tab.goBack({ waitUntil: 'commit' });
    await eventually(() => tab.evaluate(() => window.shown)).toEqual([false, true]);
    fate = 'taken';
    await eventually(() => rowsTaken().some((row) => row.includes('requested'))).toBe(true);
  });

  it('stores again what happens after each return, and loses nothing in between', async () => {
    const endpoint = nextEndpoint();
    const { tab, player, errors } = await playOffline(endpoint);
    await player.evaluate(({ monitor }) => Object.assign(window, { monitor }));
    const fail = (code: string) =>
      tab.evaluate(`monitor.error({ code: '${code}', fatal: false }); monitor.request()`);
    const isStored = async (code: string) => (await stored(tab, endpoint)).join().includes(code);
    await tab.goto('about:blank');
    await tab.goBack({ waitUntil: 'commit' });
    await eventually(() => tab.evaluate(() => window.shown)).toEqual([false, true]);
    await fail('AFTER_CACHE');
    await hide(tab, true);
    await eventually(() => isStored('AFTER_CACHE')).toBe(true);
    await hide(tab, false);
    await fail('AFTER_HIDDEN');
    await hide(tab, true);
    await eventually(() => isStored('AFTER_HIDDEN')).toBe(true);
    await crash(tab); // It had no other chance.
    lostUntil = Date.now();
    fate = 'taken';
    const next = await open(endpoint);
    await next.tab.evaluate((address) => window.scripted.endLeases(`${address}/k`), endpoint);
    await eventually(() => JSON.stringify(taken)).toMatch(
      /(?=.*requested)(?=.*firstFrame)(?=.*AFTER_CACHE)(?=.*AFTER_HIDDEN)/,
    );
    expect(errors).toEqual([]);
  });
});
