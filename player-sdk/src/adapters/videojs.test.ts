import { describe, expect, it, vi } from 'vitest';
import { createRecordedPort } from '../../test/recordPort.ts';
import { type MediaState, ScriptedMedia } from '../../test/scriptedMedia.ts';
import { type VideojsPlayer, videojs } from './videojs.ts';

interface Asked {
  readonly uri: string;
  readonly requestType?: string | undefined;
  /** Where it led. */
  readonly responseURL?: string;
  readonly status?: number;
  readonly body?: object | string;
  readonly error?: object;
}
type Hook = (request: object, error: unknown, response: object) => void;

/** What VHS hangs its hooks on, as it does: the set comes with the first and goes with the last. */
class ScriptedXhr {
  _responseCallbackSet?: Set<Hook>;
  readonly onResponse = (hook: Hook) => {
    this._responseCallbackSet = (this._responseCallbackSet ?? new Set()).add(hook);
  };
  readonly offResponse = (hook: Hook) => {
    this._responseCallbackSet?.delete(hook);
    if (!this._responseCallbackSet?.size) delete this._responseCallbackSet;
  };
}

class ScriptedVhs {
  readonly xhr = new ScriptedXhr();
  readonly options_: { readonly externVhs: { readonly xhr: ScriptedXhr } };
  attributes: object = {};
  readonly main: { playlists: object[] } = { playlists: [] };
  readonly playlists = { main: this.main, media: () => ({ attributes: this.attributes }) };

  constructor(shared = new ScriptedXhr()) {
    this.options_ = { externVhs: { xhr: shared } };
  }

  /** A request ended: the hooks of the player hear of it, else those of all players. */
  answer({ uri, requestType, responseURL = '', status = 200, body, error }: Asked): void {
    const { xhr } = this.options_.externVhs;
    const hooks = this.xhr._responseCallbackSet ?? xhr._responseCallbackSet ?? [];
    for (const hook of hooks) {
      hook({ uri, requestType, responseURL, status }, error, { statusCode: status, body });
    }
  }
}

const MASTER = 'https://cdn.example/film/master.m3u8';

/** video.js as far as the adapter sees it: events that a test fires, and what it reads. */
class ScriptedPlayer {
  readonly heard = new Map<string, Set<(event: unknown) => void>>();
  media = new ScriptedMedia();
  stage: object | undefined;
  source: { src: string; keySystems?: object | null } = { src: MASTER };
  sources: readonly object[] = [this.source];
  fault: object | null = null;
  window: readonly (readonly [number, number])[] = [];
  texts: object[] = [];
  audios: object[] = [];

  on(type: string, listener: (event: unknown) => void): void {
    this.heard.set(type, (this.heard.get(type) ?? new Set()).add(listener));
  }
  off(type: string, listener: (event: unknown) => void): void {
    this.heard.get(type)?.delete(listener);
  }
  tell(type: string, more: object = {}): void {
    for (const listener of [...(this.heard.get(type) ?? [])]) listener({ type, ...more });
  }
  get listening(): number {
    return [...this.heard.values()].reduce((sum, listeners) => sum + listeners.size, 0);
  }
  version = () => ({ 'video.js': '8.24.1', '@videojs/http-streaming': '3.17.5' });
  tech = () => this.stage;
  currentSrc = () => this.source.src;
  currentSource = () => this.source;
  currentSources = () => this.sources;
  seekable = () => ({
    length: this.window.length,
    start: (i: number) => {
      const range = this.window[i];
      if (!range) throw new RangeError('IndexSizeError');
      return range[0];
    },
  });
  error = () => this.fault;
  textTracks = () => this.texts;
  audioTracks = () => this.audios;

  /** Another tech, its element, and VHS where that plays. */
  play(vhs: ScriptedVhs | undefined, media = this.media): void {
    this.media = media;
    this.stage = { el: () => media, vhs };
  }
  /** The segment at the playhead. */
  show(value: object | undefined): void {
    const activeCues = value ? [{ value }] : [];
    this.texts = [
      { kind: 'subtitles', mode: 'disabled', activeCues: null },
      { kind: 'metadata', label: 'segment-metadata', mode: 'hidden', activeCues },
    ];
  }
  fail(fault: object | null): void {
    this.fault = fault;
    this.tell('error');
  }
  ask(uri: string, type = 'main'): void {
    this.tell('segmentloadstart', { metadata: { segmentInfo: { type, uri } } });
  }
}

