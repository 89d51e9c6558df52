import type { MediaPlayerClass } from 'dashjs';
import { describe, expect, it } from 'vitest';
import { createRecordedPort } from '../../test/recordPort.ts';
import { ScriptedMedia } from '../../test/scriptedMedia.ts';
import { dashjs } from './dashjs.ts';

/** dash.js as far as the adapter sees it: events that a test fires, and what it reads. */
class ScriptedDash {
  ready = true;
  autoPlay = false;
  dvrStart = 0;
  readonly media = new ScriptedMedia();
  readonly heard = new Map<string, Set<(event: unknown) => void>>();

  on(type: string, listener: (event: unknown) => void): void {
    this.heard.set(type, (this.heard.get(type) ?? new Set()).add(listener));
  }
  off(type: string, listener: (event: unknown) => void): void {
    this.heard.get(type)?.delete(listener);
  }
  tell(type: string, event: object = {}): void {
    for (const listener of this.heard.get(type) ?? []) listener(event);
  }
  get listening(): number {
    return [...this.heard.values()].reduce((sum, listeners) => sum + listeners.size, 0);
  }
  getVersion = () => '5.2.1';
  isReady = () => this.ready;
  getAutoPlay = () => this.autoPlay;
  getVideoElement = () => this.media.asElement();
  getDvrWindow = () => ({ start: this.dvrStart });
  getCurrentRepresentationForType = () => {
    throw new Error('You must first call initialize()');
  };
  timeAsUTC = () => {
    throw new Error('You must first call initialize()');
  };
}

function attach(prepare: (player: ScriptedDash) => void = () => {}) {
  const player = new ScriptedDash();
  prepare(player);
  const adapter = dashjs(player as unknown as MediaPlayerClass); // Has all that is read.
  const port = createRecordedPort();
  const detach = adapter.attach(port);
  return { player, port, adapter, detach };
}

/** Fires events of dash.js and gives the signals that follow, less what is undefined. */
function check(events: readonly (readonly [type: string, event: object])[], ...told: object[]) {
  const { player, port } = attach();
  for (const [type, event] of events) player.tell(type, event);
  expect(port.failures).toEqual([]);
  expect(JSON.parse(JSON.stringify(port.told()))).toEqual(told);
}

const [start, first, finish] = [1000, 1020, 1100].map((ms) => new Date(ms));
const request = {
  type: 'MediaSegment',
  url: 'https://cdn.example/v/4.m4s',
  actualurl: null,
  responsecode: 200,
  trequest: start,
  tresponse: first,
  _tfinish: finish,
  trace: [
    { s: start, d: 20, b: [400] },
    { s: first, d: 80, b: [600] },
  ],
  _stream: 'video',
  _serviceLocation: 'https://cdn.example/v/',
};
const metric = (value: object) =>
  ['metricAdded', { metric: 'HttpList', value: { ...request, ...value } }] as const;
const host = 'cdn.example';
const told = {
  type: 'segment',
  host,
  bytes: 1000,
  ok: true,
  status: 200,
  ttfbMs: 20,
  transferMs: 100,
};
const representation = {
  bandwidth: 800_000,
  width: 640,
  height: 360,
  frameRate: 25,
  codecs: 'hvc1.2.4.L93',
  mediaInfo: {
    lang: 'fr',
    essentialProperties: [],
    supplementalProperties: [
      { schemeIdUri: 'urn:mpeg:mpegB:cicp:TransferCharacteristics', value: '16' },
    ],
  },
};

