// Encrypted video in a real Chromium, whose own ClearKey needs no module: what each adapter tells of the
// key system and of licences, and of one that is refused.
import type * as dash from 'dashjs';
import type HlsClass from 'hls.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ShakaPlayer } from '../../src/adapters/shaka.ts';
import type { VideojsPlayer } from '../../src/adapters/videojs.ts';
import type * as inPage from '../adaptersInPage.ts';
import { cannotPlay, type Played, type Stage, setStage, signalsOf } from '../playInBrowser.ts';

interface Shaka extends ShakaPlayer {
  attach(media: HTMLMediaElement): Promise<void>;
  load(url: string): Promise<void>;
  unload(): Promise<void>;
  configure(key: string, value: unknown): boolean;
}

/** With the plugin that most pages use. */
interface Videojs extends VideojsPlayer {
  eme(): void;
  src(source: { src: string; type: string; keySystems: object }): void;
  play(): Promise<void>;
  dispose(): void;
}

declare const retour: typeof inPage;
declare const dashjs: typeof dash;
declare const Hls: typeof HlsClass;
declare const shaka: { readonly Player: new () => Shaka };
declare const videojs: (media: HTMLVideoElement) => Videojs;

const LICENSE = '/clearkey/license.json';

let stage: Stage;

beforeAll(async () => {
  stage = await setStage(
    'adaptersInPage.ts',
    'hls.js/dist/hls.min.js',
    'dashjs/dist/modern/umd/dash.all.min.js',
    'shaka-player/dist/shaka-player.compiled.js',
    'video.js/dist/video.min.js',
    'videojs-contrib-eme/dist/videojs-contrib-eme.min.js',
  );
});
afterAll(() => stage?.close());

/** Plays until the playhead moves, or a fault is fatal. */
const ACTS: Readonly<Record<string, () => Promise<Played>>> = {
  hlsjs: async () => {
    const media = retour.video();
    const port = retour.createLivePort();
    const hls = new Hls({
      emeEnabled: true,
      drmSystems: { 'org.w3.clearkey': { licenseUrl: '/clearkey/license.json' } },
    });
    retour.hlsjs(hls).attach(port);
    hls.loadSource('/clearkey/master.m3u8');
    hls.attachMedia(media);
    media.play().catch(() => {}); // A refused licence takes it back.
    await retour.until(() => retour.isDecided(port));
    hls.destroy();
    return retour.toRecord(port);
  },
  dashjs: async () => {
    const port = retour.createLivePort();
    const player = dashjs.MediaPlayer().create();
    retour.dashjs(player).attach(port);
    player.initialize(retour.video(), undefined, true);
    player.setProtectionData({ 'org.w3.clearkey': { serverURL: '/clearkey/license.json' } });
    player.attachSource('/clearkey/manifest.mpd');
    await retour.until(() => retour.isDecided(port));
    player.destroy();
    return retour.toRecord(port);
  },
  shaka: async () => {
    const media = retour.video();
    const port = retour.createLivePort();
    const player = new shaka.Player();
    retour.shaka(player).attach(port);
    await player.attach(media);
    player.configure('drm.servers', { 'org.w3.clearkey': '/clearkey/license.json' });
    await player.load('/clearkey/manifest.mpd').catch(() => {}); // Told as an error.
    media.play().catch(() => {}); // Likewise.
    await retour.until(() => retour.isDecided(port));
    await player.unload();
    return retour.toRecord(port);
  },
  videojs: async () => {
    const port = retour.createLivePort();
    const player = videojs(retour.video());
    player.eme();
    retour.videojs(player).attach(port);
    player.src({
      src: '/clearkey/manifest.mpd',
      type: 'application/dash+xml',
      keySystems: {
        'com.widevine.alpha': '/clearkey/none',
        'org.w3.clearkey': '/clearkey/license.json',
      },
    });
    player.play().catch(() => {}); // As with hls.js.
    await retour.until(() => retour.isDecided(port));
    player.dispose();
    return retour.toRecord(port);
  },
};