function attach(prepare: (player: ScriptedPlayer, vhs: ScriptedVhs) => void = () => {}) {
  const player = new ScriptedPlayer();
  const vhs = new ScriptedVhs();
  player.play(vhs);
  prepare(player, vhs);
  const adapter = videojs(player as unknown as VideojsPlayer); // Has all that is read.
  const port = createRecordedPort();
  const detach = adapter.attach(port);
  /** What was told, less what is undefined. */
  const told = (...types: string[]): object[] => {
    expect(port.failures).toEqual([]);
    const signals: { type: string }[] = JSON.parse(JSON.stringify(port.told()));
    return signals.filter(({ type }) => !types.length || types.includes(type));
  };
  const look = (change: Partial<MediaState> = {}) => {
    player.media.happen(change);
    port.look?.();
  };
  return { player, vhs, port, adapter, detach, told, look };
}

const CDN = 'https://cdn.example/film';
const OK = { type: 'segment', host: 'cdn.example', ok: true, status: 200, bytes: 0 };

describe('videojs', () => {
  it('names its player as video.js does, of all the versions it tells', () => {
    const player = { name: 'video.js', version: '8.24.1', adapter: 'videojs' };
    expect(attach().adapter.player).toMatchObject(player);
  });

  it('leaves nothing behind', () => {
    const { player, vhs, detach, told } = attach();
    const { media } = player;
    expect(player.listening).toBeGreaterThan(0);
    detach();
    expect(player.listening).toBe(0);
    expect(media.listening).toBe(0);
    expect(vhs.xhr._responseCallbackSet).toBeUndefined();
    expect(told()).toEqual([]);
  });
});

describe('videojs: what plays', () => {
  it('waits for a tech, and hears it from `ready` on', () => {
    const { player, told } = attach((scripted) => {
      scripted.stage = undefined;
    });
    player.media.happen({ paused: false }, 'play');
    expect(told()).toEqual([]);
    player.play(undefined);
    player.tell('ready');
    player.media.happen({}, 'play');
    expect(told('request')).toHaveLength(1);
  });

  it('follows another tech, and lets go of the element of the first', () => {
    const { player, told } = attach();
    const { media: first } = player;
    player.play(new ScriptedVhs(), new ScriptedMedia());
    player.tell('loadstart');
    expect(first.listening).toBe(0);
    player.media.happen({ paused: false }, 'play');
    expect(told('request')).toHaveLength(1);
  });

  it('follows no tech that has no media element, and the next that has one', () => {
    const { player, port, told } = attach();
    const { media } = player;
    player.stage = { el: () => ({ tagName: 'DIV' }) }; // Of YouTube, or of Chromecast.
    player.tell('ready');
    const before = port.signals.length;
    port.look?.();
    player.tell('loadstart');
    expect(port.signals).toHaveLength(before);
    expect(media.listening).toBe(0);
    player.play(undefined);
    player.tell('ready');
    media.happen({ paused: false }, 'play');
    expect(told('request')).toHaveLength(1);
  });

  it('hears another VHS on the same tech, and the first one no more', () => {
    const { player, vhs, told } = attach();
    const next = new ScriptedVhs();
    player.play(next);
    player.tell('xhr-hooks-ready');
    vhs.answer({ uri: `${CDN}/old.m3u8`, requestType: 'hls-playlist' });
    expect(told()).toEqual([]);
    next.answer({ uri: MASTER, requestType: 'hls-playlist' });
    expect(told()).toEqual([{ ...OK, kind: 'manifest' }]);
    expect(vhs.xhr._responseCallbackSet).toBeUndefined();
  });

  it('takes what plays by itself for asked as VHS begins, and not again for another source', () => {
    const { player, told, look } = attach((scripted) => {
      scripted.source = { src: '' };
    });
    player.media.happen({ autoplay: true });
    player.source = { src: MASTER };
    player.tell('xhr-hooks-ready');
    expect(told('request')).toEqual([{ type: 'request', by: 'autoplay' }]);
    look({ currentSrc: 'blob:a' });
    player.tell('xhr-hooks-ready'); // The content before may still play.
    expect(told('request')).toHaveLength(1);
  });

  it('hangs one hook on a VHS, however often it is told of it', () => {
    const { player, vhs, told } = attach();
    for (const type of ['xhr-hooks-ready', 'xhr-hooks-ready', 'ready', 'loadstart']) {
      player.tell(type);
    }
    vhs.answer({ uri: MASTER, requestType: 'hls-playlist' });
    expect(told()).toHaveLength(1);
  });

  it.each(['dispose', 'playerreset'])('says at `%s` that the content is gone', async (type) => {
    const { player, port, told } = attach();
    player.tell(type);
    await port.settled();
    expect(told()).toEqual([{ type: 'detach', reason: 'left' }]);
    expect(player.listening > 0).toBe(type === 'playerreset');
  });
});

