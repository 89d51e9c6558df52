// Shaka Player itself, in a real Chromium: what its adapter makes of a start, a switch, seeks, faults,
// another source and an end in the wrong order.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as inPage from '../../test/adaptersInPage.ts';
import { cannotPlay, type Stage, setStage, signalsOf } from '../../test/playInBrowser.ts';
import type { ShakaPlayer } from './shaka.ts';

interface Player extends ShakaPlayer {
  attach(media: HTMLMediaElement): Promise<void>;
  load(url: string): Promise<void>;
  configure(key: string, value: unknown): boolean;
  selectVariantTrack(track: object): void;
  selectTextTrack(track: object | null): void;
  addTextTrackAsync(uri: string, language: string, kind: string, type: string): Promise<object>;
  addEventListener(type: 'loading', act: () => void): void;
  addEventListener(type: 'error', act: (event: { detail: { severity: number } }) => void): void;
  unload(): Promise<void>;
  destroy(): Promise<void>;
}

declare const retour: typeof inPage;
declare const shaka: { readonly Player: new (media?: null, container?: HTMLElement) => Player };

let stage: Stage;

beforeAll(async () => {
  stage = await setStage('adaptersInPage.ts', 'shaka-player/dist/shaka-player.compiled.js');
});
afterAll(() => stage?.close());

