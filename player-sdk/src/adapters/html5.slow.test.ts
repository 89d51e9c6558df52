// A media element in a real Chromium: autoplay in each of its forms, what is shown where, captions,
// loops, removal, sources with and without `emptied`, and what a cache answers.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as inPage from '../../test/adaptersInPage.ts';
import {
  cannotPlay,
  type Played,
  type Stage,
  setStage,
  signalsOf,
} from '../../test/playInBrowser.ts';

declare const retour: typeof inPage;

let stage: Stage;

beforeAll(async () => {
  stage = await setStage('adaptersInPage.ts');
});
afterAll(() => stage?.close());

describe.skipIf(cannotPlay)('html5 in Chromium', () => {
  it.each(['none', 'metadata', 'auto'])(
    'tells autoplay once, and that it was refused where there is sound (preload %s)',
    async (preload) => {
      const start = (sound: 'silent' | 'loud') =>
        stage.playUntouched(
          async () => {
            const media = retour.video();
            const port = retour.createLivePort();
            retour.html5(media).attach(port);
            const [preload, sound] = location.hash.slice(1).split('/');
            media.muted = sound === 'silent';
            media.preload = preload as 'none'; // One of the three.
            media.autoplay = true;
            media.src = '/vod/plain.mp4';
            await retour.until(() => media.currentTime > 0.3 || port.count('refused') > 0);
            media.muted = true; // From now on it may play.
            await media.play();
            await retour.until(() => media.currentTime > 0.3);
            return retour.toRecord(port);
          },
          (page) => page.addInitScript(`location.hash = '${preload}/${sound}'`),
        );
      const played = await start('silent');
      const refused = await start('loud');
      expect([...played.failures, ...refused.failures]).toEqual([]);
      const requests = (record: Played) => signalsOf(record, 'request').map(({ by }) => by);
      expect(requests(played)).toEqual(['autoplay', 'play']);
      expect(signalsOf(played, 'refused')).toEqual([]);
      expect(requests(refused)).toEqual(['autoplay', 'play']);
      const order = refused.signals.map(({ type }) => type);
      const said = order.filter((type) => /^(request|refused|play)$/.test(type));
      expect(said).toEqual(['request', 'refused', 'request', 'play']);
    },
  );

  it('tells the whole screen, captions, and their ends', async () => {
    const played = await stage.play(async () => {
      const media = retour.video();
      const port = retour.createLivePort();
      const frame = document.createElement('main');
      media.replaceWith(frame);
      frame.attachShadow({ mode: 'open' }).append(media);
      media.src = '/vod/plain.mp4';
      retour.html5(media).attach(port);
      const told = (count: number) => retour.until(() => port.count('presentation') === count);
      const touched = new Promise((resolve) => addEventListener('click', resolve, { once: true }));
      document.body.click();
      await touched;
      await media.play();
      const track = media.addTextTrack('captions', 'French', 'fr');
      track.mode = 'showing';
      await retour.until(() => port.count('captions') === 1);
      track.mode = 'disabled';
      await retour.until(() => port.count('captions') === 2);
      await frame.requestFullscreen();
      await told(1);
      await document.exitFullscreen();
      await told(2);
      return retour.toRecord(port);
    });
    expect(played.failures).toEqual([]);
    expect(signalsOf(played, 'captions').map(({ language }) => language)).toEqual([
      'fr',
      undefined,
    ]);
    const modes = signalsOf(played, 'presentation').map(({ mode }) => mode);
    expect(modes).toEqual(['fullscreen', 'inline']);
  });

  it('tells a loop and a removal for what they are, and sources of one element apart', async () => {
    const played = await stage.play(async () => {
      const media = retour.video();
      const port = retour.createLivePort();
      const detach = retour.html5(media).attach(port);
      media.src = '/vod/plain.mp4';
      media.loop = true;
      await media.play();
      await retour.until(() => media.currentTime > 0.3);
      media.currentTime = media.duration - 0.5;
      await retour.until(() => media.currentTime > 0.2 && media.currentTime < 1);
      const parent = media.parentElement;
      media.remove();
      await retour.until(() => media.paused);
      parent?.append(media);
      media.src = '/vod/plain.mp4?other';
      await media.play();
      await retour.until(() => media.currentTime > 0.3);
      detach();
      const { length } = port.signals;
      const paused = new Promise((resolve) => {
        media.addEventListener('pause', resolve, { once: true });
      });
      media.pause();
      await paused;
      return { ...retour.toRecord(port), mute: length === port.signals.length };
    });
    expect(played.failures).toEqual([]);
    expect(signalsOf(played, 'seek').map(({ by }) => by)).toEqual(['user', 'player']);
    expect(signalsOf(played, 'pause').map(({ by }) => by)).toEqual(['browser']);
    expect(signalsOf(played, 'source')).toHaveLength(1);
    expect(signalsOf(played, 'request')).toHaveLength(2);
    expect(played.mute).toBe(true);
  });

  it('takes several <source> for one view, whichever of them plays', async () => {
    const played = await stage.play(async () => {
      const media = retour.video();
      const port = retour.createLivePort();
      retour.html5(media).attach(port);
      const offer = (query: string) => {
        media.innerHTML = `<source src="/vod/nothing.mp4${query}"><source src="/vod/plain.mp4${query}">`;
        media.load();
        return media.play();
      };
      await offer('');
      await retour.until(() => media.currentTime > 0.3);
      const before = port.count('source');
      await offer('?other');
      await retour.until(() => media.currentTime > 0.3);
      return { ...retour.toRecord(port), before };
    });
    expect(played.failures).toEqual([]);
    expect([played.before, signalsOf(played, 'source').length]).toEqual([0, 1]);
    expect(signalsOf(played, 'error')).toEqual([]);
  });

  it('tells what is not there, and what no <source> offers', async () => {
    const played = await stage.play(async () => {
      const media = retour.video();
      const port = retour.createLivePort();
      retour.html5(media).attach(port);
      media.src = '/vod/nothing.mp4';
      await retour.until(() => port.count('error') === 1);
      media.removeAttribute('src');
      media.innerHTML = '<source src="/vod/nothing.mp4"><source src="/vod/nor-this.mp4">';
      media.load();
      await retour.until(() => port.count('error') === 2);
      return retour.toRecord(port);
    });
    expect(played.failures).toEqual([]);
    // Chromium may hide that it was a 404; where a browser tells, it is an error of the network.
    const errors = signalsOf(played, 'error').map(({ code, fatal }) => [code, fatal]);
    expect(errors).toEqual(Array(2).fill(['MEDIA_ERR_SRC_NOT_SUPPORTED', true]));
  });
});
