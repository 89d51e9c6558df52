import { afterEach, describe, expect, it, vi } from 'vitest';
import { createRecordedPort } from '../../test/recordPort.ts';
import { ScriptedMedia } from '../../test/scriptedMedia.ts';
import { shaka } from './shaka.ts';

/** Shaka as far as the adapter sees it: events that a test fires, and what it reads. */
class ScriptedShaka {
  static version = 'v5.2.12';
  uri: string | null = 'https://origin.example/a.mpd';
  live = false;
  rate = 1;
  system = '';
  tracks: (typeof TRACK)[] = [];
  texts: { active: boolean; language: string }[] = [];
  readonly media = new ScriptedMedia();
  readonly heard = new Map<string, Set<(event: never) => void>>();

  addEventListener(type: string, listener: (event: never) => void): void {
    this.heard.set(type, (this.heard.get(type) ?? new Set()).add(listener));
  }
  removeEventListener(type: string, listener: (event: never) => void): void {
    this.heard.get(type)?.delete(listener);
  }
  tell(type: string, event: object = {}): void {
    for (const listener of this.heard.get(type) ?? []) listener(event as never); // As it listens.
  }
  get listening(): number {
    return [...this.heard.values()].reduce((sum, listeners) => sum + listeners.size, 0);
  }
  getAssetUri = () => this.uri;
  getMediaElement = () => this.media.asElement();
  getTextTracks = () => this.texts;
  getVariantTracks = () => this.tracks;
  getPlaybackRate = () => this.rate;
  getPlayheadTimeAsDate = () => new Date(1_700_000_000_000);
  isLive = () => this.live;
  keySystem = () => this.system;
  seekRange = () => ({ start: 5 });
}

const TRACK = {
  active: true,
  videoId: 1 as number | null,
  audioId: 9,
  bandwidth: 848_000,
  videoBandwidth: 800_000 as number | null,
  audioBandwidth: 48_000 as number | null,
  width: 640,
  height: 360,
  frameRate: 25,
  videoCodec: 'hvc1.2.4.L93' as string | null,
  audioCodec: 'mp4a.40.2',
  hdr: 'HLG',
  audioLanguage: 'fr',
};

function attach(prepare: (player: ScriptedShaka) => void = () => {}) {
  const player = new ScriptedShaka();
  prepare(player);
  const adapter = shaka(player);
  const port = createRecordedPort();
  return { player, port, adapter, detach: adapter.attach(port) };
}

async function check(
  events: readonly (readonly [type: string, event: object])[],
  ...told: object[]
) {
  const { player, port } = attach();
  for (const [type, event] of events) player.tell(type, event);
  await Promise.resolve(); // Shaka itself goes on before anything else does.
  expect(port.failures).toEqual([]);
  expect(JSON.parse(JSON.stringify(port.told()))).toEqual(told);
}

const segmentAt = (start: number) => ({ getStartTime: () => start, getEndTime: () => start + 2 });
const download = (requestType: number, more: object = {}) =>
  [
    'downloadcompleted',
    {
      requestType,
      request: { uris: ['https://cdn.example/1'], requestStartTime: 1000, timeToFirstByte: 20 },
      response: {
        uri: 'https://edge.example/1',
        status: 200,
        data: { byteLength: 1000 },
        timeMs: 100,
      },
      ...more,
    },
  ] as const;
const failed = (code: number, more: object = {}) =>
  [
    'downloadfailed',
    {
      requestType: 0,
      request: { uris: ['https://cdn.example/a.mpd'] },
      error: { severity: 1, code, data: ['https://cdn.example/a.mpd', 404, '', {}, 0] },
      httpResponseCode: code === 1001 ? 404 : 0,
      aborted: false,
      ...more,
    },
  ] as const;
const host = 'edge.example';
const told = {
  type: 'segment',
  host,
  bytes: 1000,
  ok: true,
  status: 200,
  ttfbMs: 20,
  transferMs: 100,
};

afterEach(() => {
  vi.useRealTimers();
});

