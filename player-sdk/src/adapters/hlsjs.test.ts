import Hls from 'hls.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createRecordedPort } from '../../test/recordPort.ts';
import { ScriptedMedia } from '../../test/scriptedMedia.ts';
import { hlsjs } from './hlsjs.ts';

/** hls.js as far as the adapter sees it: events that a test fires, and what it reads. */
class ScriptedHls {
  static version = '1.7.4';
  url: string | null = null;
  media: HTMLMediaElement | null = null;
  levels: object[] = [];
  audioTracks: object[] = [];
  audioTrack = -1;
  currentLevel = -1;
  latestLevelDetails: object | null = null;
  liveSyncPosition: number | null = null;
  maxLatency = 30;
  playingDate: Date | null = null;
  readonly heard = new Map<string, Set<(event: string, data: unknown) => void>>();

  on(event: string, listener: (event: string, data: unknown) => void): void {
    this.heard.set(event, (this.heard.get(event) ?? new Set()).add(listener));
  }
  off(event: string, listener: (event: string, data: unknown) => void): void {
    this.heard.get(event)?.delete(listener);
  }
  tell(event: string, data: object = {}): void {
    for (const listener of this.heard.get(event) ?? []) listener(event, data);
  }
  get listening(): number {
    return [...this.heard.values()].reduce((sum, listeners) => sum + listeners.size, 0);
  }
}

function attach(prepare: (hls: ScriptedHls) => void = () => {}) {
  const hls = new ScriptedHls();
  const media = new ScriptedMedia();
  prepare(hls);
  const adapter = hlsjs(hls as unknown as Hls, media.asElement()); // Has all that is read.
  const port = createRecordedPort();
  return { hls, media, port, adapter, detach: adapter.attach(port) };
}

/** Fires one event of hls.js and gives the signals that follow. */
function check(event: string, data: object, ...told: object[]) {
  const { hls, port } = attach((scripted) => {
    scripted.levels = [LEVEL, { ...LEVEL, pathwayId: 'B' }];
    scripted.url = 'https://origin.example/master.m3u8';
  });
  hls.tell(event, data);
  expect(port.failures).toEqual([]);
  expect(port.told()).toEqual(told);
}

const LEVEL = {
  bitrate: 800_000,
  width: 640,
  height: 360,
  frameRate: 25,
  videoCodec: 'avc1.4d401f',
  videoRange: 'SDR',
  pathwayId: '.',
  attrs: { decimalInteger: (name: string) => (name === 'AVERAGE-BANDWIDTH' ? 700_000 : 0) },
};
const stats = { loaded: 1000, loading: { start: 100, first: 120, end: 200 } };
const frag = {
  type: 'main',
  sn: 4,
  level: 0,
  url: 'https://cdn.example:8443/v/4.m4s',
  stats,
  initSegment: null,
};
const details = { url: 'https://cdn.example/v/index.m3u8' };
const TIMES = { ttfbMs: 20, transferMs: 100 };

const OPEN = { loading: { start: 100, first: 0, end: 0 } };

/** A fragment that asks for its key, and what hls.js tells when it came: by then the loader is gone. */
function askForKey(uri: string, change: object = {}) {
  const key = { keyFormat: 'identity', uri };
  const asked = {
    ...frag,
    decryptdata: key,
    keyLoader: { stats: { ...stats, retry: 0, aborted: false, ...change } } as object | null,
  };
  const come = () => {
    asked.keyLoader = null;
    return { frag: asked, keyInfo: { decryptdata: key, loader: null, keyLoadPromise: null } };
  };
  return { asked, key, come };
}

afterEach(() => {
  vi.useRealTimers();
});