/** hls.js has no event for the end of a licence request, and the plugin of video.js none that tells how it ended. */
const TELLS_LICENSE = ['dashjs', 'shaka'];

/** By what `mapError` can know a refusal. */
const REFUSED: Readonly<Record<string, object>> = {
  hlsjs: { status: 403 },
  shaka: { status: 403 },
  dashjs: { message: expect.stringContaining('403') },
};

describe.skipIf(cannotPlay)('encrypted video in Chromium', () => {
  it.each(Object.entries(ACTS))('%s: tells the key system and the licence', async (player, act) => {
    const played = await stage.play(act);
    expect(played.failures).toEqual([]);
    expect(played.described).toEqual(['org.w3.clearkey']);
    expect(signalsOf(played, 'error')).toEqual([]);
    const { host } = new URL(stage.origin.url);
    const licenses = signalsOf(played, 'segment').filter(({ kind }) => kind === 'key');
    expect(licenses).toMatchObject(TELLS_LICENSE.includes(player) ? [{ host, ok: true }] : []);
    for (const { transferMs } of licenses) expect(transferMs).toBeGreaterThan(0);
  });

  it.each(Object.entries(ACTS))('%s: tells of a licence that is refused', async (player, act) => {
    const since = stage.origin.served.length;
    stage.origin.obey(({ path }) => (path === LICENSE ? { status: 403 } : undefined));
    const played = await stage.play(act);
    expect(played.failures).toEqual([]);
    expect(played.described).toEqual(['org.w3.clearkey']);
    const refused = { fatal: true, category: 'drm', ...REFUSED[player] };
    expect(signalsOf(played, 'error')).toMatchObject([refused]);
    const { host } = new URL(stage.origin.url);
    const asked = stage.origin.served.slice(since).filter(({ path }) => path === LICENSE);
    const licenses = signalsOf(played, 'segment').filter(({ kind }) => kind === 'key');
    const told = player === 'videojs' ? [] : asked; // Its plugin tells the error alone.
    expect(licenses).toMatchObject(told.map(() => ({ host, ok: false })));
  });

  it('html5: plays what the page itself has decrypted, whose key system no element tells', async () => {
    const played = await stage.play(async () => {
      const media = retour.video();
      const port = retour.createLivePort();
      retour.html5(media).attach(port);
      media.addEventListener('encrypted', async ({ initDataType, initData }) => {
        const access = await navigator.requestMediaKeySystemAccess('org.w3.clearkey', [
          {
            initDataTypes: ['cenc'],
            videoCapabilities: [{ contentType: 'video/mp4; codecs="avc1.42c00c"' }],
          },
        ]);
        const keys = await access.createMediaKeys();
        await media.setMediaKeys(keys);
        const session = keys.createSession();
        session.addEventListener('message', async () => {
          await session.update(await (await fetch('/clearkey/license.json')).arrayBuffer());
        });
        await session.generateRequest(initDataType, initData ?? new ArrayBuffer(0));
      });
      const feed = new MediaSource();
      media.src = URL.createObjectURL(feed);
      await new Promise((resolve) => feed.addEventListener('sourceopen', resolve));
      const buffer = feed.addSourceBuffer('video/mp4; codecs="avc1.42c00c"');
      for (const name of ['init.mp4', '0.m4s']) {
        buffer.appendBuffer(await (await fetch(`/clearkey/${name}`)).arrayBuffer());
        await new Promise((resolve) => buffer.addEventListener('updateend', resolve));
      }
      await media.play();
      await retour.until(() => retour.isDecided(port));
      return retour.toRecord(port);
    });
    expect(played.failures).toEqual([]);
    expect(signalsOf(played, 'error')).toEqual([]);
    expect(signalsOf(played, 'sample').at(-1)?.position).toBeGreaterThan(0);
    expect(played.described).toEqual([]);
    expect(signalsOf(played, 'rendition')).toMatchObject([{ width: 256, height: 144 }]);
  });
});