describe('shaka', () => {
  it('takes the rate that Shaka means, not the 0 at which it holds the element while it buffers', () => {
    const { player, port } = attach();
    port.look?.();
    player.media.happen({ paused: false, readyState: 4 }, 'play');
    player.media.happen({ playbackRate: 0 }, 'ratechange');
    player.rate = 1.5;
    port.look?.();
    const rates = port.signals.flatMap((signal) => (signal.type === 'sample' ? signal.rate : []));
    expect(rates.at(-1)).toBe(1.5);
    expect(rates).not.toContain(0);
  });

  it('names its player as Shaka does', () => {
    const player = { name: 'Shaka Player', version: 'v5.2.12', adapter: 'shaka' };
    expect(attach().adapter.player).toEqual(player);
  });

  it('tells the rendition of the segment that the playhead is in', () => {
    const other = { ...TRACK, active: false, videoId: 2, videoBandwidth: 300_000, height: 240 };
    const { player, port } = attach((scripted) => {
      scripted.tracks = [TRACK, other];
    });
    const context = { stream: { id: 1, type: 'video' }, segment: segmentAt(0) };
    player.tell(...download(1, { context }));
    player.tell(
      ...download(1, { context: { stream: { id: 2, type: 'video' }, segment: segmentAt(2) } }),
    );
    player.media.happen({ readyState: 4 }, 'canplay');
    player.media.happen({ currentTime: 1.9 }, 'playing');
    player.media.happen({ currentTime: 2.1 }, 'playing');
    const renditions = port.signals.filter(({ type }) => type === 'rendition');
    expect(renditions).toMatchObject([
      {
        bitrate: 800_000,
        height: 360,
        codec: 'hvc1.2.4.L93',
        hdr: 'HLG',
        audioBitrate: 48_000,
        audioLanguage: 'fr',
      },
      { bitrate: 300_000, height: 240 },
    ]);
  });

  it('tells the bitrate of the whole where Shaka knows no other, and of sound alone', () => {
    const sound = { ...TRACK, videoId: null, videoBandwidth: null, videoCodec: null };
    const { player, port } = attach((scripted) => {
      scripted.tracks = [sound];
    });
    player.media.happen({ readyState: 4 }, 'canplay');
    const [rendition] = port.signals.filter(({ type }) => type === 'rendition');
    expect(rendition).toMatchObject({ bitrate: 848_000, codec: 'mp4a.40.2' });
    expect(rendition).not.toHaveProperty('audioBitrate');
  });

  it.each([
    [0, {}, 'manifest'],
    [1, { context: { stream: { id: 1, type: 'video' } } }, 'init'],
    [1, { context: { stream: { id: 1, type: 'text' }, segment: segmentAt(0) } }, 'text'],
    [1, { context: { stream: { id: 1, type: 'image' }, segment: segmentAt(0) } }, 'other'],
    [2, {}, 'key'],
    [6, {}, 'key'],
    [8, {}, 'other'],
  ])('tells a request of type %i with %j as %s', (type, more, kind) =>
    check([download(type, more)], { ...told, kind }),
  );

  it('passes over what the page or ads ask for, and over what Shaka gave up', () =>
    check([download(3), download(7), failed(7001), failed(1010)]));

  it('takes a request that took too long for a failure', () =>
    check([failed(7001, { aborted: true })], {
      type: 'segment',
      kind: 'manifest',
      host: 'cdn.example',
      bytes: 0,
      ok: false,
    }));

  it.each([
    [1001, ['u', 404, '', {}, 0], 'manifest', 404],
    [1001, ['u', 404, '', {}, 1], 'network', 404],
    [1002, ['u', {}, 2], 'drm'],
    [1003, ['u', 1], 'network'],
    [2005, [], 'media'],
    [3016, [], 'media'],
    [4032, [], 'manifest'],
    [5006, [], 'media'],
    [6001, [], 'drm'],
    [6007, [{ code: 1001, data: ['u', 500] }], 'drm', 500],
    [6007, [{ code: 1003, data: ['u', 2] }], 'drm'],
    [7003, [], 'unknown'],
    [10007, [], 'ad'],
  ])('tells error %i with %j as %s', (code, data, category, status?) =>
    check([['error', { detail: { severity: 2, code, message: `Shaka Error ${code}`, data } }]], {
      type: 'error',
      fatal: true,
      category,
      code: String(code),
      message: `Shaka Error ${code}`,
      ...(status && { status }),
    }),
  );

  it('tells what the law or a subscription forbids as business', () =>
    check(
      [
        [
          'error',
          { detail: { severity: 2, code: 6007, data: [{ code: 1001, data: ['u', 402] }] } },
        ],
      ],
      { type: 'error', fatal: true, category: 'business', code: '6007', status: 402 },
    ));

  it('tells an error as severe as Shaka leaves it: of a live stream, it tries again', async () => {
    const { player, port } = attach();
    const detail = { severity: 2, code: 1001, data: ['u', 503, '', {}, 1] };
    player.tell('error', { detail });
    detail.severity = 1; // By its failureCallback, once everybody has heard of it.
    await Promise.resolve();
    player.tell('error', { detail: { ...detail, severity: 2 } });
    await Promise.resolve();
    player.tell('unloading', { isSwitchingContent: false });
    player.media.happen({}, 'emptied');
    expect(port.failures).toEqual([]);
    expect(port.told()).toMatchObject([
      { type: 'error', fatal: false },
      { type: 'error', fatal: true },
      { type: 'detach' },
    ]);
  });

  it('loses no error at which the page lets go at once', async () => {
    const { player, port, detach } = attach();
    player.tell('error', { detail: { severity: 2, code: 3016, data: [] } });
    detach();
    expect(port.told()).toMatchObject([{ type: 'error', fatal: true, code: '3016' }]);
    await Promise.resolve();
    expect(port.count('error')).toBe(1);
  });

  it('tells captions that Shaka draws itself, and those of the element', () => {
    const tracks = Object.assign(new EventTarget(), { length: 0, 0: {} });
    const { player, port } = attach((scripted) => {
      Object.assign(scripted.media, { textTracks: tracks });
    });
    player.texts = [
      { active: false, language: 'de' },
      { active: true, language: 'fr' },
    ];
    player.media.happen({}, 'playing');
    Object.assign(tracks, { length: 1, 0: { mode: 'showing', kind: 'captions', language: 'nl' } });
    player.media.happen({}, 'playing');
    Object.assign(tracks, { length: 0 });
    player.texts = [{ active: false, language: 'fr' }];
    player.media.happen({}, 'playing');
    expect(port.failures).toEqual([]);
    const captions = port.signals.flatMap((s) => (s.type === 'captions' ? [s.language] : []));
    expect(captions).toEqual(['fr', 'nl', undefined]);
  });

  it('asks for no text tracks while Shaka takes its own things apart', () => {
    const { player, port } = attach();
    player.tell('unloading', { isSwitchingContent: true });
    player.getTextTracks = () => {
      throw new TypeError("Cannot read properties of null (reading 'isTextVisible')");
    };
    player.media.happen({}, 'playing');
    player.tell('loading');
    player.media.happen({}, 'playing');
    expect(port.failures).toEqual([]);
  });

  it('tells what load() failed of once no try is left, and another source', () => {
    const { player, port } = attach();
    player.tell('loading');
    player.tell(...failed(1001));
    player.tell('unloading', { isSwitchingContent: false }); // Called off between two tries.
    player.tell('loading');
    player.tell(...failed(1001));
    player.tell(...failed(1010));
    player.tell('unloading', { isSwitchingContent: false });
    expect(port.count('source')).toBe(2);
    const errors = port.signals.filter(({ type }) => type === 'error');
    expect(errors).toMatchObject([{ fatal: true, category: 'manifest', code: '1001' }]);
    expect(port.count('detach')).toBe(0);
  });

  it('tells as what Shaka will call it that a request took too long', () => {
    const { player, port } = attach();
    player.tell('loading');
    player.tell(...failed(7001, { aborted: true }));
    player.tell(...failed(1010));
    player.tell('unloading', { isSwitchingContent: false });
    const errors = port.signals.filter(({ type }) => type === 'error');
    expect(errors).toMatchObject([{ fatal: true, category: 'manifest', code: '1003' }]);
  });

  it('tells of which address each try failed', () => {
    const { player, port } = attach();
    const uris = ['https://a.example/1', 'https://b.example/1'];
    for (const attempt of [0, 1, 2]) player.tell(...failed(1001, { request: { uris, attempt } }));
    const hosts = port.signals.flatMap((s) => (s.type === 'segment' ? [s.host] : []));
    expect(hosts).toEqual(['a.example', 'b.example', 'a.example']);
  });

  it('tells the end of a load that is called off, once its page could say what failed', () => {
    vi.useFakeTimers();
    const { player, port } = attach();
    player.tell('loading');
    player.tell('unloading', { isSwitchingContent: false });
    vi.advanceTimersByTime(100);
    player.tell('loading'); // At once anew.
    vi.advanceTimersByTime(1000);
    expect(port.count('detach')).toBe(0);
    player.tell('unloading', { isSwitchingContent: false });
    vi.advanceTimersByTime(1000);
    expect(port.count('detach')).toBe(1);
  });

  it('tells the end, but not where another source takes over', () => {
    const { player, port } = attach();
    player.tell('unloading', { isSwitchingContent: true });
    player.tell('loading');
    player.tell('loaded');
    expect(port.count('detach')).toBe(0);
    player.tell('unloading', { isSwitchingContent: false });
    player.media.happen({}, 'emptied');
    expect(port.count('detach')).toBe(1);
  });

  it('tells the end once the element is empty: until then it plays', () => {
    const { player, port } = attach();
    player.media.happen({ readyState: 4, paused: false, currentTime: 5 }, 'play', 'playing');
    player.tell('unloading', { isSwitchingContent: false });
    player.media.happen({ currentTime: 6 }, 'waiting');
    expect(port.count('detach')).toBe(0);
    player.media.happen({ readyState: 0, paused: true, currentTime: 0 });
    player.tell('onstatechange'); // Detached, too: nobody listens to the element's own word any more.
    player.media.happen({}, 'emptied');
    expect(port.count('detach')).toBe(1);
    expect(port.signals.at(-1)).toMatchObject({ type: 'detach' });
  });

  it('tells the key system, and when a live picture was made', () => {
    const { player, port } = attach();
    player.system = 'com.microsoft.playready';
    player.tell('drmsessionupdate');
    player.media.happen({}, 'playing');
    player.live = true;
    player.media.happen({}, 'playing');
    expect(port.described).toEqual(['com.microsoft.playready']);
    const times = port.signals.flatMap((s) => (s.type === 'sample' ? [s.programTime] : []));
    expect(times.pop()).toBe(1_700_000_000_000);
    expect(times.pop()).toBeUndefined();
  });

  it('leaves nothing behind', () => {
    const { player, port, detach } = attach();
    expect(player.listening).toBeGreaterThan(8);
    detach();
    detach();
    expect(player.listening).toBe(0);
    expect(player.media.listening).toBe(0);
    expect(port.failures).toEqual([]);
  });
});
