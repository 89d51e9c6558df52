// What only a browser can say: that no request of ours needs a preflight, carries a cookie or a
// header of our own, and that bodies sent while a page closes arrive.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { BrowserContext } from 'playwright-core';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cannotPlay, openProfile, type Profile } from '../../test/openProfile.ts';
import { VIEW_ID } from '../contract/schema/readBeacon.ts';
import type * as Sdk from './platform.ts';

/** The bundle's global. */
declare const sdk: typeof Sdk;

declare global {
  interface Window {
    platform: Sdk.Platform;
  }
}

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly type: string | undefined;
  readonly cookie: string | undefined;
  readonly body: string;
}

const servers: Server[] = [];
const seen: Seen[] = [];
const waiting: (() => void)[] = [];
let profile: Profile | undefined;
let context: BrowserContext;
let page: string;
let collector: string;

function listen(server: Server): Promise<string> {
  servers.push(server);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo; // It listens on a port, not on a pipe.
      resolve(`http://127.0.0.1:${port}`);
    });
  });
}

/** Resolves when the collector has seen so many requests. */
function sawRequests(count: number): Promise<void> {
  if (seen.length >= count) return Promise.resolve();
  return new Promise<void>((resolve) => waiting.push(resolve)).then(() => sawRequests(count));
}

beforeAll(async () => {
  const bundle = await rolldown({
    input: join(import.meta.dirname, 'platform.ts'),
    platform: 'browser',
  });
  const { output } = await bundle.generate({ format: 'iife', name: 'sdk' });
  await bundle.close();
  const script = `${output[0].code};window.platform = sdk.createPlatform();`;
  page = await listen(
    createServer((_, response) => {
      response
        .setHeader('content-type', 'text/html')
        .end(`<title>Watch</title><script>${script}</script>`);
    }),
  );
  collector = await listen(
    createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method, url, headers } = request;
        const bytes = Buffer.concat(chunks);
        const body = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString();
        seen.push({ method, url, type: headers['content-type'], cookie: headers.cookie, body });
        response
          .setHeader('access-control-allow-origin', '*')
          .setHeader('access-control-expose-headers', 'Retry-After');
        response.writeHead(503, { 'retry-after': '9', 'set-cookie': 'a=b' }).end('{"time":5}');
        for (const resolve of waiting.splice(0)) resolve();
      });
    }),
  );
  profile = await openProfile();
  ({ context } = profile);
});

afterAll(async () => {
  await profile?.close();
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

describe.skipIf(cannotPlay)('createPlatform in Chromium', () => {
  it('sends simple requests only, reads their answers, and delivers while the page closes', async () => {
    const tab = await context.newPage();
    await tab.goto(page);
    const answers = await tab.evaluate(async (url) => {
      const { transport } = window.platform;
      const posted = await new Promise((resolve) =>
        transport.post(`${url}/post`, '{"é":1}', resolve),
      );
      const packed = await new Promise((resolve) =>
        transport.post(`${url}/packed`, 'x'.repeat(2_000), resolve),
      );
      const got = await new Promise((resolve) => transport.get(`${url}/get`, resolve));
      return [posted, packed, got];
    }, collector);
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 503, body: '{"time":5}', retryAfter: '9' });

    await tab.evaluate((url) => {
      const { transport, watchPage } = window.platform;
      // A page that is kept for the way back is left first, and frozen after it.
      const stop = watchPage((state) => {
        if (state !== 'left' && state !== 'frozen') return;
        stop();
        transport.leave(`${url}/beacon`, '"é"', false);
        navigator.sendBeacon = () => false;
        transport.leave(`${url}/keepalive`, '"é"', true);
      });
    }, collector);
    await tab.goto('about:blank');
    await sawRequests(5);
    expect(seen.map(({ method, url, type, body }) => [url, method, type, body]).sort()).toEqual([
      ['/beacon', 'POST', 'text/plain;charset=UTF-8', '"é"'],
      ['/get', 'GET', undefined, ''],
      ['/keepalive', 'POST', 'text/plain;charset=UTF-8', '"é"'],
      ['/packed', 'POST', 'text/plain', 'x'.repeat(2_000)],
      ['/post', 'POST', 'text/plain;charset=UTF-8', '{"é":1}'],
    ]);
    expect(seen.filter(({ url, cookie }) => url !== '/beacon' && cookie !== undefined)).toEqual([]);
  });

  it('hears of the page’s life what the page itself keeps from others', async () => {
    const tab = await context.newPage();
    await tab.goto(page);
    const states = await tab.evaluate(() => {
      const heard: string[] = [];
      const types = ['visibilitychange', 'freeze', 'resume'];
      for (const type of types)
        document.addEventListener(type, (event) => event.stopImmediatePropagation(), true);
      const stop = window.platform.watchPage((state) => heard.push(state));
      for (const type of types) document.dispatchEvent(new Event(type));
      stop();
      document.dispatchEvent(new Event('freeze'));
      return heard;
    });
    expect(states).toEqual(['visible', 'frozen', 'resumed']);
  });

  it('refuses what is beyond the quota of a page that ends, and says so', async () => {
    const tab = await context.newPage();
    await tab.goto(page);
    const taken = await tab.evaluate(
      (url) =>
        [70_000, 60_000].map((size) =>
          window.platform.transport.leave(`${url}/big`, 'x'.repeat(size), true),
        ),
      collector,
    );
    expect(taken).toEqual([false, true]);
  });

  it('makes ids, reads the page’s two clocks, and says what Chromium says of itself', async () => {
    const tab = await context.newPage();
    await tab.goto(page);
    const found = await tab.evaluate(() => {
      const { platform } = window;
      const discontinuity = platform.clock.check() ?? 'none';
      let [wall, now] = [1_000_000, 5];
      Date.now = () => wall;
      performance.now = () => now;
      const { clock } = sdk.createPlatform();
      now += 7;
      const time = clock.time();
      wall += 60_000; // Asleep.
      return {
        ids: [platform.viewId(), platform.viewId()],
        time,
        discontinuity,
        sleep: clock.check(),
        page: platform.readBrowser().page,
        hidden: platform.isHidden(),
        refused: platform.isTrackingRefused(),
      };
    });
    expect(new Set(found.ids).size).toBe(2);
    for (const id of found.ids) expect(id).toMatch(VIEW_ID);
    expect(found.time).toBe(1_000_007);
    expect(found.sleep).toEqual({ gapMs: 60_000 - 7 });
    expect(found).toMatchObject({ discontinuity: 'none', hidden: false, refused: false });
    expect(found.page).toEqual({ origin: page, path: '/', title: 'Watch' });
  });
});
