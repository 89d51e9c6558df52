// The SDK as it is built, in pages of a real Chromium: under strict policies, without this or that part
// of the browser, by the script tag before and without its script, and through each wrapper.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltPages, type OpenPage, serveBuiltPages, toBeacons } from './builtPages.ts';
import { cannotPlay } from './openProfile.ts';

let pages: BuiltPages;
beforeAll(async () => {
  pages = await serveBuiltPages();
}, 120_000);
afterAll(() => pages?.close());

const OPTIONS = `{ key: 'k', endpoint: 'COLLECTOR/feed', privacy: 'consented', asset: { id: 'film' } }`;
const PLAY = `const video = document.querySelector('video'); video.src = '/vod/plain.mp4'; video.play();`;
const BY_MODULES = `
  import { monitor } from '/sdk/index.js';
  import { html5 } from '/sdk/adapters/html5.js';
  import { offline } from '/sdk/offline.js';
  window.view = monitor(html5(document.querySelector('video')), { ...${OPTIONS}, offline: offline() });
  ${PLAY}`;

/** Plays for 3 s of content. */
async function playThree({ page }: OpenPage): Promise<void> {
  await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 3);
}

/** Ends the view and waits for its end to arrive; how long it says it has played. */
async function endView(open: OpenPage): Promise<number> {
  await open.page.evaluate('view.destroy()');
  await expect
    .poll(() =>
      toBeacons(open.captured()).some(({ events }) => events.some(({ type }) => type === 'exit')),
    )
    .toBe(true);
  return Math.max(...toBeacons(open.captured()).map(({ summary }) => summary?.playingMs ?? 0));
}

describe.skipIf(cannotPlay)('the build', () => {
  it.each([
    'AbortController',
    'crypto.randomUUID',
    'CompressionStream',
    'indexedDB',
    'navigator.sendBeacon',
    'PerformanceObserver',
  ])('measures without %s', async (missing) => {
    const [name = '', owner = 'window'] = missing.split('.').reverse();
    const open = await pages.open({
      script: BY_MODULES,
      prepare: (context) =>
        context.addInitScript(
          `Object.defineProperty(${owner}, '${name}', { value: undefined, configurable: true })`,
        ),
    });
    expect(await open.page.evaluate(`typeof ${missing}`)).toBe('undefined');
    await playThree(open);
    expect(await endView(open)).toBeGreaterThan(2_500);
    expect(open.errors).toEqual([]);
  });

  const BY_SCRIPT = `
    retour((sdk) => {
      sdk.defineRetourMonitor();
      window.view = sdk.monitor(sdk.html5(document.querySelector('video')), ${OPTIONS});
    });
    ${PLAY}`;
  const tags = (integrity: string) => `<video muted></video>
    <script src="/sdk/snippet.js"></script>
    <script async src="/sdk/retour.js" integrity="${integrity}" crossorigin="anonymous"></script>`;

  it('keeps to the strictest policy, with its hash and trusted types', async () => {
    const open = await pages.open({
      script: BY_SCRIPT,
      html: tags(pages.integrity),
      policy: (collector) =>
        `default-src 'none'; script-src 'self'; connect-src ${collector}; media-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'`,
    });
    await playThree(open);
    expect(await endView(open)).toBeGreaterThan(2_500);
    expect(open.errors).toEqual([]);
  });

  it('measures once what a page monitors twice', async () => {
    const again = BY_MODULES.slice(
      BY_MODULES.indexOf('window.view'),
      BY_MODULES.indexOf('const video'),
    );
    const open = await pages.open({
      script: BY_MODULES.replace('const video', `${again}const video`),
    });
    await playThree(open);
    expect(await endView(open)).toBeGreaterThan(2_500);
    expect(new Set(toBeacons(open.captured()).map(({ view }) => view)).size).toBe(1);
    expect(open.errors).toEqual([]);
  });

  it('breaks nothing where the policy lets nothing out', async () => {
    const open = await pages.open({
      script: BY_MODULES.replace(
        'consented',
        `consented', debug: (message) => (window.told ??= []).push(message.type), x: '`,
      ),
      policy: () => `default-src 'none'; script-src 'self'; media-src 'self'`,
    });
    await playThree(open);
    await open.page.evaluate('view.destroy()');
    expect(await open.page.evaluate('told')).toContain('beacon');
    expect(await open.page.evaluate('told')).not.toContain('failed');
    expect(open.captured()).toEqual([]);
    // The browser itself reports what its policy refused; nothing of it is thrown.
    expect(open.errors.filter((error) => !/Content Security Policy/.test(error))).toEqual([]);
  });

  it('replays what was called before the script was there, each call by itself', async () => {
    const script = `
      window.made = [];
      retour(() => { throw new Error('of the page'); });
      retour((sdk) => made.push(typeof sdk.monitor));
      const tag = document.createElement('script');
      tag.src = '/sdk/retour.js';
      const kept = retour;
      tag.onload = () => [retour, kept].forEach((call, i) => call(() => made.push('later ' + i)));
      document.head.append(tag);`;
    const html = '<a id="retour">Back</a><script src="/sdk/snippet.js"></script>'; // A word of French.
    const open = await pages.open({ script, html });
    await open.page.waitForFunction('made.length === 3');
    expect(await open.page.evaluate('made')).toEqual(['function', 'later 0', 'later 1']);
    await expect.poll(() => open.errors).toEqual(['Error: of the page']);
  });

  it('waits for a script that never comes, within bounds', async () => {
    const script = `
      for (let i = 0; i < 500; i += 1) retour(() => {});
      ${PLAY}`;
    const open = await pages.open({
      script,
      html: `<video muted></video><script src="/sdk/snippet.js"></script>
        <script async src="/sdk/missing.js"></script>`,
    });
    await playThree(open);
    expect(await open.page.evaluate('retour.q.length')).toBe(100);
    expect(open.errors.filter((error) => !/404/.test(error))).toEqual([]);
  });
});

