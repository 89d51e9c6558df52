// Encrypted video in a real Chromium, whose own ClearKey needs no module: what each adapter tells of the
// key system and of licences, and of one that is refused.
import type * as dash from 'dashjs';
import type HlsClass from 'hls.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ShakaPlayer } from '../../src/adapters/shaka.ts';
import type * as inPage from '../adaptersInPage.ts';
import { cannotPlay, type Played, type Stage, setStage, signalsOf } from '../playInBrowser.ts';

interface Shaka extends ShakaPlayer {
  attach(media: HTMLMediaElement): Promise<void>;
  load(url: string): Promise<void>;
  unload(): Promise<void>;
  configure(key: string, value: unknown): boolean;
}

declare const retour: typeof inPage;
declare const dashjs: typeof dash;
declare const Hls: typeof HlsClass;
declare const shaka: { readonly Player: new () => Shaka };

const LICENSE = '/clearkey/license.json';

let stage: Stage;

beforeAll(async () => {
  stage = await setStage(
    'adaptersInPage.ts',
    'hls.js/dist/hls.min.js',
    'dashjs/dist/modern/umd/dash.all.min.js',
    'shaka-player/dist/shaka-player.compiled.js',
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
};

/** hls.js has no event for the end of a licence request. */
const TELLS_LICENSE = ['dashjs', 'shaka'];

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

  it.each(Object.entries(ACTS))('%s: tells of a licence that is refused', async (_, act) => {
    const since = stage.origin.served.length;
    stage.origin.obey(({ path }) => (path === LICENSE ? { status: 403 } : undefined));
    const played = await stage.play(act);
    expect(played.failures).toEqual([]);
    expect(played.described).toEqual(['org.w3.clearkey']);
    expect(signalsOf(played, 'error')).toMatchObject([{ fatal: true, category: 'drm' }]);
    const { host } = new URL(stage.origin.url);
    const asked = stage.origin.served.slice(since).filter(({ path }) => path === LICENSE);
    const licenses = signalsOf(played, 'segment').filter(({ kind }) => kind === 'key');
    expect(licenses).toMatchObject(asked.map(() => ({ host, ok: false })));
  });
});
