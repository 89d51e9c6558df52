// hls.js itself, in a real Chromium: what its adapter makes of a start, a level, seeks, what
// is given up, faults, other elements, and an end in the wrong order.
import { createCipheriv, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type HlsClass from 'hls.js';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as inPage from '../../test/adaptersInPage.ts';
import { cannotPlay, type Stage, setStage, signalsOf } from '../../test/playInBrowser.ts';

declare const retour: typeof inPage;
declare const Hls: typeof HlsClass;

let stage: Stage;

beforeAll(async () => {
  stage = await setStage('adaptersInPage.ts', 'hls.js/dist/hls.min.js');
});
afterAll(() => stage?.close());

describe.skipIf(cannotPlay)('hlsjs in Chromium', () => {
  it('tells start, rendition, seeks and another source, and each request once', async () => {
    const played = await stage.play(async () => {
      const media = retour.video();
      const port = retour.createLivePort();
      const hls = new Hls({ startLevel: 0 });
      const detach = retour.hlsjs(hls).attach(port);
      hls.loadSource('/vod/master.m3u8');
      hls.attachMedia(media);
      media.play();
      await retour.until(() => media.currentTime > 1);
      media.currentTime = 30;
      await retour.until(() => media.currentTime > 30.5);
      hls.nextLevel = 2; // Throws away what is buffered, and jumps by a hair.
      await retour.until(() => media.videoHeight === 540);
      hls.loadSource('/vod/master.m3u8?other');
      media.play();
      await retour.until(() => media.currentTime > 0.5 && media.currentTime < 5);
      hls.stopLoad();
      detach();
      hls.destroy();
      return retour.toRecord(port);
    });
    expect(played.failures).toEqual([]);
    expect(signalsOf(played, 'ready')).toHaveLength(1);
    const renditions = signalsOf(played, 'rendition');
    expect(renditions[0]).toMatchObject({ bitrate: 173_800, height: 240, frameRate: 25 });
    expect(renditions.map(({ height }) => height)).toContain(540);
    const viewers = signalsOf(played, 'seek').filter(({ by }) => by === 'user');
    expect(viewers.map(({ to }) => Math.round(to / 1000))).toEqual([30]);
    expect(signalsOf(played, 'source')).toHaveLength(1);
    expect(signalsOf(played, 'error')).toEqual([]);
    const segments = signalsOf(played, 'segment');
    const { host } = new URL(stage.origin.url);
    expect(segments.filter((segment) => !segment.ok || segment.host !== host)).toEqual([]);
    const asked = stage.origin.served.filter(({ path }) => path.startsWith('/vod/'));
    // The last of each kind may have been given up at the end, and hls.js did not say so.
    expect(asked.length - segments.length).toBeGreaterThanOrEqual(0);
    expect(asked.length - segments.length).toBeLessThanOrEqual(2);
    expect(signalsOf(played, 'sample').some(({ waitingMs = 0 }) => waitingMs > 0)).toBe(true);
  });

  it.each([
    [
      'master.m3u8',
      { fatal: true, category: 'manifest', code: 'manifestLoadError', status: 404 },
      'manifest',
    ],
    ['/002.m4s', { fatal: false, category: 'network', code: 'fragLoadError' }, 'video'],
  ] as const)('tells what fails: %s', async (ending, error, kind) => {
    stage.origin.obey(({ path }) => (path.endsWith(ending) ? { status: 404 } : undefined));
    const played = await stage.play(async () => {
      const port = retour.createLivePort();
      const hls = new Hls();
      retour.hlsjs(hls).attach(port);
      hls.loadSource('/vod/master.m3u8');
      hls.attachMedia(retour.video());
      await retour.until(() => port.count('error') > 0);
      hls.destroy();
      return retour.toRecord(port);
    });
    expect(played.failures).toEqual([]);
    expect(signalsOf(played, 'error')[0]).toMatchObject(error);
    const failed = signalsOf(played, 'segment').filter(({ ok }) => !ok);
    expect(failed[0]).toMatchObject({ status: 404 });
    if (kind === 'manifest') expect(failed).toMatchObject([{ kind }]);
    expect(signalsOf(played, 'detach')).toMatchObject([{ reason: 'left' }]);
  });

  it.each([
    ['before', 200],
    ['after', 200],
    ['before', 404],
  ] as const)(
    'tells the key of a stream, %s its initialisation segment (%i)',
    async (place, status) => {
      const asked: string[] = [];
      const played = await stage.play(
        async () => {
          const media = retour.video();
          const port = retour.createLivePort();
          const hls = new Hls();
          retour.hlsjs(hls).attach(port);
          hls.loadSource('/encrypted/index.m3u8');
          hls.attachMedia(media);
          media.play().catch(() => undefined);
          await retour.until(() => media.currentTime > 2.5 || port.count('error') > 0);
          hls.destroy();
          return retour.toRecord(port);
        },
        (page) => serveEncrypted(page, { place, status, asked }),
      );
      expect(played.failures).toEqual([]);
      const keys = signalsOf(played, 'segment').filter(({ kind }) => kind === 'key');
      expect(keys).toHaveLength(asked.length);
      expect(asked).toHaveLength(1);
      const ok = status === 200;
      expect(keys).toMatchObject([
        { host: 'keys.example', ok, bytes: ok ? 16 : expect.any(Number) },
      ]);
      if (ok) expect(keys[0]?.transferMs).toBeGreaterThan(0);
      else expect(keys[0]).toMatchObject({ status });
      const { host } = new URL(stage.origin.url);
      const others = signalsOf(played, 'segment').filter(({ kind }) => kind !== 'key');
      expect(others.filter((segment) => segment.host !== host)).toEqual([]);
    },
  );

  it('is there before its element, twice, after playback began, and after the end', async () => {
    const played = await stage.play(async () => {
      const media = retour.video();
      const other = media.cloneNode() as HTMLVideoElement; // A clone of a video.
      const hls = new Hls();
      const early = retour.createLivePort();
      const late = retour.createLivePort();
      retour.hlsjs(hls, media).attach(early);
      media.play().catch(() => undefined); // Before there is anything to play: asked all the same.
      hls.loadSource('/vod/master.m3u8');
      hls.attachMedia(media);
      media.play(); // Attaching took the first one back.
      await retour.until(() => media.currentTime > 0.5);
      const adapter = retour.hlsjs(hls);
      adapter.attach(late)();
      const leave = adapter.attach(late);
      media.replaceWith(other);
      hls.detachMedia();
      hls.attachMedia(other);
      other.play();
      await retour.until(() => other.currentTime > 0.5);
      hls.destroy();
      leave();
      const [first, second] = [retour.toRecord(early), retour.toRecord(late)];
      return { ...second, failures: [...first.failures, ...second.failures], first };
    });
    expect(played.failures).toEqual([]);
    expect(signalsOf(played.first, 'request')[0]).toMatchObject({ by: 'play' });
    expect(signalsOf(played, 'request')).toHaveLength(1);
    expect(signalsOf(played, 'pause').filter(({ by }) => by === 'user')).toEqual([]);
    for (const record of [played, played.first]) {
      expect(record.signals.at(-1)).toMatchObject({ type: 'detach', reason: 'left' });
      expect(signalsOf(record, 'source')).toEqual([]);
    }
  });
});

const MEDIA = join(import.meta.dirname, '../../../deploy/sample/media/vod/240');

/** Two segments of the sample by AES-128; what is behind the EXT-X-KEY, the other host has the key of. */
async function serveEncrypted(
  page: Page,
  { place, status, asked }: { place: 'before' | 'after'; status: number; asked: string[] },
): Promise<void> {
  const key = randomBytes(16);
  const iv = randomBytes(16);
  const method = `#EXT-X-KEY:METHOD=AES-128,URI="https://keys.example/1",IV=0x${iv.toString('hex')}`;
  const init = '#EXT-X-MAP:URI="init_0.mp4"';
  const playlist = `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-TARGETDURATION:2
#EXT-X-PLAYLIST-TYPE:VOD
${place === 'before' ? `${method}\n${init}` : `${init}\n${method}`}
#EXTINF:2.0,
000.m4s
#EXTINF:2.0,
001.m4s
#EXT-X-ENDLIST
`;
  await page.route('**/encrypted/*', async (route) => {
    const file = new URL(route.request().url()).pathname.replace('/encrypted/', '');
    if (file === 'index.m3u8') return route.fulfill({ body: playlist });
    const clear = await readFile(join(MEDIA, file));
    if (place === 'after' && file.startsWith('init')) return route.fulfill({ body: clear });
    const cipher = createCipheriv('aes-128-cbc', key, iv);
    return route.fulfill({ body: Buffer.concat([cipher.update(clear), cipher.final()]) });
  });
  await page.route('https://keys.example/*', (route) => {
    asked.push(route.request().url());
    return route.fulfill({ status, body: key, headers: { 'access-control-allow-origin': '*' } });
  });
}