describe('dashjs', () => {
  it('names its player as dash.js does', () => {
    const player = { name: 'dash.js', version: '5.2.1', adapter: 'dashjs' };
    expect(attach().adapter.player).toEqual(player);
  });

  it('tells what is displayed: size, rate, codec and range', () =>
    check([['qualityChangeRendered', { mediaType: 'video', newRepresentation: representation }]], {
      type: 'rendition',
      bitrate: 800_000,
      width: 640,
      height: 360,
      frameRate: 25,
      codec: 'hvc1.2.4.L93',
      hdr: 'PQ',
    }));

  it('waits for the picture where dash.js says too early what is displayed', () => {
    const { player, port } = attach();
    const low = { ...representation, height: 360 };
    const high = { ...representation, height: 540 };
    const say = (newRepresentation: unknown) =>
      player.tell('qualityChangeRendered', { mediaType: 'video', newRepresentation });
    const told = () => port.told().flatMap((one) => ('height' in one ? one.height : []));
    player.media.happen({ videoHeight: 360 }, 'resize');
    say(low);
    say(high);
    expect(told()).toEqual([360]);
    player.media.happen({ videoHeight: 540 }, 'resize');
    expect(told()).toEqual([360, 540]);
    player.media.happen({ videoHeight: 544 }, 'resize'); // Declared otherwise than it is.
    say(low);
    expect(told()).toEqual([360, 540, 360]);
    expect(port.failures).toEqual([]);
  });

  it.each([
    [{ type: 'MPD', _stream: 'stream' }, 'manifest'],
    [{ type: 'InitializationSegment' }, 'init'],
    [{ type: 'IndexSegment' }, 'init'],
    [{ _stream: 'text' }, 'text'],
    [{ _stream: 'image' }, 'other'],
    [{ type: 'ContentSteering', _stream: 'stream' }, 'other'],
  ])('tells %j as %s', (value, kind) => check([metric(value)], { ...told, kind }));

  it('tells the pathway of a service location, and the host after redirects', () =>
    check(
      [metric({ actualurl: 'https://edge.example/v/4.m4s', _serviceLocation: 'beta' })],
      { type: 'pathway', host: 'edge.example', pathway: 'beta' },
      { ...told, kind: 'video', host: 'edge.example', pathway: 'beta' },
    ));

  it('tells of another source anew where it comes from', () => {
    const { player, port } = attach();
    player.tell(...metric({}));
    player.tell('streamTeardownComplete');
    player.tell('manifestLoadingStarted', { request: { url: 'b' } });
    player.tell(...metric({}));
    expect(port.count('source')).toBe(1);
    expect(port.count('pathway')).toBe(2);
  });

  it('passes over what did not end, and what is no request', () =>
    check([metric({ _tfinish: null }), ['metricAdded', { metric: 'BufferLevel', value: {} }]]));

  it('tells the first byte of chunks, of which dash.js keeps one trace, without the waits', () => {
    const trace = [{ s: start, d: 5, b: [1000] }];
    check([metric({ trace, _stream: 'text' })], { ...told, kind: 'text' });
  });

  it('tells the first byte of what came at one go', () => {
    const trace = [{ s: start, d: 90, b: [1000] }];
    check([metric({ trace, tresponse: start, _stream: 'text' })], {
      ...told,
      kind: 'text',
      ttfbMs: 90,
    });
  });

  const sending = (sessionId: string | null, url = 'https://drm.example/license') =>
    ['public_licenseRequestSending', { url, sessionId }] as const;
  const complete = (sessionId: string, error: object | null = null) =>
    [
      'public_licenseRequestComplete',
      { data: { sessionToken: { getSessionId: () => sessionId } }, error },
    ] as const;

  it('tells licences and the key system', () => {
    const { player, port } = attach();
    player.tell('public_keySystemSelected', {
      data: { selectedSystemString: 'com.widevine.alpha' },
    });
    player.tell(...complete('1')); // Of a message that no server was asked about.
    player.tell(...sending('1'));
    player.tell(...sending('1'));
    player.tell(...complete('1'));
    player.tell(...sending(null, '/license'));
    player.tell(...complete('', { code: 114 }));
    expect(port.failures).toEqual([]);
    expect(port.described).toEqual(['com.widevine.alpha']);
    expect(port.told()).toMatchObject([
      { kind: 'key', host: 'drm.example', ok: false }, // Tried again.
      { kind: 'key', host: 'drm.example', ok: true },
      { kind: 'key', host: 'page.example', ok: false },
    ]);
  });

  it('takes the licences of several keys for no tries of one', () => {
    const { player, port } = attach();
    player.tell(...sending('video'));
    player.tell(...sending('audio', '/license'));
    player.tell(...complete('video'));
    player.tell(...complete('audio'));
    player.tell(...sending('video'));
    player.tell('streamTeardownComplete'); // Nobody waits for it any more.
    player.tell(...complete('video'));
    expect(port.told()).toMatchObject([
      { kind: 'key', host: 'drm.example', ok: true },
      { kind: 'key', host: 'page.example', ok: true },
    ]);
  });

  it.each([
    [1, 'media', true],
    [2, 'network', true],
    [10, 'manifest', true],
    [16, 'network', false],
    [19, 'network', true],
    [22, 'media', false],
    [24, 'drm', true],
    [25, 'manifest', true],
    [27, 'network', false],
    [32, 'manifest', true],
    [33, 'media', false],
    [36, 'drm', true],
    [110, 'drm', true],
    [11001, 'unknown', true],
  ])('tells error %i as %s, fatal: %s', (code, category, fatal) =>
    check([['error', { error: { code, message: 'https://a/1 is not available' } }]], {
      type: 'error',
      fatal,
      category,
      code: String(code),
      message: 'https://a/1 is not available',
    }),
  );

  const asked = { request: { url: 'v/5', type: 'MediaSegment' }, mediaType: 'video' };
  function attachPlaying() {
    const attached = attach();
    const { player, port } = attached;
    const look = (ms: number, readyState: number) => {
      port.at += ms;
      player.media.happen({ paused: false, readyState }, 'canplay');
    };
    const fails = () =>
      port.signals.flatMap((s) => (s.type === 'error' && s.fatal ? (s.code ?? '') : []));
    look(0, 4);
    return { ...attached, look, fails };
  }

  it('gives up only when dash.js asks for nothing more and nothing is left to play', () => {
    const { player, look, fails } = attachPlaying();
    player.tell('fragmentLoadingStarted', asked);
    player.tell('error', { error: { code: 27, data: asked } });
    player.tell('urlResolutionFailed');
    look(9000, 4); // What is buffered plays on.
    player.tell('fragmentLoadingStarted', asked);
    look(9000, 2); // It tries anew.
    player.tell('error', { error: { code: 27, data: asked } });
    expect(fails()).toEqual([]);
    look(500, 2);
    look(600, 2);
    look(600, 2);
    expect(fails()).toEqual(['27']);
  });

  it('knows a request whose address dash.js changes on its way', () => {
    const { player, port, look, fails } = attachPlaying();
    const signed = { request: { url: 'https://a.example/5', type: 'MediaSegment' } };
    player.tell('fragmentLoadingStarted', { ...signed, mediaType: 'video' });
    signed.request.url += '?CMCD=sf%3Dd';
    player.tell(...metric({ type: 'MediaSegment', url: signed.request.url, _stream: 'video' }));
    expect(port.count('segment')).toBe(1);
    player.tell('error', { error: { code: 27, data: asked } });
    player.tell('urlResolutionFailed');
    look(600, 2);
    look(600, 2);
    look(600, 2);
    expect(fails()).toEqual(['27']); // Nothing is on its way any more.
  });

  it.each([10, 25, 31])('plays on where a live manifest is not renewed: error %i', (code) => {
    const { player, port, look, fails } = attachPlaying();
    const refresh = { request: { url: 'live.mpd', type: 'MPD' } };
    const dry = () => {
      look(9000, 4);
      look(600, 2);
      look(600, 2);
    };
    player.tell('manifestLoadingStarted', refresh);
    player.tell('error', { error: { code, data: refresh } });
    player.tell('manifestLoadingStarted', refresh); // The page has it try again.
    player.tell(...metric({ type: 'MPD', url: 'live.mpd' }));
    dry();
    expect(fails()).toEqual([]);
    player.tell('manifestLoadingStarted', refresh);
    player.tell('error', { error: { code, data: refresh } });
    look(9000, 4); // What it knew of plays on.
    expect(fails()).toEqual([]);
    dry();
    expect(fails()).toEqual([String(code)]);
    expect(port.failures).toEqual([]);
  });

  it('takes a manifest for refused where there is no element yet to play it', () => {
    const { player, port } = attach();
    player.getVideoElement = () => {
      throw new Error('You must first call attachView()');
    };
    player.tell('error', { error: { code: 25 } });
    expect(port.told()).toMatchObject([{ type: 'error', fatal: true, code: '25' }]);
    expect(port.failures).toEqual([]);
  });

  it.each(['ContentSteering', 'CmcdEvent'])('goes on without what a %s is for', (type) => {
    const { player, port, look, fails } = attachPlaying();
    player.tell('error', { error: { code: 27, data: asked } });
    player.tell('error', {
      error: { code: null, data: { request: { url: 's', type }, response: { status: 503 } } },
    });
    player.tell('urlResolutionFailed');
    expect(port.signals.filter((s) => s.type === 'error')).toMatchObject([
      { fatal: false, code: '27' },
      { fatal: false, code: type },
    ]);
    look(600, 2);
    look(600, 2);
    expect(fails()).toEqual(['27']);
  });

  it('tells what the law or a subscription forbids as business', () =>
    check([['error', { error: { code: 25, data: { response: { status: 451 } } } }]], {
      type: 'error',
      fatal: true,
      category: 'business',
      code: '25',
      status: 451,
    }));

  it('asks for playback where dash.js plays by itself, and says when it may not', () => {
    const { player, port } = attach((scripted) => {
      scripted.ready = false;
    });
    player.autoPlay = player.ready = true;
    player.tell('manifestLoadingStarted', { request: { url: 'a' } });
    player.tell('manifestLoadingStarted', { request: { url: 'a' } }); // Refreshed.
    player.tell('playbackNotAllowed');
    expect(port.told()).toEqual([{ type: 'request', by: 'autoplay' }, { type: 'refused' }]);
  });

  it('asks for nothing where dash.js has played already, or was refused', () => {
    const { port } = attach((player) => {
      player.autoPlay = true;
      player.media.happen({ readyState: 4 });
    });
    expect(port.count('request')).toBe(0);
  });

  it.each([
    [10, 20, undefined, 'user'],
    [10, 20.2, 20, 'player'], // Taken on to where the buffer begins.
    [10, 25, 20, 'user'], // Scrubbed on.
    [3, 20, undefined, 'player'], // It had fallen out of the window.
  ])('takes a seek from %d s to %d s, aiming at %s, for the %s’s', (from, to, aim, by) => {
    const { player, port } = attach();
    player.dvrStart = 5;
    player.media.happen({ currentTime: from - 0.5, paused: false, readyState: 4 }, 'play');
    port.at += 500;
    player.media.happen({ currentTime: from }, 'timeupdate');
    if (aim !== undefined) player.media.happen({ currentTime: aim, seeking: true }, 'seeking');
    player.media.happen({ currentTime: to, seeking: true }, 'seeking');
    port.at += 250; // A look finds that it leads elsewhere now.
    player.media.happen({}, 'timeupdate');
    expect(port.signals.filter(({ type }) => type === 'seek').at(-1)).toMatchObject({ by });
  });

  it('leaves nothing behind, and bears a destroyed dash.js', () => {
    const { player, port, detach } = attach();
    expect(player.listening).toBeGreaterThan(10);
    detach();
    detach();
    expect(player.listening).toBe(0);
    expect(player.media.listening).toBe(0);
    const second = attach();
    second.player.off = () => {
      throw new TypeError('destroyed');
    };
    expect(second.detach).not.toThrow();
    expect(port.failures).toEqual([]);
  });
});