describe('videojs: sources', () => {
  const other = { src: 'https://cdn.example/other.m3u8' };

  it('tells another source once its element has loaded it, not when the player speaks of it', () => {
    const { player, told, look } = attach();
    look({ currentSrc: 'blob:1' });
    player.source = other;
    player.sources = [other];
    look();
    expect(told('source')).toEqual([]);
    look({ currentSrc: 'blob:2' });
    look();
    expect(told('source')).toEqual([{ type: 'source' }]);
  });

  it('takes the same source again, or the next of several, for the same', () => {
    const { player, told, look } = attach((scripted) => {
      scripted.sources = [scripted.source, other, {}];
    });
    look({ currentSrc: 'blob:1' });
    look({ currentSrc: 'blob:2' });
    player.source = other;
    look({ currentSrc: 'blob:3' });
    expect(told('source')).toEqual([]);
  });

  it.each([
    ['none', undefined, undefined, []],
    ['null', null, undefined, []],
    ['its only one', { 'com.widevine.alpha': {} }, undefined, ['com.widevine.alpha']],
    [
      'the one that was chosen',
      { 'com.widevine.alpha': {}, 'com.microsoft.playready': {} },
      'com.microsoft.playready',
      ['com.microsoft.playready'],
    ],
    [
      'none that was not chosen yet',
      { 'com.widevine.alpha': {}, 'com.microsoft.playready': {} },
      undefined,
      [],
    ],
  ])('tells of the key systems of a source %s', (_, keySystems, keySystem, described) => {
    const { player, port, told, look } = attach();
    if (keySystems !== undefined) player.source = { src: MASTER, keySystems };
    Object.assign(player.media, { keySystem });
    look();
    look();
    told();
    expect(port.described).toEqual(described);
  });
});

const playlist = {
  id: '0-v.m3u8',
  attributes: {
    BANDWIDTH: 900_000,
    RESOLUTION: { width: 640, height: 360 },
    'FRAME-RATE': 25,
    CODECS: 'avc1.4d401f,mp4a.40.2',
  },
};
const rendition = {
  type: 'rendition',
  bitrate: 900_000,
  width: 640,
  height: 360,
  frameRate: 25,
  codec: 'avc1.4d401f,mp4a.40.2',
};

