// video.js itself, in a real Chromium: what its adapter makes of VHS and of a file, of another
// source, of hooks that the page has set, of faults, and of an end in the wrong order.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as inPage from '../../test/adaptersInPage.ts';
import { cannotPlay, type Stage, setStage, signalsOf } from '../../test/playInBrowser.ts';
import type { VideojsPlayer } from './videojs.ts';

interface Source {
  readonly src: string;
  readonly type: string;
}

/** As far as the tests use it. */
interface Player extends VideojsPlayer {
  src(source: Source | readonly Source[]): void;
  play(): Promise<void>;
  currentTime(seconds: number): void;
  reset(): void;
  dispose(): void;
  on(type: string, listener: () => void): void;
}
declare const retour: typeof inPage;
declare const videojs: {
  (media: HTMLVideoElement, options?: object): Player;
  Vhs: { xhr: { onResponse(hook: () => void): void } };
};

let stage: Stage;

beforeAll(async () => {
  stage = await setStage('adaptersInPage.ts', 'video.js/dist/video.min.js');
});
afterAll(() => stage?.close());

describe.skipIf(cannotPlay)('videojs in Chromium', () => {
  it('tells start, rendition, requests, a seek, and a file as another source', async () => {
    const played = await stage.play(async () => {
      const port = retour.createLivePort();
      const media = retour.video();
      const player = videojs(media);
      const detach = retour.videojs(player).attach(port);
      player.src({ src: '/vod/master.m3u8', type: 'application/x-mpegURL' });
      player.play();
      await retour.until(() => retour.video().currentTime > 1);
      player.currentTime(30);
      await retour.until(() => retour.video().currentTime > 30.5);
      const requests = port.count('segment');
      player.src({ src: '/vod/plain.mp4', type: 'video/mp4' });
      player.play();
      await retour.until(() => retour.video().currentTime > 0.5 && retour.video().currentTime < 5);
      detach();
      player.dispose();
      return { ...retour.toRecord(port), requests };
    });
    expect(played.failures).toEqual([]);
    expect(signalsOf(played, 'request')[0]).toMatchObject({ by: 'play' });
    expect(signalsOf(played, 'ready')).toHaveLength(1);
    const renditions = signalsOf(played, 'rendition');
    expect(renditions[0]).toMatchObject({ bitrate: expect.any(Number), frameRate: 25 });
    expect(renditions.length).toBeLessThan(7); // Each told once, not at every look.
    expect(renditions.at(-1)).toEqual({
      type: 'rendition',
      at: expect.any(Number),
      width: expect.any(Number),
      height: expect.any(Number),
    });
    const viewers = signalsOf(played, 'seek').filter(({ by }) => by === 'user');
    expect(viewers.map(({ to }) => Math.round(to / 1000))).toEqual([30]);
    expect(signalsOf(played, 'source')).toHaveLength(1);
    expect(signalsOf(played, 'error')).toEqual([]);
    const segments = signalsOf(played, 'segment').slice(0, played.requests);
    expect(new Set(segments.map(({ kind }) => kind))).toEqual(
      new Set(['manifest', 'init', 'video', 'audio']),
    );
    const { host } = new URL(stage.origin.url);
    expect(segments.filter((segment) => !segment.ok || segment.host !== host)).toEqual([]);
    expect(signalsOf(played, 'pathway')[0]).toMatchObject({ host });
    const whole = segments.filter(({ ttfbMs }) => ttfbMs !== undefined);
    expect(segments.length - whole.length).toBeLessThanOrEqual(3); // Given up for the seek.
    const sent = stage.origin.served.filter(({ path }) => /^\/vod\/.*\.(m3u8|mp4|m4s)/.test(path));
    const file = sent.findIndex(({ path }) => path.includes('plain'));
    // The last of each kind may have been given up for the file, and VHS did not say so.
    expect(file - segments.length).toBeGreaterThanOrEqual(0);
    expect(file - segments.length).toBeLessThanOrEqual(2);
  });

  it('lets the page hear what its hooks for all players hear, once, beside two adapters', async () => {
    const heard = await stage.play(async () => {
      let count = 0;
      videojs.Vhs.xhr.onResponse(() => {
        count += 1;
      });
      const port = retour.createLivePort();
      const player = videojs(retour.video());
      retour.videojs(player).attach(port);
      retour.videojs(player).attach(retour.createLivePort());
      player.src({ src: '/vod/master.m3u8', type: 'application/x-mpegURL' });
      player.play();
      await retour.until(() => retour.video().currentTime > 0.3);
      const told = port.count('segment');
      player.dispose();
      return { count, told, ...retour.toRecord(port) };
    });
    expect(heard.failures).toEqual([]);
    expect(heard.count).toBeGreaterThan(3);
    expect(Math.abs(heard.count - heard.told)).toBeLessThanOrEqual(1);
  });

  it.each([
    ['master.m3u8', { fatal: true, category: 'manifest', status: 404 }],
    ['.m4s', undefined],
  ])('tells what fails: %s', async (ending, error) => {
    stage.origin.obey(({ path }) => (path.endsWith(ending) ? { status: 404 } : undefined));
    const played = await stage.play(async () => {
      const port = retour.createLivePort();
      const player = videojs(retour.video());
      retour.videojs(player).attach(port);
      player.src({ src: '/vod/master.m3u8', type: 'application/x-mpegURL' });
      const failed = () => port.signals.filter((s) => s.type === 'segment' && !s.ok).length;
      await retour.until(() => port.count('error') > 0 || failed() > 2);
      player.dispose();
      return retour.toRecord(port);
    });
    expect(played.failures).toEqual([]);
    const failed = signalsOf(played, 'segment').filter(({ ok }) => !ok);
    expect(failed[0]).toMatchObject({ status: 404, kind: error ? 'manifest' : expect.any(String) });
    expect(signalsOf(played, 'error')).toMatchObject(error ? [error] : []);
  });

  it('takes several sources for one view, and only the end of the last for its end', async () => {
    const played = await stage.play(async () => {
      const player = videojs(retour.video(), { muted: true });
      const port = retour.createLivePort();
      retour.videojs(player).attach(port);
      let loaded = 0;
      player.on('loadeddata', () => {
        loaded += 1;
        player.play();
      });
      const plays = () => retour.video().currentTime > 0.3;
      player.src([
        { src: '/vod/nothing.m3u8', type: 'application/x-mpegURL' },
        { src: '/vod/plain.mp4', type: 'video/mp4' },
      ]);
      await retour.until(() => loaded === 1 && plays());
      player.src({ src: '/vod/plain.mp4', type: 'video/mp4' }); // As whoever put an ad in its place.
      await retour.until(() => loaded === 2 && plays());
      player.src([
        { src: '/vod/nor-this.m3u8', type: 'application/x-mpegURL' },
        { src: '/vod/nothing.mp4', type: 'video/mp4' },
      ]);
      await retour.until(() => port.count('error') === 3);
      return retour.toRecord(port);
    });
    expect(played.failures).toEqual([]);
    expect(signalsOf(played, 'error').map(({ fatal }) => fatal)).toEqual([false, false, true]);
    expect(signalsOf(played, 'source')).toHaveLength(1);
  });

  it('takes a reset for the end, and the same source after it for another attempt', async () => {
    const played = await stage.play(async () => {
      const player = videojs(retour.video(), { muted: true });
      const port = retour.createLivePort();
      retour.videojs(player).attach(port);
      const source = { src: '/vod/master.m3u8', type: 'application/x-mpegURL' };
      const plays = () => retour.video().currentTime > 0.3;
      player.src(source);
      player.play();
      await retour.until(plays);
      player.reset();
      await retour.until(() => port.count('detach') === 1);
      const before = port.count('request'); // What the end is for: the next one begins a view.
      player.src(source);
      player.play();
      await retour.until(() => plays() && port.count('request') > before);
      player.dispose();
      await retour.until(() => port.count('detach') === 2);
      return retour.toRecord(port);
    });
    expect(played.failures).toEqual([]);
    expect(signalsOf(played, 'source')).toEqual([]);
    const told = played.signals.map(({ type }) => type);
    const end = told.indexOf('detach');
    expect(told.indexOf('request', end)).toBeGreaterThan(end);
    expect(signalsOf(played, 'detach')).toHaveLength(2);
  });

  it('tells the error at which its page throws it away', async () => {
    const played = await stage.play(async () => {
      const player = videojs(retour.video(), { muted: true });
      const port = retour.createLivePort();
      retour.videojs(player).attach(port);
      player.on('error', () => player.dispose());
      player.src({ src: '/vod/nothing.m3u8', type: 'application/x-mpegURL' });
      player.play();
      await retour.until(() => port.count('detach') === 1);
      return retour.toRecord(port);
    });
    expect(played.failures).toEqual([]);
    expect(signalsOf(played, 'error')).toMatchObject([{ fatal: true }]);
  });

  it('is there before the source, twice, after playback began, and after the end', async () => {
    const played = await stage.play(async () => {
      const player = videojs(retour.video(), { id: 'mine', muted: true });
      const early = retour.createLivePort();
      retour.videojs(player).attach(early);
      player.src({ src: '/vod/master.m3u8', type: 'application/x-mpegURL' });
      player.play();
      await retour.until(() => retour.video().currentTime > 0.5);
      const late = retour.createLivePort();
      const adapter = retour.videojs(player);
      adapter.attach(late)();
      const leave = adapter.attach(late);
      const wrapper = retour.video().parentElement;
      if (wrapper) document.body.insertBefore(document.createElement('main'), null).append(wrapper);
      await retour.until(() => retour.video().currentTime > 1);
      player.dispose();
      leave();
      leave();
      const [first, second] = [retour.toRecord(early), retour.toRecord(late)];
      return { ...second, failures: [...first.failures, ...second.failures], first };
    });
    expect(played.failures).toEqual([]);
    expect(signalsOf(played.first, 'request')).toHaveLength(1);
    for (const record of [played, played.first]) {
      expect(signalsOf(record, 'detach')).toMatchObject([{ reason: 'left' }]);
      expect(record.signals.at(-1)?.type).toBe('detach');
    }
    expect(signalsOf(played, 'source')).toEqual([]);
    expect(signalsOf(played, 'rendition').length).toBeGreaterThan(0);
  });
});
