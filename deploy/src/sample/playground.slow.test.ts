// The playground in a real browser: every player that it offers plays, what it sends is shown decoded,
// and neither a hostile address nor a broken network breaks the page.
import { gunzipSync } from 'node:zlib';
import { openBrowser } from '@retour/player-sdk/conformance';
import type { WireBeacon } from '@retour/player-sdk/contract';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { browserPath } from '../repository/bringTools.ts';
import { serveSample } from './serveSample.ts';

let app: FastifyInstance;
let browser: Browser;
let origin = '';
let sent: WireBeacon[] = [];

beforeAll(async () => {
  app = Fastify();
  await serveSample(app, Date.now);
  takeBeacons(app);
  origin = await app.listen({ host: '127.0.0.1', port: 0 });
  browser = await openBrowser(browserPath());
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});
beforeEach(() => {
  sent = [];
});

describe('the playground', () => {
  it.each([
    ['hlsjs', 'vod', 'hlsjs'],
    ['videojs', 'vod', 'videojs'],
    ['dashjs', 'vod', 'dashjs'],
    ['shaka', 'vod', 'shaka'],
    ['native', 'vod', 'html5'],
    ['mp4', 'vod', 'html5'],
    ['hlsjs', 'live', 'hlsjs'],
    ['videojs', 'live', 'videojs'],
    ['dashjs', 'live', 'dashjs'],
    ['shaka', 'live', 'shaka'],
    ['native', 'live', 'html5'],
  ])('plays with %s %s, and shows what leaves', async (player, stream, adapter) => {
    const page = await open();
    await choose(page, { player, stream });
    await page.click('#play');
    const startup = /^first frame after/; // Players of live streams leap there: no seek of the viewer's.
    await page.locator('#log').getByText(startup).waitFor();
    expect(sent[0]?.ctx.player.adapter).toBe(adapter);
    expect(await page.locator('#viewId').textContent()).toBe(sent[0]?.view);
    expect(await page.locator('#log .answer').first().textContent()).toBe('200');
    await page.click('[data-act=destroy]');
    await page.locator('#log').getByText('exit (left)').waitFor();
  });

  it('shows each row of a beacon with its values and units', async () => {
    const page = await open();
    await page.click('#play');
    const line = page.locator('#log li', { hasText: 'first frame' });
    await line.locator('summary').click();
    await line
      .getByRole('row', { name: /^startupMs [\d\u202f]+ ms$/ })
      .first()
      .waitFor();
    await page.click('#tabTotals');
    await page.getByRole('row', { name: 'attempts 1' }).waitFor();
    await page.click('#tabTimeline');
    await page.locator('.events').getByText('first frame').waitFor();
  });

  it.each([
    ['hlsjs', 'slow', 'stall'],
    ['videojs', 'slow', 'stall'], // VHS seeks where the picture ran out; the viewer did not.
    ['hlsjs', 'missing', 'error'],
  ])('shows with %s what a %s network does', async (player, network, word) => {
    const page = await open();
    await choose(page, { player, network });
    await page.click('#play');
    await page
      .locator(`#log li.${word === 'error' ? 'bad' : word}`)
      .first()
      .waitFor();
    expect(sent.flatMap(({ events = [] }) => events.map(({ type }) => type))).toContain(word);
  });

  it('takes names from the address as text', async () => {
    const name = `<img src=x onerror="document.title='broken'">'); </script>\u202eevil`;
    const page = await open({ asset: name });
    await page.click('#play');
    await page.locator('#log').getByText('first frame').waitFor();
    expect(sent[0]?.ctx.asset.id).toBe(name);
    expect(await page.locator('#asset').textContent()).toBe(name.replace('\u202e', '\\u{202e}'));
    expect(await page.locator('#snippet').textContent()).not.toMatch(/<|\u202e/);
    expect(await page.title()).toBe('The sample · Retour');
  });

  it('changes the mode on the way, and sends nothing more after an objection', async () => {
    const page = await open();
    await page.click('#play');
    await page.locator('#log').getByText('first frame').waitFor();
    expect(sent.map(({ ctx }) => ctx.privacy)).not.toContain('exempt');
    await page.locator('input[value=exempt]').check({ force: true });
    await page.click('[data-act=another]');
    await expect.poll(() => sent.at(-1)?.ctx.asset.id).toBe('retour-sample-2');
    expect(sent.at(-1)?.ctx.privacy).toBe('exempt');
    await page.click('[data-act=optOut]');
    const count = sent.length;
    await page.click('[data-act=destroy]');
    await page.reload();
    expect(sent).toHaveLength(count);
  });

  it('says that nothing is measured after an objection, and keeps what was seen', async () => {
    const page = await open();
    await page.click('#play');
    await page.locator('#log').getByText('first frame').waitFor();
    const view = await page.locator('#viewId').textContent();
    await page.click('[data-act=optOut]');
    expect(await page.locator('#state').textContent()).toBe('not measured');
    expect(await page.locator('#note').textContent()).toMatch(/nothing is measured any more/);
    expect(await page.locator('#acts :disabled').allTextContents()).toEqual([
      'Report an error',
      'Opt out',
    ]);
    expect(await focused(page)).toBe('toggle');
    await page.click('[data-act=destroy]');
    expect(await page.locator('#viewId').textContent()).toBe(view);
    expect(await page.locator('#viewLink').getAttribute('href')).toBe(`/views/${view}`);
  });

  it('can be used by the keyboard alone, and begins anew with each Play', async () => {
    const page = await open();
    await page.press('#play', 'Enter');
    await page.locator('#log').getByText('first frame').waitFor();
    expect(await focused(page)).toBe('toggle');
    await page.press('[data-act=destroy]', 'Enter');
    expect(await focused(page)).toBe('play');
    await page.locator('#log').getByText('exit (left)').waitFor();
    const first = await page.locator('#viewId').textContent();
    expect(await page.locator('#viewLink').isVisible()).toBe(true);
    const ofFirst = sent.length;
    await page.keyboard.press('Enter');
    await page.locator('#log').getByText('first frame').waitFor();
    expect(await page.locator('#viewId').textContent()).not.toBe(first);
    expect(await page.locator('#log').getByText('exit (left)').count()).toBe(0);
    const missed = async () => sent.length - Number(await page.locator('#beacons').textContent());
    await expect.poll(missed).toBe(ofFirst);
    await page.press('#tabBeacons', 'End');
    expect(await focused(page)).toBe('tabTotals');
    expect(await page.locator('#paneTotals').isVisible()).toBe(true);
    await page.keyboard.press('Home');
    expect(await focused(page)).toBe('tabBeacons');
  });

  it('notes a reported error, and names it where it leaves', async () => {
    const page = await open();
    await page.click('#play');
    await page.locator('#log').getByText('first frame').waitFor();
    await page.click('[data-act=error]');
    await page.getByText('leaves with the next heartbeat').waitFor();
    await page.click('[data-act=another]');
    await page.locator('#log').getByText('exit (replaced), error PLAYGROUND').waitFor();
    await page.getByText('leaves with the next heartbeat').waitFor({ state: 'hidden' });
  });

  it('tells a failure of the browser’s player until it plays, and no pause as one', async () => {
    const page = await open();
    await choose(page, { player: 'mp4' });
    await page.route('**/plain.mp4', (route) => route.fulfill({ body: 'no video' }));
    await page.click('#play');
    await page.locator('#trouble', { hasText: 'MEDIA_ERR_SRC_NOT_SUPPORTED' }).waitFor();
    await page.click('[data-act=another]');
    await page.locator('#log').getByText('first frame').waitFor();
    expect(await page.locator('#trouble').isVisible()).toBe(false);
    await page.evaluate(notePlays);
    // A play() that a pause interrupts: nothing is there to play yet.
    await page.locator('[data-act=toggle]').evaluate((toggle: HTMLElement) => {
      document.querySelector('video')?.load();
      toggle.click();
      toggle.click();
    });
    expect(await page.evaluate(() => Promise.allSettled(window.plays))).toMatchObject([
      { status: 'rejected' },
    ]);
    expect(await page.locator('#trouble').textContent()).toBe('');
  });

  it('says why nothing can be sent, or played', async () => {
    const page = await open({ key: '' });
    await page.getByText('No write key.').waitFor();
    expect(await page.locator('#play').isDisabled()).toBe(true);
    const other = await open();
    await choose(other, { player: 'mp4', stream: 'live' });
    await other.getByText('A plain MP4 cannot be live.').waitFor();
    const refused = await open({ key: 'refused-key' });
    await refused.click('#play');
    await refused.getByText('401 unknown_key').first().waitFor();
    await refused.getByText('Copy it from the console.').first().waitFor();
  });
});