describe('videojs: renditions', () => {
  it.each<[string, object, object[], object]>([
    ['its size, rate and codecs', {}, [], rendition],
    ['its average', { 'AVERAGE-BANDWIDTH': '700000' }, [], { ...rendition, bitrate: 700_000 }],
    ['its range', { 'VIDEO-RANGE': 'PQ' }, [], { ...rendition, hdr: 'PQ' }],
    ['no range of its own', { 'VIDEO-RANGE': 'SDR' }, [], rendition],
    [
      'the language of the sound that plays',
      {},
      [
        { enabled: false, language: 'de' },
        { enabled: true, language: 'fr' },
      ],
      { ...rendition, audioLanguage: 'fr' },
    ],
    ['no language where no track is on', {}, [{ enabled: false, language: 'de' }], rendition],
    [
      'what is left without a size',
      { RESOLUTION: undefined, CODECS: undefined, 'FRAME-RATE': undefined },
      [],
      { type: 'rendition', bitrate: 900_000 },
    ],
    [
      'nothing of a playlist that says nothing',
      { RESOLUTION: undefined, CODECS: undefined, 'FRAME-RATE': undefined, BANDWIDTH: undefined },
      [],
      {},
    ],
  ])('tells of the playlist on screen %s', (_, attributes, audios, expected) => {
    const { player, vhs, told, look } = attach();
    player.audios = audios;
    vhs.main.playlists = [
      { id: '1-w.m3u8', attributes: { BANDWIDTH: 1 } },
      { ...playlist, attributes: { ...playlist.attributes, ...attributes } },
    ];
    player.show({ playlist: playlist.id, start: 0 });
    look();
    expect(told()).toEqual('type' in expected ? [expected] : []);
  });

  it('tells it once, and another one, however often it looks and whatever the element says', () => {
    const { player, vhs, told, look } = attach();
    const next = { id: '1-w.m3u8', attributes: { BANDWIDTH: 100_000 } };
    vhs.main.playlists = [playlist, next];
    player.show({ playlist: playlist.id, start: 0 });
    for (let i = 0; i < 5; i += 1) look({ videoWidth: 640, videoHeight: 360 });
    player.show(undefined); // As in a gap between two segments.
    look();
    player.show({ playlist: playlist.id, start: 2 });
    look();
    expect(told()).toEqual([rendition]);
    player.show({ playlist: next.id, start: 4 });
    for (let i = 0; i < 5; i += 1) look();
    expect(told()).toEqual([rendition, { type: 'rendition', bitrate: 100_000 }]);
  });

  it.each([
    ['a segment of a playlist that is gone', { playlist: '9-gone.m3u8', start: 0 }],
    ['no segment at the playhead', undefined],
  ])('tells nothing of %s, not even its size', (_, cue) => {
    const { player, vhs, told, look } = attach();
    vhs.main.playlists = [playlist];
    player.show(cue);
    look({ videoWidth: 640, videoHeight: 360 });
    expect(told()).toEqual([]);
  });

  it('tells its size where the browser itself plays', () => {
    const { told, look } = attach((player) => player.play(undefined));
    look({ videoWidth: 640, videoHeight: 360 });
    look();
    expect(told()).toEqual([{ type: 'rendition', width: 640, height: 360 }]);
  });
});

describe('videojs: clocks and captions', () => {
  const programTime = (cue: object | undefined, prepare?: Parameters<typeof attach>[0]) => {
    const { player, port, told, look } = attach(prepare);
    if (cue) player.show(cue);
    look({ currentTime: 12 });
    told();
    const sample = port.signals.at(-1);
    return sample?.type === 'sample' ? sample.programTime : undefined;
  };
  const cue = { playlist: '', start: 10 };

  it('tells when the frame on screen was packaged, by the segment that it is of', () =>
    expect(programTime({ ...cue, programDateTime: 1_700_000_000_000 })).toBe(1_700_000_002_000));

  it('tells none where the segment has none, or none is there', () => {
    expect(programTime(cue)).toBeNaN();
    expect(programTime(undefined)).toBeNaN();
  });

  it('tells what the browser says where it plays, and not of what VHS feeds it', () => {
    const date = (player: ScriptedPlayer) =>
      Object.assign(player.media, { getStartDate: () => new Date(1_700_000_000_000) });
    const at = programTime(undefined, (player) => {
      date(player);
      player.play(undefined);
    });
    expect(at).toBe(1_700_000_012_000);
    expect(programTime(undefined, date)).toBeNaN();
  });

  it('tells the captions that the player shows, of which its element knows nothing', () => {
    const { player, told, look } = attach();
    const track = { kind: 'subtitles', language: 'fr', mode: 'showing' };
    player.texts = [{ kind: 'metadata', mode: 'showing', language: 'xx' }, track];
    look();
    look();
    track.mode = 'disabled';
    look();
    expect(told()).toEqual([{ type: 'captions', language: 'fr' }, { type: 'captions' }]);
  });
});

