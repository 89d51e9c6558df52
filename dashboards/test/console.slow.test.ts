// The console in a real browser against the fixture API: every page and state that a person may meet.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { toSnippet, WAYS } from '../src/console/pages/snippet.ts';
import { HOSTILE_NAMES } from './fixtureScenario.ts';
import { TOKEN } from './fixtureServer.ts';
import { idOf } from './fixtureViews.ts';
import { inspectPage } from './inspectPage.ts';
import { type Console, createConsole } from './openConsole.ts';

let console_: Console;

beforeAll(async () => {
  console_ = await createConsole();
});
afterEach(() => console_.closePages());
afterAll(() => console_?.close());

const PAGES = [
  { path: '/live', ready: '.groups tbody td' },
  { path: '/views', ready: 'text=Show older views' },
  { path: `/views/${idOf(0)}`, ready: 'text=Playback requested' },
  { path: '/welcome', ready: 'text=Connected: the latest view' },
] as const;

describe('every page', () => {
  for (const { path, ready } of PAGES) {
    for (const [width, theme] of [
      [360, 'dark'],
      [1280, 'light'],
      [3840, 'dark'],
    ] as const) {
      it(`${path} at ${width} px, ${theme}, has nothing to complain of`, async () => {
        const { page, complaints } = await console_.open({ path, width, theme });
        await page.locator(ready).first().waitFor();
        expect(await inspectPage(page)).toEqual([]);
        expect(complaints).toEqual([]);
      });
    }
    it(`${path} shows hostile names as text`, async () => {
      for (const width of [360, 1280]) {
        const { page, complaints } = await console_.open({ path, width, scenario: 'hostile' });
        await page.locator('main h1').waitFor();
        await page.getByRole('button', { name: 'Feed: Live' }).waitFor();
        expect(await page.title()).toMatch(/ · Retour$/);
        expect(await page.title()).not.toContain('owned ');
        expect(await page.locator('main img, main script').count()).toBe(0);
        expect(await inspectPage(page)).toEqual([]);
        expect(complaints).toEqual([]);
      }
    });
  }
});