describe('hlsjs', () => {
  it('names its player as hls.js does', () => {
    expect(attach().adapter.player).toEqual({ name: 'hls.js', version: '1.7.4', adapter: 'hlsjs' });
  });

  it('hears events that hls.js really has', () => {
    const { hls } = attach();
    const known: string[] = Object.values(Hls.Events);
    expect(hls.heard.size).toBeGreaterThan(10);
    for (const event of hls.heard.keys()) expect(known).toContain(event);
  });

  it('tells the rendition that is displayed, with its average where it is declared', () =>
    check(
      'hlsLevelSwitched',
      { level: 0 },
      {
        type: 'rendition',
        bitrate: 700_000,
        width: 640,
        height: 360,
        frameRate: 25,
        codec: 'avc1.4d401f',
      },
    ));

  it('tells a fragment, and first where it comes from', () =>
    check(
      'hlsFragLoaded',
      { frag, part: null, networkDetails: null },
      { type: 'pathway', host: 'cdn.example:8443' },
      { type: 'segment', kind: 'video', host: 'cdn.example:8443', bytes: 1000, ok: true, ...TIMES },
    ));

  it('tells the pathway that content steering chose, and the host after redirects', () =>
    check(
      'hlsFragLoaded',
      {
        frag: { ...frag, level: 1 },
        part: null,
        networkDetails: { responseURL: 'https://edge.example/v/4.m4s' },
      },
      { type: 'pathway', host: 'edge.example', pathway: 'B' },
      {
        type: 'segment',
        kind: 'video',
        host: 'edge.example',
        bytes: 1000,
        ok: true,
        ...TIMES,
        pathway: 'B',
      },
    ));

  it('tells the initialisation segment once', () => {
    const { hls, port } = attach();
    const initSegment = {
      hasStats: true,
      sn: 'initSegment',
      url: 'https://cdn.example/v/init.mp4',
      stats: { ...stats },
    };
    const data = { frag: { ...frag, initSegment }, part: null, networkDetails: null };
    hls.tell('hlsFragLoaded', data);
    hls.tell('hlsFragLoaded', data);
    const kinds = port.signals.flatMap((s) => (s.type === 'segment' ? [s.kind] : []));
    expect(kinds).toEqual(['init', 'video', 'video']);
  });

  it('tells what was given up when hls.js asks for the next, without its times, once', () => {
    const { hls, port } = attach();
    const next = { ...frag, sn: 5, url: 'https://cdn.example/v/5.m4s' };
    hls.tell('hlsFragLoading', { frag });
    hls.tell('hlsFragLoading', { frag: { ...frag, type: 'audio' } });
    expect(port.count('segment')).toBe(0);
    hls.tell('hlsFragLoading', { frag: next });
    hls.tell('hlsFragLoaded', { frag: next, part: null, networkDetails: null });
    hls.tell('hlsFragLoading', { frag });
    const segments = port.signals.filter((signal) => signal.type === 'segment');
    expect(segments).toMatchObject([
      { kind: 'video', host: 'cdn.example:8443', bytes: 1000, ok: true },
      { kind: 'video', host: 'cdn.example', ok: true, ...TIMES },
    ]);
    expect(segments[0]).toMatchObject({ ttfbMs: undefined, transferMs: undefined });
  });

  it('does not count a fragment that waits for its key in vain', () => {
    const { hls, port } = attach();
    hls.tell('hlsFragLoading', { frag: { ...frag, stats: { loading: { start: 0 } } } });
    hls.tell('hlsFragLoading', { frag });
    expect(port.count('segment')).toBe(0);
  });

  it('counts each try at a playlist that hls.js makes by itself', () => {
    const { hls, port } = attach();
    hls.tell('hlsManifestLoaded', { url: 'https://a.example/m', stats: { ...stats, retry: 2 } });
    const ok = port.signals.flatMap((s) => (s.type === 'segment' ? [s.ok] : []));
    expect(ok).toEqual([false, false, true]);
  });

  it('counts each try at a manifest that never came', () => {
    const { hls, port } = attach();
    hls.tell('hlsError', {
      type: 'networkError',
      details: 'manifestLoadError',
      fatal: true,
      response: { code: 503, url: 'https://a.example/m' },
      stats: { ...stats, retry: 1 },
    });
    const told = { type: 'segment', kind: 'manifest', host: 'a.example', ok: false, status: 503 };
    const segments = port.signals.filter(({ type }) => type === 'segment');
    expect(segments).toMatchObject([told, told]);
  });

  it('counts a media playlist without a master once, which hls.js tells twice', () => {
    const { hls, port } = attach();
    hls.tell('hlsManifestLoaded', { url: details.url, stats });
    hls.tell('hlsLevelLoaded', { details, stats, level: 0, withoutMultiVariant: true });
    expect(port.count('segment')).toBe(1);
  });

  it('tells for how long a request has been open', () => {
    const { hls, media, port } = attach();
    hls.tell('hlsFragLoading', { frag });
    port.at += 700;
    media.happen({}, 'canplay');
    expect(port.signals.at(-1)).toMatchObject({ type: 'sample', waitingMs: 700 });
    hls.tell('hlsFragLoaded', { frag, part: null, networkDetails: null });
    media.happen({}, 'playing');
    expect(port.signals.at(-1)).toMatchObject({ waitingMs: 0 });
  });

  it('tells playlists', () =>
    check(
      'hlsLevelLoaded',
      { details, stats, level: 0 },
      {
        type: 'segment',
        kind: 'manifest',
        host: 'cdn.example',
        bytes: 1000,
        ok: true,
        ...TIMES,
      },
    ));

  it.each([
    ['fragLoadError', 'networkError', 'network', { kind: 'video', host: 'cdn.example:8443' }],
    ['fragLoadTimeOut', 'networkError', 'network', { kind: 'video', host: 'cdn.example:8443' }],
    [
      'manifestLoadTimeOut',
      'networkError',
      'manifest',
      { kind: 'manifest', host: 'cdn.example:8443' },
    ],
    ['bufferAppendError', 'mediaError', 'media', undefined],
    ['keySystemNoAccess', 'keySystemError', 'drm', undefined],
    ['fragParsingError', 'mediaError', 'media', undefined],
    ['internalException', 'otherError', 'unknown', undefined],
  ])('tells %s (%s) as %s', (code, type, category, request) =>
    check(
      'hlsError',
      {
        type,
        details: code,
        fatal: true,
        reason: 'why',
        frag,
        ...(request && { response: { code: 503 }, stats }),
      },
      {
        type: 'error',
        fatal: true,
        category,
        code,
        message: 'why',
        ...(request && { status: 503 }),
      },
      ...(request ? [{ type: 'segment', ...request, bytes: 1000, ok: false, status: 503 }] : []),
    ),
  );

  it.each([
    ['urn:uuid:edef8ba9-79d6-4ace-a3c8-27dcd51d21ed', 'com.widevine.alpha'],
    ['com.apple.streamingkeydelivery', 'com.apple.fps'],
    ['com.microsoft.playready', 'com.microsoft.playready'],
    ['identity', undefined],
  ])('names the key system of %s as the browser does: %s', (keyFormat, drm) => {
    const { hls, port } = attach();
    hls.tell('hlsKeyLoading', { frag: { ...frag, keyLoader: null } });
    hls.tell('hlsKeyLoaded', { frag, keyInfo: { decryptdata: { keyFormat, uri: 'data:,' } } });
    expect(port.failures).toEqual([]);
    expect(port.described).toEqual(drm ? [drm] : []);
    expect(port.told()).toEqual([]); // Another request brought it, of which the browser's CDM knows.
  });

  it.each([
    ['/license', 'page.example'],
    ['//cdn.example:8443/license', 'cdn.example:8443'],
    ['https://[', ''],
  ])('tells whom %s was asked of: %s', (url, host) => {
    const { hls, port } = attach();
    const { asked, come } = askForKey(url);
    hls.tell('hlsKeyLoading', { frag: asked });
    expect(port.told()).toEqual([]);
    hls.tell('hlsKeyLoaded', come());
    hls.tell('hlsKeyLoaded', come()); // Of another fragment that waited for the same.
    expect(port.failures).toEqual([]);
    expect(port.told()).toEqual([
      { type: 'segment', kind: 'key', host, bytes: 1000, ok: true, ...TIMES },
    ]);
  });

  it('tells the key that an encrypted initialisation segment asks for', () => {
    const { hls, port } = attach();
    const { asked, come } = askForKey('https://keys.example/1');
    hls.tell('hlsKeyLoading', { frag: { ...frag, keyLoader: null, initSegment: asked } });
    hls.tell('hlsKeyLoaded', come());
    expect(port.told()).toMatchObject([{ kind: 'key', host: 'keys.example', ok: true }]);
  });

  it.each([
    ['keyLoadError', { code: 503, url: 'https://keys.example/1' }],
    ['keyLoadTimeOut', undefined],
  ])('tells each try at a key that failed, and of whom it was asked: %s', (details, response) => {
    const { hls, port } = attach();
    const { asked, key } = askForKey('https://keys.example/1', { retry: 1 });
    hls.tell('hlsKeyLoading', { frag: asked });
    const failed = { ...frag, keyLoader: null, decryptdata: key };
    const error = { type: 'networkError', details, fatal: false, frag: failed, response };
    hls.tell('hlsError', error);
    hls.tell('hlsError', error); // Of another fragment that waited for the same.
    const segments = port.signals.filter(({ type }) => type === 'segment');
    const told = { kind: 'key', host: 'keys.example', ok: false, status: response?.code };
    expect(segments).toMatchObject([told, told]);
    expect(port.signals.find(({ type }) => type === 'error')).toMatchObject({ category: 'drm' });
  });

  it('tells the key that was given up when hls.js asks for the next', () => {
    const { hls, port } = attach();
    const aborted = { loaded: 0, aborted: true, loading: { start: 100, first: 0, end: 0 } };
    hls.tell('hlsKeyLoading', { frag: askForKey('https://keys.example/1', aborted).asked });
    hls.tell('hlsKeyLoading', { frag: askForKey('https://keys.example/2', OPEN).asked });
    hls.tell('hlsKeyLoading', { frag: askForKey('https://keys.example/3', OPEN).asked });
    expect(port.told()).toEqual([
      { type: 'segment', kind: 'key', host: 'keys.example', bytes: 0, ok: true },
    ]);
  });

  it('tells of whom a licence was asked that was refused', () => {
    const { hls, port } = attach();
    hls.tell('hlsError', {
      type: 'keySystemError',
      details: 'keySystemLicenseRequestFailed',
      fatal: true,
      frag,
      response: { code: 403, url: 'https://licences.example/' },
    });
    expect(port.told().at(-1)).toMatchObject({
      kind: 'key',
      host: 'licences.example',
      bytes: 0,
      ok: false,
      status: 403,
    });
  });

  it('tells a part that failed, and an initialisation segment, for what they are', () => {
    const { hls, port } = attach();
    const error = { type: 'networkError', details: 'fragLoadError', fatal: false, stats };
    const response = { code: 404, url: '' };
    const part = { url: 'https://edge.example/v/4.1.m4s' };
    hls.tell('hlsError', { ...error, response, frag: { ...frag, url: '' }, part });
    const initSegment = { ...frag, sn: 'initSegment', url: 'https://init.example/v/0.mp4', stats };
    hls.tell('hlsError', { ...error, response, frag: { ...frag, stats: OPEN, initSegment } });
    const told = port.told().filter((signal) => Object(signal).type === 'segment');
    expect(told).toMatchObject([
      { kind: 'video', host: 'edge.example', ok: false, status: 404 },
      { kind: 'init', host: 'init.example', ok: false, status: 404 },
    ]);
  });

  it('takes what fails of an ad in its element for no failure of the content', () => {
    const { hls, port } = attach();
    hls.tell('hlsManifestLoading', { url: 'https://cdn.example/film.m3u8' });
    port.adBreak = true;
    hls.tell('hlsManifestLoading', { url: 'https://ads.example/spot.m3u8' });
    hls.tell('hlsError', { type: 'networkError', details: 'manifestLoadError', fatal: true });
    expect(port.told()).toContainEqual(
      expect.objectContaining({ type: 'error', fatal: false, category: 'ad' }),
    );
  });

  it('lets go of the element that hls.js is detached from, unless it comes back at once', () => {
    vi.useFakeTimers();
    const { hls, media } = attach();
    const { listening } = media;
    const detach = (data: object) => {
      hls.media = null;
      hls.tell('hlsMediaDetaching', data);
    };
    const isFollowed = () => {
      vi.advanceTimersByTime(1);
      return media.listening === listening;
    };
    detach({ transferMedia: {} }); // To an interstitial.
    expect(isFollowed()).toBe(true);
    detach({});
    hls.media = media.asElement(); // recoverMediaError() does so.
    expect(isFollowed()).toBe(true);
    detach({});
    expect(isFollowed()).toBe(false);
    hls.tell('hlsMediaAttaching', { media });
    expect(isFollowed()).toBe(true);
  });

  it('tells how captions and picture are shown where another element takes over', () => {
    const { hls, media, port } = attach();
    const page = media.ownerDocument;
    media.happen({});
    page.fullscreenElement = media;
    page.dispatchEvent(new Event('fullscreenchange'));
    page.fullscreenElement = null;
    hls.tell('hlsMediaAttaching', { media: new ScriptedMedia() });
    const modes = port.signals.flatMap((told) => (told.type === 'presentation' ? told.mode : []));
    expect(modes).toEqual(['fullscreen', 'inline']);
  });

  it('gives a live playlist no end, whatever its element says', () => {
    const { hls, media, port } = attach();
    const told = [true, false].map((live) => {
      hls.latestLevelDetails = { live };
      media.happen({ duration: 40, readyState: 4 }, 'playing');
      const [sample] = port.signals.filter(({ type }) => type === 'sample').slice(-1);
      return sample;
    });
    expect(told).toMatchObject([{ duration: Infinity }, { duration: 40_000 }]);
  });

  it('tells what the law or a subscription forbids as business', () =>
    check(
      'hlsError',
      { type: 'networkError', details: 'manifestLoadError', fatal: true, response: { code: 451 } },
      {
        type: 'error',
        fatal: true,
        category: 'business',
        code: 'manifestLoadError',
        status: 451,
      },
      { type: 'segment', kind: 'manifest', host: '', bytes: 0, ok: false, status: 451 },
    ));

  it('leaves stalls to the playhead', () =>
    check(
      'hlsError',
      { type: 'mediaError', details: 'bufferStalledError', fatal: false },
      {
        type: 'waiting',
      },
    ));

  it('tells a fatal stall as the error that it is', () =>
    check(
      'hlsError',
      { type: 'mediaError', details: 'bufferStalledError', fatal: true },
      {
        type: 'error',
        fatal: true,
        category: 'media',
        code: 'bufferStalledError',
      },
    ));

  it('takes jumps over holes for the player’s, others for the viewer’s', () => {
    const { hls, media, port } = attach();
    media.happen({ paused: false, readyState: 4 }, 'play');
    port.at += 500;
    media.ranges = [
      [0, 0.6],
      [1.4, 20],
    ];
    media.happen({ currentTime: 0.5 }, 'timeupdate');
    hls.tell('hlsError', { type: 'mediaError', details: 'bufferSeekOverHole', fatal: false });
    media.happen({ currentTime: 1.5, seeking: true }, 'seeking');
    media.happen({ seeking: false }, 'seeked');
    port.at += 500;
    media.happen({ currentTime: 9, seeking: true }, 'seeking');
    const by = port.signals.flatMap((s) => (s.type === 'seek' ? [s.by] : []));
    expect(by).toEqual(['player', 'user']);
  });

  it.each([
    [5, 90, 'player'], // Far behind the live edge.
    [85, 90, 'user'], // Near it: somebody pressed "live".
    [5, 60, 'user'], // Not to the live edge.
  ])('takes a live jump from %i s to %i s for the %s’s', (from, to, by) => {
    const { hls, media, port } = attach();
    hls.latestLevelDetails = { live: true, fragmentStart: 0, edge: 100 };
    hls.liveSyncPosition = 90;
    media.happen({ currentTime: from - 0.5, paused: false, readyState: 4 }, 'play');
    port.at += 500;
    media.happen({ currentTime: from }, 'timeupdate');
    media.happen({ currentTime: to, seeking: true }, 'seeking');
    expect(port.signals.find((s) => s.type === 'seek')).toMatchObject({ by });
  });

  it('tells another source, but not the first one, nor a media reset', () => {
    const { hls, media, port } = attach();
    hls.tell('hlsManifestLoading', { url: 'a' });
    media.happen({ currentSrc: 'blob:1' }, 'loadstart');
    media.happen({ currentSrc: 'blob:2' }, 'emptied', 'loadstart'); // recoverMediaError()
    expect(port.count('source')).toBe(0);
    hls.tell('hlsManifestLoading', { url: 'b' });
    expect(port.count('source')).toBe(1);
  });

  it('forgets the key system of the source before, and tells it again', () => {
    const { hls, port } = attach();
    const come = {
      frag,
      keyInfo: { decryptdata: { keyFormat: 'com.apple.streamingkeydelivery', uri: 'skd://1' } },
    };
    hls.tell('hlsManifestLoading', { url: 'a' });
    for (let i = 0; i < 2; i += 1) hls.tell('hlsKeyLoaded', come);
    hls.tell('hlsManifestLoading', { url: 'b' });
    expect(port.described).toEqual(['com.apple.fps', '']);
    hls.tell('hlsManifestLoading', { url: 'c' });
    hls.tell('hlsKeyLoaded', come);
    expect(port.described).toEqual(['com.apple.fps', '', 'com.apple.fps']);
  });

  it('follows hls.js to another element', () => {
    const { hls, media, port } = attach();
    const other = new ScriptedMedia();
    hls.tell('hlsMediaAttaching', { media: other.asElement() });
    expect(media.listening).toBe(0);
    expect([...port.claimed]).toEqual([other]);
    other.happen({ paused: false }, 'play');
    expect(port.count('request')).toBe(1);
  });

  it.each([
    [true, 'lets it be mended at once', false],
    [false, 'tells its end', true],
  ])('takes an error of the element (mended: %s) for what it is: %s', (mended, _, fatal) => {
    vi.useFakeTimers();
    const { media, port } = attach();
    media.happen({ error: { code: 3, message: '' } }, 'error');
    if (mended) media.happen({ error: null }); // recoverMediaError() in the host's own listener
    vi.advanceTimersByTime(10);
    expect(port.told()).toMatchObject([{ type: 'error', fatal, code: 'MEDIA_ERR_DECODE' }]);
  });

  it('tells the error at which its page destroys it, whoever hears of it first', async () => {
    const destroy = (hls: ScriptedHls) => hls.on('hlsError', () => hls.tell('hlsDestroying'));
    const error = { details: 'manifestLoadError', fatal: true, response: { code: 404, url: '' } };
    const told = async ({ hls, port }: ReturnType<typeof attach>) => {
      hls.tell('hlsError', error);
      await port.settled();
      expect(port.failures).toEqual([]);
      const types = port.signals.map(({ type }) => type);
      return types.filter((type) => type === 'error' || type === 'detach');
    };
    expect(await told(attach(destroy))).toEqual(['error', 'detach']);
    const first = attach();
    destroy(first.hls);
    expect(await told(first)).toEqual(['error', 'detach']);
  });

  it('tells the end of hls.js, leaves nothing behind, and bears being left twice', async () => {
    const { hls, media, port, detach } = attach();
    hls.tell('hlsDestroying');
    hls.tell('hlsDestroying');
    await port.settled();
    expect(port.told()).toEqual([{ type: 'detach', reason: 'left' }]);
    detach();
    detach();
    expect(hls.listening).toBe(0);
    expect(media.listening).toBe(0);
  });

  it('bears a destroyed hls.js', () => {
    const { hls, port, detach } = attach();
    hls.off = () => {
      throw new TypeError('destroyed');
    };
    expect(detach).not.toThrow();
    expect(port.failures.length).toBeGreaterThan(0);
  });
});