describe('videojs: seeks', () => {
  interface Seek {
    readonly from: number;
    readonly to: number;
    readonly window?: readonly (readonly [number, number])[];
    readonly paused?: boolean;
    readonly native?: boolean;
  }

  it.each<[string, Seek, 'player' | 'user']>([
    ['to the live edge, where the window has left the playhead', { from: 20, to: 90 }, 'player'],
    ['from within the window', { from: 60, to: 90 }, 'user'],
    ['while no window is known', { from: 20, to: 90, window: [] }, 'user'],
    ['on the spot', { from: 60, to: 60.4 }, 'player'],
    ['on the spot, back', { from: 60, to: 59.6 }, 'player'],
    ['far back', { from: 80, to: 60 }, 'user'],
    ['by half a second', { from: 60, to: 60.5 }, 'user'],
    ['by a little, while paused', { from: 60, to: 60.4, paused: true }, 'user'],
    ['by a little, where the browser plays', { from: 60, to: 60.4, native: true }, 'user'],
  ])('takes one %s for whose it is', (_, seek, by) => {
    const { from, to, window = [[50, 95]], paused = false, native = false } = seek;
    const { player, port, told } = attach((scripted) => {
      if (native) scripted.play(undefined);
    });
    const { media } = player;
    player.window = window;
    media.ranges = [[0, 100]];
    const play = { paused: false, readyState: 4, currentTime: from - 1 };
    media.happen(play, 'play', 'playing');
    port.at += 1000;
    media.happen({ currentTime: from, paused }, 'timeupdate');
    port.at += 100;
    media.happen({ currentTime: from }, 'timeupdate'); // Seen to stand, as it does in such a case.
    port.at += 100;
    media.happen({ currentTime: to, seeking: true }, 'seeking');
    expect(told('seek')).toMatchObject([{ by, to: to * 1000 }]);
  });
});

