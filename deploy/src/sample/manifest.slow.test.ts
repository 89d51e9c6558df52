// The sample's DASH manifests, played by the two DASH players in a real browser: on demand, and live
// over the end of a turn.
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import { openBrowser } from '@retour/player-sdk/conformance';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { browserPath } from '../repository/bringTools.ts';
import { serveSample } from './serveSample.ts';

const MODULES = fileURLToPath(new URL('../../../node_modules', import.meta.url));

const PLAYERS = {
  dashjs: {
    script: 'dashjs/dist/modern/umd/dash.all.min.js',
    play: `player = dashjs.MediaPlayer().create(); player.initialize(video, url, true)`,
  },
  shaka: {
    script: 'shaka-player/dist/shaka-player.compiled.js',
    play: `player = new shaka.Player(); player.attach(video).then(() => player.load(url)).then(() => video.play())`,
  },
} as const;

/** Live begins so near the end of a turn that the playhead, some seconds later, crosses it. */
const BEFORE_END_MS = 1_000;
const TURN_MS = 40_000;
let app: FastifyInstance;
let browser: Browser;
let offsetMs = 0;

beforeAll(async () => {
  app = Fastify();
  await serveSample(app, () => Date.now() + offsetMs);
  await app.register(fastifyStatic, {
    root: MODULES,
    prefix: '/modules/',
    decorateReply: false,
    allowedPath: (path) => Object.values(PLAYERS).some(({ script }) => path === `/${script}`),
  });
  app.get('/', async (_request, reply) =>
    reply.type('text/html').send('<!doctype html><video muted></video>'),
  );
  await app.listen({ host: '127.0.0.1', port: 0 });
  browser = await openBrowser(browserPath());
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

describe.each(['dashjs', 'shaka'] as const)('%s plays the sample', (name) => {
  it('on demand, with its duration', async () => {
    const page = await open(name, 'vod');
    await untilPlayed(page, 5);
    expect(await page.evaluate('video.duration')).toBeCloseTo(40, 0);
  });

  it('live, over the end of a turn, near the edge', async () => {
    offsetMs = TURN_MS - BEFORE_END_MS - (Date.now() % TURN_MS);
    const page = await open(name, 'live');
    await untilPlayed(page, 1);
    const before = await readPosition(page);
    await untilPlayed(page, 11);
    const at = await readPosition(page);
    expect(toTurn(at)).toBe(toTurn(before) + 1);
    const behind = (Date.now() + offsetMs) / 1000 - at;
    expect(behind).toBeGreaterThan(2);
    expect(behind).toBeLessThan(12);
  });
});

async function open(name: keyof typeof PLAYERS, stream: 'vod' | 'live'): Promise<Page> {
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  const address = app.server.address();
  if (address === null || typeof address === 'string')
    throw new Error('The origin does not listen.');
  const origin = `http://127.0.0.1:${address.port}`;
  await page.goto(origin);
  const { script, play } = PLAYERS[name];
  await page.addScriptTag({ url: `${origin}/modules/${script}` });
  await page.evaluate(
    `window.video = document.querySelector('video'); url = '${origin}/sample/media/${stream}/manifest.mpd'; window.player = undefined; ${play}; undefined`,
  );
  return page;
}

async function readPosition(page: Page): Promise<number> {
  return Number(await page.evaluate('video.currentTime'));
}

function toTurn(positionS: number): number {
  return Math.floor((positionS * 1000) / TURN_MS);
}

/** Until the playhead has run so many seconds without a leap, wherever it began. */
async function untilPlayed(page: Page, seconds: number): Promise<void> {
  await page.waitForFunction(
    (least) => {
      const now = document.querySelector('video')?.currentTime ?? 0;
      const { last = now, ran = 0 } = window.watched ?? {};
      const step = now - last;
      window.watched = { last: now, ran: ran + (step > 0 && step < 1 ? step : 0) };
      return window.watched.ran >= least;
    },
    seconds,
    { polling: 50, timeout: 60_000 },
  );
}

declare global {
  interface Window {
    watched?: { last: number; ran: number };
  }
}