describe('sign-in', () => {
  it('takes the token from the fragment and removes it from the address', async () => {
    const { page, server } = await console_.open({ path: '/live?by=os' });
    await page.getByRole('heading', { name: 'Live' }).waitFor();
    expect(page.url()).toBe(`${server.url}live?by=os`);
    expect(server.requested.join(' ')).not.toContain(TOKEN);
  });
  it('asks for a token, says what is wrong with it, and goes on to where one wanted to be', async () => {
    const { page, server } = await console_.open({ path: '/views', signedIn: false });
    const field = page.getByLabel('Read token');
    await field.fill('rt_wrong');
    await field.press('Enter');
    await page.getByText('This token is not valid').waitFor();
    await field.fill(`${server.url}#token=${TOKEN}`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Views' }).waitFor();
    expect(server.requested.join(' ')).not.toContain('rt_');
  });
  it('leads back to sign-in when the token is not valid any more, and then to the same page', async () => {
    const { page } = await console_.open({ path: `/views/${idOf(0)}` });
    await page.getByText('Playback requested').waitFor();
    await page.evaluate(() => sessionStorage.setItem('retour.token', 'rt_withdrawn'));
    await page.reload();
    await page.getByRole('heading', { name: 'Sign in to Retour' }).waitFor();
    expect(await page.evaluate(() => sessionStorage.getItem('retour.token'))).toBeNull();
    await page.getByLabel('Read token').fill(TOKEN);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Playback requested').waitFor();
  });
  it('signs out', async () => {
    const { page } = await console_.open({ path: '/live' });
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in to Retour' }).waitFor();
    expect(await page.evaluate(() => sessionStorage.getItem('retour.token'))).toBeNull();
  });
});

describe('welcome', () => {
  it('is where an empty feed begins, and shows the first view as it arrives', async () => {
    const { page, server } = await console_.open({ path: '/', scenario: 'empty' });
    await page.getByRole('heading', { name: 'Waiting for the first view' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/welcome');
    await page.getByText('import { hlsjs } from').waitFor();
    await page.getByRole('button', { name: 'HTML5 video' }).click();
    await page.getByText('monitor(html5(video), { key: "wk_3f9a2c71d04e"').waitFor();
    await page.getByRole('button', { name: 'Shaka Player' }).click();
    await page.getByText('monitor(readShaka(player), { key: "wk_3f9a2c71d04e"').waitFor();
    server.set('first');
    await page.getByText('The first view has arrived').waitFor();
    server.set('busy');
    await page.getByText('Connected: the latest view').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('group', { name: 'Timeline of the view' }).waitFor();
  });
  it('has lines to copy for every player and the script tag, in any width', async () => {
    for (const width of [360, 1280]) {
      const { page, complaints } = await console_.open({ path: '/welcome', width });
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      for (const { way, title } of WAYS) {
        await page.getByRole('button', { name: title, exact: true }).click();
        await page.getByRole('button', { name: 'Copy the lines' }).click();
        const facts = { key: 'wk_3f9a2c71d04e', endpoint: 'http://127.0.0.1:4000/r' };
        const copied = () => page.evaluate(() => navigator.clipboard.readText());
        await expect.poll(copied).toBe(toSnippet(way, facts));
        expect(await inspectPage(page)).toEqual([]);
      }
      expect(complaints).toEqual([]);
    }
  });
  it('lets a feed that has views begin on the live page', async () => {
    const { page } = await console_.open({ path: '/' });
    await page.getByRole('heading', { name: 'Live' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/live');
  });
});

describe('live', () => {
  it('filters by a click, keeps it in the address, and lets go by keyboard', async () => {
    const { page, server } = await console_.open({ path: '/live?by=country' });
    await page.getByRole('button', { name: 'DE', exact: true }).click();
    const chip = page.getByRole('button', { name: 'Remove the filter Country DE' });
    await chip.waitFor();
    expect(new URL(page.url()).search).toBe('?by=country&is=country%3ADE');
    await expect
      .poll(() => server.asked.at(-1)?.filters)
      .toEqual([{ dimension: 'country', values: ['DE'] }]);
    await page.reload();
    await chip.waitFor();
    await chip.press('Enter');
    await expect.poll(() => new URL(page.url()).search).toBe('?by=country');
  });
  it('sorts by any column and asks for another dimension', async () => {
    const { page, server } = await console_.open({ path: '/live', scenario: 'incident' });
    const names = page.locator('.groups tbody th');
    await page.getByRole('button', { name: 'Rebuffering', exact: true }).last().click();
    await page.locator('th[aria-sort="descending"]', { hasText: 'Rebuffering' }).waitFor();
    await expect.poll(() => names.first().textContent()).toContain('final-2026');
    await page.locator('select').selectOption('host');
    await expect.poll(() => server.asked.at(-1)?.dimension).toBe('host');
    await expect.poll(() => names.first().textContent()).toContain('edge-b');
  });
  it('reads a chart by arrow keys and tells the incomplete end', async () => {
    const { page } = await console_.open({ path: '/live' });
    const chart = page.getByRole('group', { name: 'Audience, chart over the last 15 minutes' });
    await chart.focus();
    const when = page.locator('.chart .when').first();
    const before = await when.textContent();
    await chart.press('ArrowLeft');
    await expect.poll(() => when.textContent()).not.toBe(before);
    for (let n = 0; n < 4; n += 1) await chart.press('ArrowRight');
    await expect.poll(() => when.textContent()).toContain('incomplete');
  });
  it('defines a metric in its tip', async () => {
    const { page } = await console_.open({ path: '/live' });
    await page.getByRole('button', { name: 'Rebuffering' }).first().focus();
    await page.getByRole('tooltip').getByText('Mux Rebuffer %').waitFor();
  });
  it.each([
    ['quiet', 'All quiet.', 'Feed: Quiet'],
    ['blind', 'Telemetry is blind.', 'Feed: Blind'],
    ['empty', 'No view has arrived yet.', 'Feed: Waiting'],
  ] as const)('tells %s from the others', async (scenario, text, feed) => {
    const { page } = await console_.open({ path: '/live', scenario });
    await page.getByText(text).waitFor();
    await page.getByRole('button', { name: feed }).waitFor();
    for (const other of ['All quiet.', 'Telemetry is blind.', 'No view has arrived yet.']) {
      if (other !== text) expect(await page.getByText(other).count()).toBe(0);
    }
  });
  it('says when it has lost Retour, and comes back', async () => {
    const { page, server } = await console_.open({ path: '/live' });
    await page.getByRole('button', { name: 'Feed: Live' }).waitFor();
    server.cut(true);
    await page.getByText('No connection to Retour.').waitFor();
    server.cut(false);
    await page.getByRole('button', { name: 'Try now' }).click();
    await page.getByRole('button', { name: 'Feed: Live' }).waitFor();
    expect(await page.getByText('No connection to Retour.').count()).toBe(0);
  });
});

describe('views', () => {
  it('goes to a view whose whole id is given', async () => {
    const { page } = await console_.open({ path: '/views' });
    await page.getByRole('heading', { name: 'Views' }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.insertText(`id ${idOf(3).toUpperCase()} please`);
    await page.keyboard.press('Enter');
    await page.getByRole('group', { name: 'Timeline of the view' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/views/${idOf(3)}`);
  });
  it('shows older views without losing or doubling one', async () => {
    const { page } = await console_.open({ path: '/views' });
    const rows = page.locator('.viewsTable tbody tr');
    await page.getByText('Show older views').click();
    await expect.poll(() => rows.count()).toBe(100);
    await page.getByText('Show older views').click();
    await page.getByText('These are all of them.').waitFor();
    const links = await page
      .locator('.viewsTable td a')
      .evaluateAll((all) => all.map((a) => a.getAttribute('href')));
    expect(new Set(links).size).toBe(130);
  });
  it('filters by a value of a row, and says when nothing matches', async () => {
    const { page, server } = await console_.open({ path: '/views' });
    await page.getByRole('button', { name: 'hls.js' }).first().click();
    await page.getByRole('button', { name: 'Remove the filter Player hls.js' }).waitFor();
    await expect.poll(() => server.requested.join(' ')).toContain('filter=player%3Ahls.js');
    await page.getByRole('searchbox').fill('nothing');
    await page.getByRole('searchbox').press('Enter');
    await page.getByRole('heading', { name: 'No view matches' }).waitFor();
  });
  it('tells an error with its remedy', async () => {
    const { page } = await console_.open({ path: '/views', scenario: 'failing' });
    await page
      .getByRole('heading', { name: 'The engine does not answer.' })
      .waitFor({ timeout: 20_000 });
    await page.getByText('try in a few seconds').waitFor();
  });
});

describe('one view', () => {
  it('steps through its events by keyboard, in step with the table', async () => {
    const { page } = await console_.open({ path: `/views/${idOf(0)}` });
    const timeline = page.getByRole('group', { name: 'Timeline of the view' });
    await timeline.focus();
    const scrolled = await page.evaluate(() => window.scrollY);
    for (let n = 0; n < 3; n += 1) await timeline.press('ArrowRight');
    const chosen = page.locator('.eventTable tr[data-chosen="true"]');
    await expect.poll(() => chosen.textContent()).toContain('First frame');
    await timeline.press('End');
    expect(await page.evaluate(() => window.scrollY)).toBe(scrolled);
    await expect.poll(() => chosen.textContent()).toContain('futureThing');
    await timeline.press('+');
    await expect
      .poll(() => page.getByRole('button', { name: 'All', exact: true }).isEnabled())
      .toBe(true);
    await timeline.press('0');
    await expect
      .poll(() => page.getByRole('button', { name: 'All', exact: true }).isEnabled())
      .toBe(false);
  });
  it('zooms by dragging and reads exact values under the pointer', async () => {
    const { page } = await console_.open({ path: `/views/${idOf(0)}` });
    const box = await page.locator('.laneSurface svg').boundingBox();
    if (box === null) throw new Error('the timeline is not shown');
    const state = page.locator('.readout div').nth(1);
    await page.mouse.move(box.x + 2, box.y + 20);
    await page.mouse.move(box.x + box.width * 0.1175, box.y + 20);
    await expect.poll(() => state.textContent()).toMatch(/paused|playing/);
    const ticks = page.locator('.axis text');
    const before = await ticks.allTextContents();
    await page.mouse.move(box.x + box.width * 0.3, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.4, box.y + 60, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => ticks.allTextContents()).not.toEqual(before);
    await page.mouse.dblclick(box.x + 5, box.y + 60);
    await expect
      .poll(() => page.getByRole('button', { name: 'All', exact: true }).isEnabled())
      .toBe(false);
  });
  it('goes on by itself while the view is open', async () => {
    const { page, server } = await console_.open({ path: `/views/${idOf(0)}` });
    await page.getByText('Playback requested').waitFor();
    const asked = (): number =>
      server.requested.filter((url) => url.startsWith('/api/views/')).length;
    const first = asked();
    await expect.poll(asked, { timeout: 5_000 }).toBeGreaterThan(first + 1);
  });
  it('says when there is none', async () => {
    const { page } = await console_.open({ path: '/views/01978f3a-9999-7abc-8def-0123456789ab' });
    await page.getByRole('heading', { name: 'There is no view with this id' }).waitFor();
  });
  it('shows its raw context as text', async () => {
    const { page } = await console_.open({ path: `/views/${idOf(0)}`, scenario: 'hostile' });
    await page.getByText('Context', { exact: true }).click();
    const shown = await page.locator('.raw pre').textContent();
    expect(shown).toContain(JSON.stringify(HOSTILE_NAMES[0]));
  });
});

describe('keyboard', () => {
  it('goes between pages and shows its help', async () => {
    const { page } = await console_.open({ path: '/live' });
    await page.getByRole('heading', { name: 'Live' }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('v');
    await page.getByRole('heading', { name: 'Views' }).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.keyboard.press('Tab');
    const outline = await page.evaluate(
      () => getComputedStyle(document.activeElement ?? document.body).outlineStyle,
    );
    expect(outline).toBe('solid');
  });
  it('changes the theme and remembers it', async () => {
    const { page } = await console_.open({ path: '/live' });
    const button = page.getByRole('button', { name: /^Theme: / });
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await ground();
    await button.click();
    await expect.poll(ground).not.toBe(dark);
    await page.reload();
    await page.getByRole('button', { name: 'Theme: light. Change it' }).waitFor();
    expect(await ground()).not.toBe(dark);
  });
});