describe('videojs: errors', () => {
  it.each<[string, Asked | undefined, object, object]>([
    [
      'by what VHS says of it',
      { uri: MASTER, requestType: 'hls-playlist', status: 404 },
      {
        code: 2,
        message: 'no',
        metadata: { errorType: 'networkrequestfailed', requestType: 'hls-playlist' },
      },
      {
        code: 'networkrequestfailed hls-playlist',
        category: 'manifest',
        message: 'no',
        status: 404,
      },
    ],
    [
      'by the request that failed, where VHS says nothing',
      { uri: MASTER, requestType: 'dash-manifest', status: 500 },
      { code: 4, message: '' },
      { code: 'MEDIA_ERR_SRC_NOT_SUPPORTED dash-manifest', category: 'manifest', status: 500 },
    ],
    [
      'as a custom one of VHS, by the request that failed without an answer',
      { uri: `${CDN}/4.ts`, requestType: 'segment', status: 0, error: new Error('off') },
      { code: 0, message: 'No available playlists' },
      {
        code: 'MEDIA_ERR_UNKNOWN segment',
        category: 'network',
        message: 'No available playlists',
      },
    ],
    [
      'that payment is required',
      { uri: MASTER, requestType: 'hls-playlist', status: 402 },
      { code: 4, message: '' },
      { code: 'MEDIA_ERR_SRC_NOT_SUPPORTED hls-playlist', category: 'business', status: 402 },
    ],
    [
      'that the law forbids it, where VHS says of what',
      { uri: MASTER, requestType: 'hls-playlist', status: 451 },
      { code: 2, message: '', metadata: { errorType: 'x', requestType: 'hls-playlist' } },
      { code: 'x hls-playlist', category: 'business', status: 451 },
    ],
    [
      'what cannot be decoded, whatever failed before',
      { uri: `${CDN}/4.ts`, requestType: 'segment', status: 402 },
      { code: 3, message: '' },
      { code: 'MEDIA_ERR_DECODE', category: 'media' },
    ],
    [
      'what is encrypted, whatever failed before',
      { uri: `${CDN}/4.ts`, requestType: 'segment', status: 404 },
      { code: 5, message: '' },
      { code: 'MEDIA_ERR_ENCRYPTED', category: 'drm' },
    ],
    [
      'what cannot be appended, whatever failed before',
      { uri: `${CDN}/4.ts`, requestType: 'segment', status: 451 },
      { code: 0, message: '', metadata: { errorType: 'streamingfailedtoappendsegment' } },
      { code: 'streamingfailedtoappendsegment', category: 'media' },
    ],
    [
      'of what came well nothing',
      { uri: MASTER, requestType: 'hls-playlist', status: 200 },
      { code: 4, message: '' },
      { code: 'MEDIA_ERR_SRC_NOT_SUPPORTED', category: 'media' },
    ],
    [
      'what the browser says of a file',
      undefined,
      { code: 4, message: '404: Not Found' },
      {
        code: 'MEDIA_ERR_SRC_NOT_SUPPORTED',
        category: 'network',
        message: '404: Not Found',
        status: 404,
      },
    ],
    [
      'a failed key',
      { uri: 'https://keys.example/1', requestType: 'segment-key', status: 403 },
      { code: 2, message: '' },
      { code: 'MEDIA_ERR_NETWORK segment-key', category: 'drm', status: 403 },
    ],
  ])('tells %s', async (_, asked, error, expected) => {
    const { player, vhs, port, told } = attach();
    if (asked) vhs.answer(asked);
    player.fail(error);
    await port.settled();
    expect(told('error')).toEqual([{ type: 'error', fatal: true, ...expected }]);
  });

  it('takes what failed for the cause once, and never where captions failed', async () => {
    const { player, vhs, port, told } = attach();
    vhs.answer({ uri: MASTER, requestType: 'hls-playlist', status: 402 });
    player.fail({ code: 4, message: '' });
    await port.settled();
    player.fail({ code: 4, message: '' }); // Of a file that the page plays in its place.
    await port.settled();
    player.ask(`${CDN}/4.vtt`, 'vtt');
    vhs.answer({ uri: `${CDN}/4.vtt`, requestType: 'segment', status: 451 });
    player.fail({ code: 2, message: '' });
    await port.settled();
    expect(told('error')).toMatchObject([
      { category: 'business' },
      { code: 'MEDIA_ERR_SRC_NOT_SUPPORTED', category: 'media' },
      { code: 'MEDIA_ERR_NETWORK', category: 'network' },
    ]);
  });

  it('keeps the cause where captions come after it', async () => {
    const { player, vhs, port, told } = attach();
    vhs.answer({ uri: MASTER, requestType: 'hls-playlist', status: 404 });
    player.ask(`${CDN}/4.vtt`, 'vtt');
    vhs.answer({ uri: `${CDN}/4.vtt`, requestType: 'segment' });
    player.fail({ code: 2, message: '' });
    await port.settled();
    expect(told('error')).toMatchObject([{ code: 'MEDIA_ERR_NETWORK hls-playlist' }]);
  });

  it('tells none that was taken back before it heard of it', async () => {
    const { player, port, told } = attach();
    player.fail(null);
    await port.settled();
    expect(told()).toEqual([]);
  });

  it('tells as mended what was taken back at once, and as fatal what gave way to another', async () => {
    const { player, port, told } = attach();
    player.fail({ code: 4, message: 'first' });
    player.fault = null; // It takes the next source.
    await port.settled();
    player.fail({ code: 4, message: 'second' });
    await port.settled();
    expect(told('error')).toMatchObject([
      { message: 'first', fatal: false },
      { message: 'second', fatal: true },
    ]);
  });
});