describe.skipIf(cannotPlay)('shaka in Chromium', () => {
  it('tells start, renditions as they are displayed, requests, a seek and another source', async () => {
    const played = await stage.play(async () => {
      const media = retour.video();
      const port = retour.createLivePort();
      const player = new shaka.Player();
      const detach = retour.shaka(player).attach(port);
      await player.attach(media);
      player.configure('streaming.bufferingGoal', 4);
      await player.load('/vod/manifest.mpd');
      await media.play();
      await retour.until(() => media.currentTime > 1);
      player.configure('abr.enabled', false);
      const low = player.getVariantTracks().find(({ height }) => height === 240);
      if (low) player.selectVariantTrack(low);
      await retour.until(() => media.videoHeight === 240);
      const shownAt = media.currentTime;
      await retour.until(() =>
        port.signals.some((s) => s.type === 'rendition' && s.height === 240),
      );
      media.currentTime = 30;
      await retour.until(() => media.currentTime > 30.5);
      await player.load('/vod/manifest.mpd?other');
      await media.play(); // Another source pauses an element.
      await retour.until(() => media.currentTime > 0.5 && media.currentTime < 5);
      detach();
      await player.destroy();
      return { ...retour.toRecord(port), shownAt };
    });
    expect(played.failures).toEqual([]);
    expect(signalsOf(played, 'request')).toMatchObject([{ by: 'play' }, { by: 'play' }]);
    const [first, second] = signalsOf(played, 'rendition').filter(
      ({ height }, i, all) => height !== all[i - 1]?.height,
    );
    expect(first).toMatchObject({
      bitrate: 462_000,
      width: 960,
      height: 540,
      frameRate: 25,
      codec: 'avc1.4d4028',
      audioBitrate: 52_800,
      audioLanguage: 'und',
    });
    expect(second).toMatchObject({ bitrate: 121_000, height: 240, audioBitrate: 52_800 });
    const before = signalsOf(played, 'sample').filter(({ at }) => at < (second?.at ?? 0));
    expect(before.pop()?.position).toBeLessThan((played.shownAt + 0.5) * 1000);
    const viewers = signalsOf(played, 'seek').filter(({ by }) => by === 'user');
    expect(viewers).toMatchObject([{ to: 30_000 }]);
    expect(signalsOf(played, 'source')).toHaveLength(1);
    expect(signalsOf(played, 'detach')).toEqual([]);
    expect(signalsOf(played, 'error')).toEqual([]);
    const segments = signalsOf(played, 'segment');
    const kinds = new Set(segments.map(({ kind }) => kind));
    expect(kinds).toEqual(new Set(['manifest', 'init', 'video', 'audio']));
    const { host } = new URL(stage.origin.url);
    expect(segments.filter((segment) => !segment.ok || segment.host !== host)).toEqual([]);
    expect(signalsOf(played, 'pathway')[0]).toMatchObject({ host });
    expect(segments.filter(({ ttfbMs = -1 }) => ttfbMs < 0)).toEqual([]);
  });

  it('tells tries that fail, and the end where none is left', async () => {
    // Of the picture: there is one rendition of the sound only, whose failure would be the end at once.
    stage.origin.obey(({ path }) => (/\d\/003\.m4s$/.test(path) ? { status: 404 } : undefined));
    const played = await stage.play(async () => {
      const port = retour.createLivePort();
      const player = new shaka.Player();
      player.configure('streaming.retryParameters', { maxAttempts: 2, baseDelay: 10 });
      await player.attach(retour.video());
      retour.shaka(player).attach(port);
      await player.load('/vod/manifest.mpd');
      await retour.until(() => port.signals.some((s) => s.type === 'error' && s.fatal));
      await player.destroy();
      return retour.toRecord(port);
    });
    expect(played.failures).toEqual([]);
    expect(signalsOf(played, 'request')).toEqual([]);
    const failed = signalsOf(played, 'segment').filter(({ ok }) => !ok);
    expect(failed[0]).toMatchObject({ status: 404 });
    expect(failed.length).toBeGreaterThanOrEqual(2);
    const errors = signalsOf(played, 'error');
    expect(errors[0]).toMatchObject({ fatal: false, category: 'network', code: '1001' });
    expect(errors.filter(({ fatal }) => fatal)).toMatchObject([
      { category: 'network', code: '1001' },
    ]);
  });

  it('tells what load() failed of, but not that it was called off', async () => {
    stage.origin.obey(({ path }) => (path.endsWith('none.mpd') ? { status: 404 } : undefined));
    const played = await stage.play(async () => {
      const port = retour.createLivePort();
      const player = new shaka.Player();
      player.configure('manifest.retryParameters', { maxAttempts: 2, baseDelay: 10 });
      await player.attach(retour.video());
      retour.shaka(player).attach(port);
      await player.load('/vod/none.mpd').catch(() => {});
      const loading = new Promise<void>((resolve) => player.addEventListener('loading', resolve));
      const called = player.load('/vod/manifest.mpd').catch(() => {});
      await loading;
      await player.unload();
      await called;
      return retour.toRecord(port);
    });
    expect(played.failures).toEqual([]);
    expect(signalsOf(played, 'error')).toMatchObject([
      { fatal: true, category: 'manifest', code: '1001', status: 404 },
    ]);
    expect(signalsOf(played, 'source')).toHaveLength(1);
  });

  it('tells nothing as the end that Shaka tries again of a live stream', async () => {
    const vod = await (await fetch(`${stage.origin.url}/vod/manifest.mpd`)).text();
    const began = new Date(Date.now() - 20_000).toISOString();
    const live = vod.replace(
      /type="static".*?"PT40S"/,
      `type="dynamic" availabilityStartTime="${began}" minimumUpdatePeriod="PT1S" timeShiftBufferDepth="PT16S" suggestedPresentationDelay="PT6S"`,
    );
    // One rendition of the sound: there is no other to go on with.
    stage.origin.obey(({ path }) => (/sound\/01\d\.m4s$/.test(path) ? { status: 404 } : undefined));
    const played = await stage.play(
      async () => {
        const media = retour.video();
        const port = retour.createLivePort();
        const player = new shaka.Player();
        const severities: number[] = [];
        player.addEventListener('error', ({ detail }) => severities.push(detail.severity));
        player.configure('streaming.retryParameters', { maxAttempts: 1 });
        await player.attach(media);
        retour.shaka(player).attach(port);
        await player.load('/vod/live.mpd');
        await media.play();
        await retour.until(() => severities.length > 1);
        await player.destroy();
        return { ...retour.toRecord(port), severities };
      },
      (page) => page.route('**/live.mpd', (route) => route.fulfill({ body: live })),
    );
    expect(played.failures).toEqual([]);
    expect(played.severities).toContain(2);
    const errors = signalsOf(played, 'error');
    expect(errors).toHaveLength(played.severities.length);
    expect(errors.filter(({ fatal }) => fatal)).toEqual([]);
  });

  it('tells captions that Shaka draws into a container', async () => {
    const played = await stage.play(async () => {
      const media = retour.video();
      const port = retour.createLivePort();
      const player = new shaka.Player(null, document.body);
      retour.shaka(player).attach(port);
      await player.attach(media);
      await player.load('/vod/manifest.mpd');
      const vtt = 'data:text/vtt,WEBVTT%0A%0A00:00.000 --> 00:39.000%0ABonjour';
      const track = await player.addTextTrackAsync(vtt, 'fr', 'subtitles', 'text/vtt');
      await media.play();
      player.selectTextTrack(track);
      await retour.until(() => port.count('captions') > 0);
      player.selectTextTrack(null);
      await retour.until(() => port.count('captions') > 1);
      const texts = media.textTracks.length;
      await player.destroy();
      return { ...retour.toRecord(port), texts };
    });
    expect(played.failures).toEqual([]);
    expect(played.texts).toBe(0);
    expect(signalsOf(played, 'captions').map(({ language }) => language)).toEqual([
      'fr',
      undefined,
    ]);
  });

  it('counts what was given up for a seek as no failure', async () => {
    stage.origin.obey(({ path }) => (path.endsWith('/004.m4s') ? { holdFrom: 0 } : undefined));
    const played = await stage.play(async () => {
      const media = retour.video();
      const port = retour.createLivePort();
      const player = new shaka.Player();
      retour.shaka(player, media).attach(port);
      await player.attach(media);
      await player.load('/vod/manifest.mpd');
      await media.play();
      await retour.until(() => media.currentTime > 1);
      media.currentTime = 30;
      await retour.until(() => media.currentTime > 30.3);
      await player.unload();
      return retour.toRecord(port);
    });
    expect(played.failures).toEqual([]);
    expect(signalsOf(played, 'segment').filter(({ ok }) => !ok)).toEqual([]);
    // At a slow start, Shaka itself seeks to where the element is already.
    const seeks = signalsOf(played, 'seek').filter(({ by }) => by === 'user');
    expect(seeks).toMatchObject([{ to: 30_000 }]);
    expect(signalsOf(played, 'detach')).toMatchObject([{ reason: 'left' }]);
  });

  it('is there after playback began, twice, and after the end', async () => {
    const played = await stage.play(async () => {
      const media = retour.video();
      const player = new shaka.Player();
      await player.attach(media);
      await player.load('/vod/master.m3u8');
      await media.play();
      await retour.until(() => media.currentTime > 0.5);
      const port = retour.createLivePort();
      const adapter = retour.shaka(player);
      const leave = adapter.attach(port);
      leave();
      const leaveAgain = adapter.attach(port);
      await retour.until(() => media.currentTime > 2.5);
      await player.destroy();
      leaveAgain();
      leaveAgain();
      return retour.toRecord(port);
    });
    expect(played.failures).toEqual([]);
    expect(signalsOf(played, 'detach')).toHaveLength(1);
    expect(signalsOf(played, 'rendition')[0]).toMatchObject({ bitrate: 514_800, height: 540 });
    expect(signalsOf(played, 'source')).toEqual([]);
  });
});
