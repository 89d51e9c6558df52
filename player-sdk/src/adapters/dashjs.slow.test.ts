// dash.js itself, in a real Chromium: what its adapter makes of a start, a switch, seeks, faults,
// another source and an end in the wrong order.
import type * as dash from 'dashjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as inPage from '../../test/adaptersInPage.ts';
import { cannotPlay, type Stage, setStage, signalsOf } from '../../test/playInBrowser.ts';
import { toCleanText } from '../privacy.ts';

declare const retour: typeof inPage;
declare const dashjs: typeof dash;

let stage: Stage;

beforeAll(async () => {
  stage = await setStage('adaptersInPage.ts', 'dashjs/dist/modern/umd/dash.all.min.js');
});
afterAll(() => stage?.close());

describe.skipIf(cannotPlay)('dashjs in Chromium', () => {
  it('tells start, rendition, requests, a seek and another source', async () => {
    const played = await stage.play(async () => {
      const media = retour.video();
      const port = retour.createLivePort();
      const player = dashjs.MediaPlayer().create();
      const detach = retour.dashjs(player).attach(port);
      player.initialize(media, '/vod/manifest.mpd', true);
      await retour.until(() => media.currentTime > 1);
      player.seek(30);
      await retour.until(() => media.currentTime > 30.5);
      player.attachSource('/vod/manifest.mpd?other');
      await retour.until(() => media.currentTime > 0.5 && media.currentTime < 5);
      detach();
      player.destroy();
      return retour.toRecord(port);
    });
    expect(played.failures).toEqual([]);
    expect(signalsOf(played, 'request')[0]).toMatchObject({ by: 'autoplay' });
    expect(signalsOf(played, 'rendition')[0]).toMatchObject({
      bitrate: 462_000,
      width: 960,
      height: 540,
      frameRate: 25,
      codec: 'avc1.4d4028',
      audioBitrate: 52_800,
      audioLanguage: 'und',
    });
    const viewers = signalsOf(played, 'seek').filter(({ by }) => by === 'user');
    expect(viewers.map(({ to }) => Math.round(to / 1000))).toEqual([30]);
    expect(signalsOf(played, 'source')).toHaveLength(1);
    expect(signalsOf(played, 'detach')).toEqual([]);
    expect(signalsOf(played, 'error')).toEqual([]);
    const segments = signalsOf(played, 'segment');
    const kinds = new Set(segments.map(({ kind }) => kind));
    expect(kinds).toEqual(new Set(['manifest', 'init', 'video', 'audio']));
    const { host } = new URL(stage.origin.url);
    expect(segments.filter((segment) => !segment.ok || segment.host !== host)).toEqual([]);
    expect(signalsOf(played, 'pathway')).toMatchObject([{ host }, { host }]); // One a source.
    const bytes = segments.reduce((sum, segment) => sum + segment.bytes, 0);
    const sent = stage.origin.served.filter(({ path }) => path.startsWith('/vod/'));
    const sentBytes = sent.reduce((sum, served) => sum + served.bytes, 0);
    expect(bytes).toBeLessThanOrEqual(sentBytes);
    expect(bytes).toBeGreaterThan(0.9 * sentBytes); // Less what was on its way to the first source.
    expect(segments.filter(({ ttfbMs = -1 }) => ttfbMs < 0)).toEqual([]);
  });

  it('tells tries that fail, and the end where none is left', async () => {
    stage.origin.obey(({ path }) => (/0\/001.m4s$/.test(path) ? { status: 404 } : undefined));
    const played = await stage.play(async () => {
      const port = retour.createLivePort();
      const player = dashjs.MediaPlayer().create();
      player.updateSettings({ streaming: { retryIntervals: { MediaSegment: 100 } } });
      player.initialize(retour.video(), '/vod/manifest.mpd', true);
      retour.dashjs(player).attach(port);
      await retour.until(() => port.signals.some((s) => s.type === 'error' && s.fatal));
      player.destroy();
      return retour.toRecord(port);
    });
    expect(played.failures).toEqual([]);
    const failed = signalsOf(played, 'segment').filter(({ ok }) => !ok);
    expect(failed).toContainEqual(expect.objectContaining({ kind: 'video', status: 404 }));
    expect(failed.length).toBeGreaterThanOrEqual(4); // The first try, and three more.
    const errors = signalsOf(played, 'error');
    expect(errors[0]).toMatchObject({ fatal: false, category: 'network', code: '27' });
    expect(errors.filter(({ fatal }) => fatal)).toMatchObject([{ code: '27' }]);
  });

  it('tells a manifest that is not there', async () => {
    stage.origin.obey(({ path }) => (path.endsWith('.mpd') ? { status: 404 } : undefined));
    const played = await stage.play(async () => {
      const port = retour.createLivePort();
      const player = dashjs.MediaPlayer().create();
      retour.dashjs(player).attach(port);
      player.updateSettings({ streaming: { retryAttempts: { MPD: 0 } } });
      player.initialize(retour.video(), '/vod/manifest.mpd?token=secret', true);
      await retour.until(() => port.count('error') > 0);
      player.destroy();
      return retour.toRecord(port);
    });
    expect(played.failures).toEqual([]);
    const [error] = signalsOf(played, 'error');
    expect(error).toMatchObject({ fatal: true, category: 'manifest', code: '25', status: 404 });
    expect(toCleanText(error?.message ?? 'secret')).not.toContain('secret');
  });

  it('plays on where a live manifest is not renewed, and nothing steers', async () => {
    const vod = await (await fetch(`${stage.origin.url}/vod/manifest.mpd`)).text();
    const began = new Date(Date.now() - 20_000).toISOString();
    const live = vod
      .replace(
        /type="static".*?"PT40S"/,
        `type="dynamic" availabilityStartTime="${began}" minimumUpdatePeriod="PT1S" timeShiftBufferDepth="PT16S" suggestedPresentationDelay="PT6S"`,
      )
      .replace('<Period', '<ContentSteering>/vod/none.dcsm</ContentSteering><Period');
    let times = 0;
    const played = await stage.play(
      async () => {
        const media = retour.video();
        const port = retour.createLivePort();
        const player = dashjs.MediaPlayer().create();
        retour.dashjs(player).attach(port);
        const utcSynchronization = { enabled: false };
        player.updateSettings({ streaming: { retryAttempts: { MPD: 0 }, utcSynchronization } });
        player.initialize(media, '/vod/live.mpd', true);
        await retour.until(() => port.count('error') > 1);
        const from = media.currentTime;
        await retour.until(() => media.currentTime > from + 2);
        player.destroy();
        return retour.toRecord(port);
      },
      (page) =>
        page.route('**/live.mpd', (route) => {
          times += 1;
          return route.fulfill(times === 1 ? { body: live } : { status: 503 });
        }),
    );
    expect(played.failures).toEqual([]);
    const errors = signalsOf(played, 'error');
    expect(errors.filter(({ fatal }) => fatal)).toEqual([]);
    expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(['25', 'ContentSteering']));
  });

  it('counts what was given up for a seek as no failure', async () => {
    stage.origin.obey(({ path }) => (path.endsWith('/004.m4s') ? { holdFrom: 0 } : undefined));
    const played = await stage.play(async () => {
      const media = retour.video();
      const port = retour.createLivePort();
      const player = dashjs.MediaPlayer().create();
      retour.dashjs(player).attach(port);
      player.initialize(media, '/vod/manifest.mpd', true);
      await retour.until(() => media.currentTime > 1);
      media.currentTime = 30;
      await retour.until(() => media.currentTime > 30.3);
      player.destroy();
      return retour.toRecord(port);
    });
    expect(played.failures).toEqual([]);
    expect(signalsOf(played, 'segment').filter(({ ok }) => !ok)).toEqual([]);
    expect(signalsOf(played, 'seek').filter(({ by }) => by === 'user')).toHaveLength(1);
  });

  it('is there before the element, after playback began, twice, and after the end', async () => {
    const played = await stage.play(async () => {
      const media = retour.video();
      const early = retour.createLivePort();
      const player = dashjs.MediaPlayer().create();
      retour.dashjs(player).attach(early);
      player.initialize();
      player.attachSource('/vod/manifest.mpd');
      player.attachView(media);
      player.play();
      await retour.until(() => media.currentTime > 0.5);
      const late = retour.createLivePort();
      const adapter = retour.dashjs(player);
      const leave = adapter.attach(late);
      leave();
      const leaveAgain = adapter.attach(late);
      await retour.until(() => media.currentTime > 1);
      player.destroy();
      await retour.until(() => late.count('detach') > 0);
      leaveAgain();
      leaveAgain();
      const [first, second] = [retour.toRecord(early), retour.toRecord(late)];
      return { ...second, failures: [...first.failures, ...second.failures], first };
    });
    expect(played.failures).toEqual([]);
    expect(signalsOf(played.first, 'detach')).toMatchObject([{ reason: 'left' }]);
    expect(signalsOf(played.first, 'request').length).toBeGreaterThan(0);
    expect(signalsOf(played, 'detach')).toHaveLength(1);
    expect(signalsOf(played, 'rendition')[0]).toMatchObject({ height: 540 });
    expect(signalsOf(played, 'source')).toEqual([]);
  });
});