describe('videojs: requests', () => {
  it.each([
    ['hls-playlist', 'manifest'],
    ['dash-manifest', 'manifest'],
    ['dash-sidx', 'other'],
    ['dash-clock-sync', 'other'],
    ['content-steering-manifest', 'other'],
    ['segment-key', 'key'],
    ['segment-media-initialization', 'init'],
    ['segment', 'video'],
    [undefined, 'other'], // Where VHS looks what a file is.
  ])('tells a request for %s as %s', (requestType, kind) => {
    const { vhs, told } = attach();
    vhs.answer({ uri: `${CDN}/1`, requestType });
    expect(told('segment')).toEqual([{ ...OK, kind }]);
  });

  it.each([
    ['main', 'video'],
    ['audio', 'audio'],
    ['vtt', 'text'],
  ])('tells a segment that the loader of %s asked for as %s', (type, kind) => {
    const { player, vhs, told } = attach();
    player.ask(`${CDN}/4`, type);
    vhs.answer({ uri: `${CDN}/4`, requestType: 'segment' });
    vhs.answer({ uri: `${CDN}/5`, requestType: 'segment' });
    expect(told('segment')).toMatchObject([{ kind }, { kind: 'video' }]);
  });

  it('tells what is in the same file as its initialisation segment for what it is', () => {
    const { player, vhs, told } = attach();
    const uri = `${CDN}/sound.mp4`;
    player.ask(uri, 'audio');
    player.ask(uri, 'audio'); // VHS announces both so.
    vhs.answer({ uri, requestType: 'segment-media-initialization' });
    vhs.answer({ uri, requestType: 'segment' });
    expect(told('segment')).toMatchObject([{ kind: 'init' }, { kind: 'audio' }]);
  });

  it.each([
    ['bytes', new ArrayBuffer(1234), 1234],
    ['text', '#EXTM3U', 7],
    ['nothing', undefined, 0],
    ['an empty text', '', 0],
  ])('tells the size of %s', (_, body, bytes) => {
    const { vhs, told } = attach();
    vhs.answer({ uri: MASTER, requestType: 'hls-playlist', ...(body !== undefined && { body }) });
    expect(told('segment')).toMatchObject([{ bytes }]);
  });

  it.each([
    ['with a status', { status: 503 }, { ok: false, status: 503 }],
    ['without one', { status: 0, error: new Error('off') }, { ok: false }],
  ])('tells a failure %s', (_, asked, expected) => {
    const { vhs, told } = attach();
    vhs.answer({ uri: MASTER, requestType: 'hls-playlist', ...asked });
    const segment = { type: 'segment', kind: 'manifest', host: 'cdn.example', bytes: 0 };
    expect(told()).toEqual([{ ...segment, ...expected }]);
  });

  it.each([
    ['PATHWAY-ID', 'B'],
    ['serviceLocation', 'beta'],
  ])('tells the pathway that %s names, and where it leads', (attribute, pathway) => {
    const { vhs, told } = attach();
    vhs.attributes = { [attribute]: pathway };
    const responseURL = 'https://edge.example/4.ts';
    vhs.answer({ uri: `${CDN}/4.ts`, requestType: 'segment', responseURL });
    const host = 'edge.example';
    expect(told()).toEqual([
      { type: 'pathway', host, pathway },
      { ...OK, kind: 'video', host, pathway },
    ]);
  });

  it('tells the times of a redirected request, which browsers know by what was asked for', () => {
    const uri = `${CDN}/4.ts`;
    const entry = { startTime: 1000, responseStart: 1020, responseEnd: 1100, transferSize: 1 };
    const entries = [{ ...entry, name: uri, workerStart: 0, encodedBodySize: 1 }];
    vi.stubGlobal(
      'PerformanceObserver',
      class {
        observe(): void {}
        disconnect(): void {}
        takeRecords = () => entries;
      },
    );
    const { vhs, told } = attach();
    vhs.answer({ uri, requestType: 'segment', responseURL: 'https://edge.example/4.ts' });
    vi.unstubAllGlobals();
    expect(told('segment')).toMatchObject([{ host: 'edge.example', ttfbMs: 20, transferMs: 100 }]);
  });

  it('tells what VHS gave up without a word when it asks for the next, and for how long it waits', () => {
    const { player, vhs, port, told, look } = attach();
    vhs.attributes = { 'PATHWAY-ID': 'B' };
    player.ask('https://a.example/4.ts');
    player.ask('https://a.example/4.m4a', 'audio');
    expect(told('segment')).toEqual([]);
    port.at += 700;
    look();
    expect(port.signals.at(-1)).toMatchObject({ type: 'sample', waitingMs: 700 });
    player.ask('https://b.example/5.ts');
    const gaveUp = { type: 'segment', kind: 'video', host: 'a.example', bytes: 0, ok: true };
    expect(told('segment')).toEqual([{ ...gaveUp, pathway: 'B' }]);
    vhs.answer({ uri: 'https://b.example/5.ts', requestType: 'segment' });
    vhs.answer({ uri: 'https://a.example/4.m4a', requestType: 'segment' });
    look();
    expect(port.signals.at(-1)).toMatchObject({ type: 'sample', waitingMs: 0 });
    expect(told('segment')).toMatchObject([gaveUp, { kind: 'video' }, { kind: 'audio' }]);
  });

  it('tells again what it asks for again, after it gave it up', () => {
    const { player, vhs, told } = attach();
    for (const name of ['4', '5', '4', '5']) player.ask(`${CDN}/${name}.ts`, 'audio');
    vhs.answer({ uri: `${CDN}/5.ts`, requestType: 'segment' });
    expect(told('segment')).toMatchObject(Array.from({ length: 4 }, () => ({ kind: 'audio' })));
  });

  it('waits anew for what it asks for again after it came', () => {
    const { player, vhs, port, told, look } = attach();
    for (const status of [503, 200]) {
      player.ask(`${CDN}/4.ts`);
      port.at += 300;
      look();
      expect(port.signals.at(-1)).toMatchObject({ type: 'sample', waitingMs: 300 });
      vhs.answer({ uri: `${CDN}/4.ts`, requestType: 'segment', status });
    }
    expect(told('segment')).toMatchObject([{ ok: false }, { ok: true }]);
  });

  it('tells what was given up for another source, or for a file', () => {
    const { player, told, look } = attach();
    look({ currentSrc: 'blob:1' });
    player.ask(`${CDN}/4.ts`);
    player.play(undefined);
    player.source = { src: 'https://files.example/plain.mp4' };
    player.tell('loadstart');
    look({ currentSrc: 'https://files.example/plain.mp4' });
    expect(told('segment')).toMatchObject([{ kind: 'video', host: 'cdn.example', ok: true }]);
  });
});