describe.skipIf(cannotPlay)('the wrappers', () => {
  it('<retour-monitor> follows its video, its attributes and its place in the page', async () => {
    const open = await pages.open({
      html: '<main></main>',
      script: `
        import { defineRetourMonitor } from '/sdk/element.js';
        const early = document.createElement('retour-monitor');
        early.adapter = {
          player: { name: 'own', adapter: 'own' },
          attach() {
            window.attached = true;
            return () => {};
          },
        };
        for (const name of ['write-key', 'asset-id']) early.setAttribute(name, 'early');
        early.setAttribute('endpoint', 'COLLECTOR/feed');
        document.querySelector('main').append(early);
        defineRetourMonitor();
        defineRetourMonitor();
        const element = window.element = document.createElement('retour-monitor');
        element.setAttribute('write-key', 'k');
        element.setAttribute('endpoint', 'COLLECTOR/feed');
        document.querySelector('main').append(element);
        element.setAttribute('asset-id', 'film');
        const video = document.createElement('video');
        video.muted = true;
        element.append(video);
        ${PLAY.replace('const video', 'const found')}
        video.addEventListener('playing', () => {
          window.first = element.monitor.view;
          document.body.append(element); // Moved: the same view goes on.
          video.play();
          element.setAttribute('asset-title', 'A film');
        }, { once: true });
        window.next = () => {
          element.setAttribute('asset-title', 'Another film');
          element.setAttribute('asset-id', 'another');
        };`,
    });
    await playThree(open);
    expect(await open.page.evaluate('attached')).toBe(true); // Set before the element was defined.
    expect(await open.page.evaluate('element.monitor.view === first')).toBe(true);
    await open.page.evaluate('next()'); // One attribute after the other, as frameworks do.
    expect(await open.page.evaluate('element.monitor.view === first')).toBe(false);
    await open.page.evaluate(`
      element.setAttribute('viewer-id', 'somebody');
      Promise.resolve().then(() => {
        window.viewer = element.monitor.context.viewer;
        element.removeAttribute('viewer-id');
      });`);
    await expect
      .poll(() => open.page.evaluate('String(element.monitor.context.viewer)'))
      .toBe('undefined');
    await open.page.evaluate(`
      window.before = element.monitor;
      new Promise((seen) => {
        new MutationObserver(() => seen()).observe(element, { childList: true }); // After the element's own.
        element.prepend(document.createElement('video')); // Of an ad, which is no content.
      });`);
    expect(await open.page.evaluate('element.monitor === before')).toBe(true);
    await open.page.evaluate(`
      element.firstChild.remove();
      element.querySelector('video').replaceWith(document.createElement('video'));`);
    await expect.poll(() => open.page.evaluate('element.monitor === before')).toBe(false);
    await open.page.evaluate('element.remove()');
    await expect.poll(() => open.page.evaluate('element.monitor')).toBeUndefined();
    await expect
      .poll(() =>
        toBeacons(open.captured()).flatMap(({ events }) => events.map(({ type }) => type)),
      )
      .toContain('exit');
    const contexts = toBeacons(open.captured()).map(({ view, ctx }) => ({ view, ...ctx.asset }));
    const films = contexts.filter(({ id }) => id === 'film');
    expect(new Set(films.map(({ view }) => view)).size).toBe(1);
    expect(films.at(-1)).toMatchObject({ title: 'A film' });
    expect(films.filter(({ title }) => title === 'Another film')).toEqual([]);
    expect(open.errors).toEqual([]);
  });

  it('<retour-monitor> that stood in the page makes one monitor, and tells nothing after an objection', async () => {
    const open = await pages.open({
      html: '<main></main>',
      script: `
        import { defineRetourMonitor } from '/sdk/element.js';
        const main = document.querySelector('main');
        main.innerHTML =
          '<retour-monitor write-key="k" endpoint="COLLECTOR/feed" sampling="1" asset-id="film">' +
          '<video muted></video></retour-monitor>';
        window.element = main.firstChild;
        defineRetourMonitor();
        ${PLAY}`,
    });
    await playThree(open);
    expect(open.captured().filter(({ method }) => method === 'GET')).toHaveLength(1);
    await open.page.evaluate(`element.setAttribute('opted-out', '')`);
    expect(await open.page.evaluate('element.monitor.view')).toBe('');
    await open.page.close();
    const told = toBeacons(open.captured()).flatMap(({ events }) => events);
    expect(told.map(({ type }) => type)).toContain('firstFrame');
    expect(told.map(({ type }) => type)).not.toContain('exit');
  });

  it('<retour-monitor> finds its video in its own shadow tree, before and after it is there', async () => {
    const open = await pages.open({
      html: '<video id="film"></video><main></main>',
      script: `
        import { defineRetourMonitor } from '/sdk/element.js';
        defineRetourMonitor();
        const host = document.querySelector('main');
        const root = window.root = host.attachShadow({ mode: 'open' });
        root.innerHTML =
          '<retour-monitor for="film" write-key="k" endpoint="COLLECTOR/feed" asset-id="film"></retour-monitor>';
        window.element = root.firstChild;
        window.add = () => {
          const video = document.createElement('video');
          video.id = 'film';
          root.querySelector('video')?.remove();
          root.append(video);
        };`,
    });
    const until = (said: string) => expect.poll(() => open.page.evaluate(said)).toBe(true);
    expect(await open.page.evaluate('element.monitor')).toBeUndefined(); // The document's is not of its tree.
    await open.page.evaluate('add()');
    await until('!!element.monitor');
    await open.page.evaluate('window.before = element.monitor; add()');
    await until('!!element.monitor && element.monitor !== before');
    await open.page.evaluate('element.remove(); add()');
    await until('!element.monitor');
    await open.page.evaluate(`document.body.append(element);`); // Into the tree of another.
    await until('!!element.monitor');
    expect(open.errors).toEqual([]);
  });

  it('<retour-monitor> says on demand why it measures nothing, and never throws', async () => {
    const open = await pages.open({
      html: '<main></main>',
      script: `
        import { defineRetourMonitor } from '/sdk/element.js';
        window.said = [];
        for (const level of ['info', 'warn'])
          console[level] = (...given) => said.push([level, ...given.map(String)].join(' '));
        for (const name of ['bad', undefined, undefined]) defineRetourMonitor(name);
        const element = window.element = document.createElement('retour-monitor');
        element.setAttribute('write-key', 'k');
        element.setAttribute('endpoint', 'COLLECTOR/feed');
        document.querySelector('main').append(element);`,
    });
    const said = () => open.page.evaluate('said.splice(0)');
    expect(await said()).toEqual([
      expect.stringMatching(/^warn \[retour\] .*"bad" is not a valid/),
    ]);
    await open.page.evaluate(`element.setAttribute('debug', '')`);
    const missing = /^info \[retour\] .*write-key, endpoint and asset-id/;
    expect(await said()).toEqual([expect.stringMatching(missing)]);
    await open.page.evaluate(`element.setAttribute('asset-id', 'film')`);
    expect(await said()).toEqual([expect.stringMatching(/^info \[retour\] .*no video/)]);
    await open.page.evaluate(`element.append(document.createElement('video')); ${PLAY}`);
    await open.page.waitForFunction('said.some((line) => /^info .retour. beacon/.test(line))');
    await open.page.evaluate(`element.removeAttribute('debug'); element.monitor.destroy()`);
    expect(open.errors).toEqual([]);
  });

  it('useRetour makes one view in strict mode, tells changes, and ends with its component', async () => {
    const open = await pages.open({
      html: '<main></main>',
      script: `
        import { mountReact } from '/sdk/wrappers.js';
        const options = { key: 'k', endpoint: 'COLLECTOR/feed', asset: { id: 'film' } };
        const show = window.show = mountReact(document.querySelector('main'));
        show(options);
        window.rename = () => show({ ...options, asset: { id: 'film', title: 'A film' } });`,
    });
    await open.page.waitForSelector('video');
    await open.page.evaluate(() => document.querySelector('video')?.play());
    await playThree(open);
    await open.page.evaluate('rename()');
    await open.page.evaluate('show(undefined)');
    await expect
      .poll(() =>
        toBeacons(open.captured()).flatMap(({ events }) => events.map(({ type }) => type)),
      )
      .toContain('exit');
    const beacons = toBeacons(open.captured());
    expect(new Set(beacons.map(({ view }) => view)).size).toBe(1);
    expect(beacons.at(-1)?.ctx.asset).toEqual({ id: 'film', title: 'A film' });
    expect(open.errors).toEqual([]);
  });

  it('player.retour() of video.js measures until its player is disposed', async () => {
    const open = await pages.open({
      html: '<video muted class="video-js" id="player"></video>',
      script: `
        import { registerRetour, videojs } from '/sdk/wrappers.js';
        registerRetour(videojs);
        const player = window.player = videojs('player');
        const options = window.options = { key: 'k', endpoint: 'COLLECTOR/feed', asset: { id: 'film' } };
        window.same = player.retour(options) === player.retour({ ...options, privacy: 'exempt' }) && !!player.retour();
        player.src({ src: '/vod/plain.mp4', type: 'video/mp4' });
        player.ready(() => player.play());`,
    });
    await playThree(open);
    expect(await open.page.evaluate('same')).toBe(true);
    await open.page.evaluate(`
      player.retour().destroy();
      window.next = player.retour({ ...options, asset: { id: 'next' } });`);
    expect(await open.page.evaluate('next.context.asset.id')).toBe('next');
    await open.page.evaluate(`
      next.optOut();
      window.after = player.retour(options);`);
    expect(await open.page.evaluate('after === next')).toBe(true);
    await open.page.evaluate('player.dispose()');
    await expect
      .poll(() =>
        toBeacons(open.captured()).flatMap(({ events }) => events.map(({ type }) => type)),
      )
      .toContain('exit');
    const films = toBeacons(open.captured()).filter(({ ctx }) => ctx.asset.id === 'film');
    expect(films.at(-1)?.ctx).toMatchObject({
      player: { adapter: 'videojs' },
      privacy: 'exempt',
    });
    expect(open.errors).toEqual([]);
  });
});
