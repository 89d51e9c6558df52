// CMCD on the requests of real players: each names the view on what it asks for, a new view by its new
// id, and nothing is said without consent.
import type * as dash from 'dashjs';
import type HlsPlayer from 'hls.js';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as inPage from '../test/cmcdInPage.ts';
import { cannotPlay, type Stage, setStage } from '../test/playInBrowser.ts';
import type { ShakaRequests, VideojsRequests } from './cmcd.ts';

declare const retour: typeof inPage;
declare const dashjs: typeof dash;
declare const Hls: typeof HlsPlayer;
declare const videojs: (
  media: HTMLVideoElement,
  options: object,
) => Parameters<typeof inPage.videojs>[0] &
  VideojsRequests & {
    src(source: object): void;
    play(): Promise<void>;
  };
declare const shaka: {
  readonly Player: new () => Parameters<typeof inPage.shaka>[0] &
    ShakaRequests & {
      attach(media: HTMLMediaElement): Promise<void>;
      load(url: string): Promise<void>;
      configure(config: object): void;
    };
};

let stage: Stage;

beforeAll(async () => {
  stage = await setStage(
    'cmcdInPage.ts',
    'hls.js/dist/hls.min.js',
    'dashjs/dist/modern/umd/dash.all.min.js',
    'shaka-player/dist/shaka-player.compiled.js',
    'video.js/dist/video.min.js',
  );
});
afterAll(() => stage?.close());

/** A playlist that is asked for again and again, at the address of its last answer. */
const LIVE = `#EXTM3U
#EXT-X-TARGETDURATION:2
#EXT-X-MAP:URI="init_0.mp4"
${[0, 1, 2, 3, 4, 5].map((i) => `#EXTINF:2,\n00${i}.m4s\n`).join('')}`;

/** Plays, and gives the ids of the views and what each media request said. */
async function check(act: () => Promise<string[]>) {
  const asked: (string | null)[] = [];
  const listen = async (page: Page) => {
    await page.route('**/vod/240/live.m3u8*', (route) => route.fulfill({ body: LIVE }));
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.pathname.startsWith('/vod/')) asked.push(url.searchParams.get('CMCD'));
    });
  };
  const views = await stage.play(act, listen);
  expect(asked.length).toBeGreaterThan(5);
  const said = asked.map((text) => {
    const [, cid, sid] = /cid="([^"]*)".*sid="([^"]*)"/.exec(text ?? '') ?? [];
    return { cid, sid };
  });
  return { views, asked, said };
}

describe.skipIf(cannotPlay)('cmcd in Chromium', () => {
  it('names the view on the requests of hls.js, and the next one at once', async () => {
    const { views, said } = await check(async () => {
      const hls = new Hls();
      const { media, view } = await retour.playSigned(hls, '/vod/master.m3u8');
      await retour.until(() => media.currentTime > 0.5);
      const first = view.view;
      hls.loadSource('/vod/master.m3u8?2');
      view.update({ asset: { id: 'film-43' } });
      await media.play();
      await retour.until(() => media.currentTime > 0.5 && media.currentTime < 3);
      const second = view.view;
      view.destroy();
      hls.destroy();
      return [first, second];
    });
    expect(new Set(said.map(({ sid }) => sid))).toEqual(new Set(views));
    expect(said[0]).toEqual({ cid: 'film-42', sid: views[0] });
    expect(said[said.length - 1]).toEqual({ cid: 'film-43', sid: views[1] });
  });

  it('names the view on the requests of dash.js, beside what dash.js says itself', async () => {
    const { views, asked, said } = await check(async () => {
      const player = dashjs.MediaPlayer().create();
      const view = retour.watch(retour.dashjs(player));
      player.updateSettings({ streaming: { cmcd: { enabled: true, version: 2 } } });
      retour.cmcd(player, view);
      const media = retour.video();
      player.initialize(media, '/vod/manifest.mpd', true);
      await retour.until(() => media.currentTime > 0.5);
      return [view.view];
    });
    for (const each of said) expect(each).toEqual({ cid: 'film-42', sid: views[0] });
    expect(asked[asked.length - 1]).toMatch(/ot=[av].*v=2/);
  });

  it('names the view on the requests of Shaka Player', async () => {
    const { views, said } = await check(async () => {
      const player = new shaka.Player();
      const view = retour.watch(retour.shaka(player));
      const media = retour.video();
      await player.attach(media);
      retour.cmcd(player, view);
      await player.load('/vod/manifest.mpd');
      await media.play();
      await retour.until(() => media.currentTime > 0.5);
      return [view.view];
    });
    for (const each of said) expect(each).toEqual({ cid: 'film-42', sid: views[0] });
  });

  it('names the view on the requests of video.js', async () => {
    const { views, said } = await check(async () => {
      const media = retour.video();
      const player = videojs(media, { html5: { vhs: { overrideNative: true } } });
      const view = retour.watch(retour.videojs(player));
      retour.cmcd(player, view);
      player.src({ src: '/vod/master.m3u8', type: 'application/vnd.apple.mpegurl' });
      await player.play();
      await retour.until(() => media.currentTime > 0.5);
      return [view.view];
    });
    for (const each of said) expect(each).toEqual({ cid: 'film-42', sid: views[0] });
  });

  it('says nothing once consent is withdrawn', async () => {
    const { asked } = await check(async () => {
      const hls = new Hls();
      // A request that is named, then one that is not: the next content.
      const { media, view } = await retour.playSigned(hls, '/vod/master.m3u8');
      await retour.until(() => media.currentTime > 0.5);
      const { view: id } = view;
      view.consent('exempt');
      hls.loadSource('/vod/master.m3u8?again');
      await media.play();
      await retour.until(() => media.currentTime > 0.5);
      return [id];
    });
    const again = asked.findIndex((said, i) => i > 0 && said === null);
    expect(again).toBeGreaterThan(0);
    expect(new Set(asked.slice(again))).toEqual(new Set([null]));
    expect(asked.slice(0, again)).not.toContain(null);
  });

  it('says nothing once consent is withdrawn, where hls.js keeps the address of a live playlist', async () => {
    const { asked } = await check(async () => {
      const hls = new Hls();
      const { view } = await retour.playSigned(hls, '/vod/240/live.m3u8');
      let refreshes = 0;
      hls.on(Hls.Events.LEVEL_LOADING, () => {
        refreshes += 1;
      });
      await retour.until(() => refreshes > 1);
      view.consent('exempt');
      await retour.until(() => refreshes > 4);
      hls.destroy();
      return [view.view];
    });
    const after = asked.indexOf(null);
    expect(after).toBeGreaterThan(3);
    expect(asked.length).toBeGreaterThan(after + 1);
    expect(new Set(asked.slice(after))).toEqual(new Set([null]));
  });
});