describe('videojs: hooks for all players', () => {
  function share(adapters: number, own = 0) {
    const shared = new ScriptedXhr();
    const vhs = new ScriptedVhs(shared);
    const heard: string[] = [];
    const ports = Array.from({ length: adapters }, () => attach((player) => player.play(vhs)));
    for (let i = 0; i < own; i += 1) vhs.xhr.onResponse(() => heard.push('own'));
    shared.onResponse((request) => {
      heard.push((request as { uri: string }).uri); // As VHS gives them.
    });
    return { shared, vhs, heard, ports };
  }

  it.each([1, 2, 3])('hear each response once beside %i adapters', (adapters) => {
    const { vhs, heard, ports } = share(adapters);
    vhs.answer({ uri: MASTER, requestType: 'hls-playlist' });
    expect(heard).toEqual([MASTER]);
    for (const { told } of ports) expect(told('segment')).toHaveLength(1);
  });

  it('hear it still when the first of two adapters has gone', () => {
    const { vhs, heard, ports } = share(2);
    ports[0]?.detach();
    vhs.answer({ uri: MASTER, requestType: 'hls-playlist' });
    ports[1]?.detach();
    vhs.answer({ uri: `${CDN}/2`, requestType: 'hls-playlist' });
    expect(heard).toEqual([MASTER, `${CDN}/2`]);
  });

  it('hear nothing beside a hook of the page on that player, as VHS means it', () => {
    const { vhs, heard } = share(2, 1);
    vhs.answer({ uri: MASTER, requestType: 'hls-playlist' });
    expect(heard).toEqual(['own']);
  });

  it('may throw: the response is told, VHS goes on', () => {
    const { shared, vhs, ports } = share(2);
    shared.onResponse(() => {
      throw new Error('The page’s own fault.');
    });
    vhs.answer({ uri: MASTER, requestType: 'hls-playlist' });
    expect(ports.map(({ port }) => port.count('segment'))).toEqual([1, 1]);
    expect(ports.map(({ port }) => port.failures.length)).toEqual([1, 0]);
  });

  it('need not be there', () => {
    const { vhs, told } = attach();
    vhs.answer({ uri: MASTER, requestType: 'hls-playlist' });
    expect(told('segment')).toHaveLength(1);
  });
});