/** The page, of which any fault, a blocked request or a broken policy too, fails the test. */
async function open(query: Readonly<Record<string, string>> = {}): Promise<Page> {
  const page = await browser.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    const text = message.text();
    if (/Content Security Policy|Uncaught/.test(text)) faults.push(text);
  });
  onTestFinished(async () => {
    await page.close();
    expect(faults).toEqual([]);
  });
  const search = new URLSearchParams({ key: 'wk_of_the_test', endpoint: '/r', ...query });
  await page.goto(`${origin}/sample/?${search}`);
  return page;
}

/** In the page: what each play() from now on answers. */
function notePlays(): void {
  window.plays = [];
  const { play } = HTMLMediaElement.prototype;
  HTMLMediaElement.prototype.play = function () {
    const playing = play.call(this);
    window.plays.push(playing);
    return playing;
  };
}

declare global {
  interface Window {
    plays: Promise<void>[];
  }
}

/** The id or the act of what has the focus. */
function focused(page: Page): Promise<string | undefined> {
  return page.evaluate(() => {
    const { activeElement } = document;
    return activeElement instanceof HTMLElement
      ? (activeElement.dataset['act'] ?? activeElement.id)
      : undefined;
  });
}

async function choose(page: Page, choice: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(choice)) {
    await page.locator(`input[name=${name}][value=${value}]`).check({ force: true });
  }
}

/** Stands for the collector. */
function takeBeacons(server: FastifyInstance): void {
  server.removeContentTypeParser('text/plain');
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
  server.get('/r/:key', async () => ({
    ...{ time: Date.now(), heartbeatMs: 10_000, sampling: 1, privacy: 'consented' },
  }));
  server.post<{ Params: { key: string }; Body: Buffer }>('/r/:key', async (request, reply) => {
    const time = Date.now();
    if (request.params.key === 'refused-key') {
      const words = { message: 'No property has this key.', remedy: 'Copy it from the console.' };
      return reply.code(401).send({ code: 'unknown_key', ...words, time });
    }
    const { body } = request;
    const json = body[0] === 0x1f ? gunzipSync(body) : body;
    sent.push(...[JSON.parse(json.toString())].flat());
    return { accepted: 1, rejected: 0, time };
  });
}
