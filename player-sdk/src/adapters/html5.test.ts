import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRecordedPort } from '../../test/recordPort.ts';
import { ScriptedMedia } from '../../test/scriptedMedia.ts';
import { html5 } from './html5.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const URL_A = 'https://cdn.example/a.mp4';
const URL_B = 'https://cdn.example/b.mp4';

function attach(change: Parameters<ScriptedMedia['happen']>[0] = {}) {
  const media = new ScriptedMedia();
  media.happen(change);
  const port = createRecordedPort();
  const detach = html5(media.asElement()).attach(port);
  /** Time passes for the clock and the timers alike. */
  const pass = (ms: number, playing = false) => {
    for (let left = ms; left > 0; left -= 50) {
      port.at += 50;
      if (playing) media.state.currentTime += 0.05;
      vi.advanceTimersByTime(50);
    }
  };
  const play = () => {
    media.happen({ paused: false, readyState: 4 }, 'play', 'playing');
    pass(1000, true);
  };
  return { media, port, detach, pass, play };
}

/** Runs a scenario and gives the signals but samples. */
function check(scenario: (s: ReturnType<typeof attach>) => void, ...told: object[]) {
  const s = attach({ currentSrc: URL_A });
  scenario(s);
  expect(s.port.failures).toEqual([]);
  expect(s.port.told()).toEqual(told);
}

const REQUEST = { type: 'request', by: 'play' };
const PLAY = { type: 'play', by: 'user' };

describe('html5', () => {
  it('tells a request and the start of playing', () => check(({ play }) => play(), REQUEST, PLAY));

  it.each([
    ['without', undefined],
    [
      'with a broken',
      class {
        observe() {
          throw new TypeError('Of no type that it knows.');
        }
      },
    ],
  ])('measures %s PerformanceObserver', (_, observer) => {
    vi.stubGlobal('PerformanceObserver', observer);
    check(({ play }) => play(), REQUEST, PLAY);
  });

  it('takes back a request by autoplay that had been refused before it was attached', () => {
    const { port, pass } = attach({ currentSrc: URL_A, autoplay: true, readyState: 4 });
    pass(1000);
    expect(port.told()).toEqual([{ type: 'request', by: 'autoplay' }, { type: 'refused' }]);
    expect(vi.getTimerCount()).toBe(0); // It is not looked at until somebody plays it.
  });

  it('takes an ad that is loaded into the element of the content for no other content', () => {
    const { media, port, play } = attach({ currentSrc: URL_A });
    play();
    port.adBreak = true;
    media.happen({ currentSrc: URL_B, currentTime: 0 }, 'emptied', 'loadstart');
    play();
    media.happen({ error: { code: 4, message: '' } }, 'error');
    vi.advanceTimersByTime(0);
    expect(port.told().at(-1)).toMatchObject({ type: 'error', fatal: false, category: 'ad' });
    port.adBreak = false;
    media.happen({ currentSrc: URL_A, currentTime: 0, error: null }, 'emptied', 'loadstart');
    play();
    expect(port.count('source')).toBe(0);
    media.happen({ currentSrc: URL_B, currentTime: 0 }, 'emptied', 'loadstart');
    expect(port.count('source')).toBe(1);
  });

  it('knows the content again by any of its <source>', () => {
    const { media, port, play } = attach();
    const load = (sources: readonly string[], currentSrc: string) => {
      media.sources = sources;
      media.happen({ currentSrc, currentTime: 0 }, 'emptied', 'loadstart');
    };
    load([URL_A, URL_B], URL_A);
    play();
    port.adBreak = true;
    load(
      ['https://ads.example/ad.webm', 'https://ads.example/ad.mp4'],
      'https://ads.example/ad.mp4',
    );
    port.adBreak = false;
    load([URL_A, URL_B], URL_B);
    load([URL_A, URL_B], URL_A);
    expect(port.count('source')).toBe(0);
    load(['https://cdn.example/c.mp4'], 'https://cdn.example/c.mp4');
    expect(port.count('source')).toBe(1);
  });

  it('takes the content after a pre-roll in its element for the first', () => {
    const { media, port, play } = attach();
    port.adBreak = true;
    media.happen({ currentSrc: URL_B }, 'loadstart');
    play();
    port.adBreak = false;
    media.happen({ currentSrc: URL_A, currentTime: 0 }, 'emptied', 'loadstart');
    expect(port.count('source')).toBe(0);
  });

  it('tells a pause, but not the one that every end begins with', () =>
    check(
      ({ media, play }) => {
        play();
        media.happen({ paused: true }, 'pause');
        play();
        media.happen({ paused: true, ended: true }, 'pause', 'ended');
      },
      REQUEST,
      PLAY,
      { type: 'pause', by: 'user' },
      REQUEST,
      PLAY,
      { type: 'ended' },
    ));

  it.each([
    ['a pause', { paused: true }, ['pause']],
    ['the end', { paused: true, ended: true }, ['pause', 'ended']],
  ])('looks at what was played before %s is told', (_, state, events) => {
    const { media, port, play } = attach({ currentSrc: URL_A });
    play();
    media.happen({ ...state, currentTime: media.state.currentTime + 0.2 }, ...events);
    const [before, told] = port.signals.slice(-2);
    expect(told?.type).toBe(events.at(-1));
    expect(before).toMatchObject({ type: 'sample', position: media.state.currentTime * 1000 });
  });

  it('leaves the pause of a hidden muted video to the browser', () =>
    check(
      ({ media, play }) => {
        play();
        media.ownerDocument.hidden = true;
        media.happen({ paused: true, muted: true }, 'pause');
      },
      REQUEST,
      PLAY,
      { type: 'pause', by: 'browser' },
    ));

  it('leaves the pause of a removed element to the browser', () =>
    check(
      ({ media, play }) => {
        play();
        media.happen({ paused: true, isConnected: false }, 'pause');
      },
      REQUEST,
      PLAY,
      { type: 'pause', by: 'browser' },
    ));

  it('tells a seek once, from where the playhead had run to', () =>
    check(
      ({ media, play, pass, port }) => {
        play();
        port.at += 100; // Not looked at since.
        media.happen({ currentTime: 20, seeking: true }, 'timeupdate', 'seeking');
        pass(300);
        media.happen({ seeking: false }, 'seeked');
        pass(500, true);
      },
      REQUEST,
      PLAY,
      { type: 'seek', by: 'user', from: expect.closeTo(1100, -1.5), to: 20_000 },
    ));

  it('tells two seeks to the same place', () =>
    check(
      ({ media, play }) => {
        play();
        for (let i = 0; i < 2; i += 1) {
          media.happen({ currentTime: 5, seeking: true }, 'seeking');
          media.happen({ seeking: false }, 'seeked');
        }
      },
      REQUEST,
      PLAY,
      { type: 'seek', by: 'user', from: expect.any(Number), to: 5000 },
      { type: 'seek', by: 'user', from: 5000, to: 5000 },
    ));

  it('takes a seek for the player’s while the playhead has only crept', () =>
    check(
      ({ media, pass }) => {
        media.happen({ paused: false, readyState: 4 }, 'play');
        pass(300);
        media.happen({ currentTime: 0.04 }, 'timeupdate');
        media.happen({ currentTime: 100, seeking: true }, 'seeking');
        pass(100);
        media.happen({ seeking: false, readyState: 2 }, 'seeked');
        media.happen({ currentTime: 104, seeking: true }, 'seeking');
      },
      REQUEST,
      PLAY,
      expect.objectContaining({ type: 'seek', by: 'player', to: 100_000 }),
      expect.objectContaining({ type: 'seek', by: 'player', to: 104_000 }),
    ));

  it('takes a pause that made room for an ad for no pause, however late it is told', () => {
    const { media, port, play, pass } = attach({ currentSrc: URL_A });
    play();
    media.state.paused = true;
    port.adBreak = true;
    pass(250); // Whoever tells of the ad looks.
    media.happen({}, 'pause');
    expect(port.count('pause')).toBe(0);
    media.happen({ paused: false }, 'play');
    media.happen({ paused: true }, 'pause');
    expect(port.count('pause')).toBe(1); // In an ad that is part of the content.
  });

  it('takes a seek before the first progress for the player’s', () =>
    check(({ media }) => media.happen({ currentTime: 30, seeking: true }, 'seeking', 'seeked'), {
      type: 'seek',
      by: 'player',
      from: 0,
      to: 30_000,
    }));

  it('takes the turn of a loop for the player’s', () =>
    check(
      ({ media, play }) => {
        media.happen({ loop: true, currentTime: 38.5 });
        play();
        media.happen({ currentTime: 0, seeking: true }, 'seeking');
      },
      REQUEST,
      PLAY,
      { type: 'seek', by: 'player', from: expect.closeTo(39_500, -2), to: 0 },
    ));

  it('opens a candidate stall at waiting, unless it belongs to a seek or a pause', () =>
    check(
      ({ media, play }) => {
        play();
        media.happen({}, 'waiting');
        media.happen({ seeking: true, currentTime: 3 }, 'waiting');
        media.happen({ seeking: false, paused: true }, 'waiting');
      },
      REQUEST,
      PLAY,
      { type: 'waiting' },
      { type: 'seek', by: 'user', from: expect.any(Number), to: 3000 },
    ));

  it('looks every 250 ms, every 100 ms near trouble, never while paused', () => {
    const { media, port, play, pass } = attach({ currentSrc: URL_A });
    const looks = (ms: number, playing = false) => {
      const before = port.count('sample');
      pass(ms, playing);
      return port.count('sample') - before;
    };
    play();
    expect(looks(1000, true)).toBe(4);
    media.happen({}, 'waiting');
    expect(looks(1000)).toBe(10);
    media.happen({ paused: true }, 'pause');
    expect(looks(5000)).toBe(0);
  });

  it('looks once where a start fires many events', () => {
    const { media, port } = attach({ currentSrc: URL_A });
    const burst = ['durationchange', 'resize', 'loadedmetadata', 'canplay', 'canplaythrough'];
    port.at += 60;
    const before = port.count('sample');
    media.happen({ readyState: 4 }, ...burst);
    expect(port.count('sample') - before).toBe(1);
    port.at += 60;
    media.happen({}, 'durationchange');
    expect(port.count('sample') - before).toBe(2);
  });

  it('tells autoplay as a request, and its refusal', () => {
    const { media, port, pass } = attach({ autoplay: true });
    media.happen({ currentSrc: URL_A }, 'loadstart');
    media.happen({ readyState: 4 }, 'canplaythrough');
    pass(300);
    expect(port.told()).toEqual([{ type: 'request', by: 'autoplay' }, { type: 'refused' }]);
    media.happen({ paused: false }, 'play');
    expect(port.told().slice(2)).toEqual([REQUEST, PLAY]);
  });

  it('knows a refusal without `canplaythrough` where the browser says so beforehand (Firefox)', () => {
    const told = (policy: string, sound: Parameters<typeof attach>[0] = {}) => {
      const { media, port } = attach({ autoplay: true, ...sound });
      media.ownerDocument.defaultView.navigator.getAutoplayPolicy = () => policy;
      media.happen({ currentSrc: URL_A }, 'loadstart');
      media.happen({ readyState: 3 }, 'canplay');
      return port.count('refused');
    };
    expect(told('disallowed')).toBe(1);
    expect(told('allowed-muted')).toBe(1);
    expect(told('allowed-muted', { muted: true })).toBe(0);
    expect(told('allowed-muted', { volume: 0 })).toBe(0);
    expect(told('allowed')).toBe(0);
  });

  it('knows a refusal where nothing is loaded before it plays, and no other wait for one', () => {
    const told = (change: Parameters<typeof attach>[0], ...events: string[]) => {
      const { media, port, pass } = attach({ autoplay: true });
      media.happen({ currentSrc: URL_A, networkState: 2, ...change }, ...events);
      pass(300);
      return port.count('refused');
    };
    const idle = { preload: 'none', networkState: 1 };
    expect(told(idle, 'loadstart')).toBe(1);
    expect(told({ preload: 'none' }, 'loadstart')).toBe(0);
    expect(told(idle, 'loadstart', 'suspend')).toBe(1);
    expect(told({ ...idle, readyState: 1 }, 'loadstart', 'suspend')).toBe(0);
    expect(told({ ...idle, preload: 'metadata' }, 'loadstart', 'suspend')).toBe(0);
  });

  it('takes the playhead to have run on to where a seek took it away, as far as there was content', () => {
    const fromAfter = (blockedMs: number, bufferedEnd: number) => {
      const { media, port, play } = attach({ currentSrc: URL_A });
      media.ranges = [[0, bufferedEnd]];
      play(); // 1 s
      port.at += blockedMs; // No timer runs, and nobody looks.
      media.happen({ currentTime: 30, seeking: true }, 'seeking');
      const [seek] = port.signals.filter((signal) => signal.type === 'seek');
      return Math.round(Number(seek?.from));
    };
    expect(fromAfter(700, 40)).toBe(1_700);
    expect(fromAfter(700, 1.3)).toBe(1_300);
    expect(fromAfter(60_000, 40)).toBe(2_850); // It was seen last at 850.
  });

  it('takes no time of one source to refuse the next', () => {
    const { media, port, pass } = attach({ autoplay: true, currentSrc: URL_A, readyState: 3 });
    media.happen({ readyState: 4 }, 'canplaythrough');
    pass(100);
    media.happen({ currentSrc: URL_B, readyState: 0 }, 'emptied', 'loadstart');
    pass(2_000);
    expect(port.count('refused')).toBe(0);
  });

  it('does not take a slow autoplay for refused', () => {
    const { media, port, pass } = attach({ autoplay: true, currentSrc: URL_A });
    media.happen({ readyState: 4 }, 'canplaythrough');
    media.happen({ paused: false }, 'play', 'playing');
    pass(300);
    expect(port.count('refused')).toBe(0);
  });

  it('takes an empty address for content that was taken away, not for a failure', () =>
    check(
      ({ media, play, pass }) => {
        play();
        media.src = '';
        media.happen({ paused: true, readyState: 0, networkState: 3 }, 'emptied');
        pass(50);
        media.happen({ error: { code: 4, message: 'Empty src attribute' } }, 'error');
        pass(50);
      },
      REQUEST,
      PLAY,
      { type: 'detach', reason: 'left' },
    ));

  it('tells that the content was taken away, and the next one', () =>
    check(
      ({ media, play, pass }) => {
        play();
        media.happen({ currentTime: 0, readyState: 0, paused: true, networkState: 3 }, 'emptied');
        media.happen({ networkState: 0 });
        pass(50);
        media.happen({ currentSrc: URL_B, networkState: 2 }, 'loadstart');
        play();
      },
      REQUEST,
      PLAY,
      { type: 'detach', reason: 'left' },
      { type: 'source' },
      REQUEST,
      PLAY,
    ));

  it.each([
    [true, 1700],
    [false, 1000],
  ])('takes a playhead to have run on to a seek only if it ran (%s)', (ran, from) => {
    const { media, port, pass, play } = attach({ currentSrc: URL_A });
    media.ranges = [[0, 30]];
    play();
    pass(600, ran);
    port.at += 100; // Nobody looks.
    media.state.currentTime = 20;
    media.happen({ seeking: true }, 'seeking');
    const { from: told } = port.signals.find(({ type }) => type === 'seek') as { from: number };
    expect(Math.abs(told - from)).toBeLessThanOrEqual(50);
  });

  it('looks at the playhead when it is told to', () => {
    const { media, port, detach, play } = attach({ currentSrc: URL_A });
    play();
    media.state.currentTime = 1.2;
    port.look?.();
    expect(port.signals.at(-1)).toMatchObject({ type: 'sample', position: 1200 });
    detach();
    const before = port.signals.length;
    port.look?.();
    expect(port.signals).toHaveLength(before);
  });

  it('tells another source, with and without `emptied`, and forgets the playhead', () =>
    check(
      ({ media, play }) => {
        play();
        media.happen(
          { currentSrc: URL_B, currentTime: 0, paused: true, networkState: 2 },
          ...['emptied', 'loadstart'],
        );
        play();
        media.happen({ currentSrc: URL_A, currentTime: 0 }, 'timeupdate');
      },
      REQUEST,
      PLAY,
      { type: 'source' },
      REQUEST,
      PLAY,
      { type: 'source' },
    ));

  it.each([
    [2, '', 'network', 'MEDIA_ERR_NETWORK'],
    [3, 'PIPELINE_ERROR_DECODE', 'media', 'MEDIA_ERR_DECODE'],
    [4, 'MEDIA_ELEMENT_ERROR: Format error', 'media', 'MEDIA_ERR_SRC_NOT_SUPPORTED'],
    [4, '404: Not Found', 'network', 'MEDIA_ERR_SRC_NOT_SUPPORTED'],
    [99, '', 'unknown', 'MEDIA_ERR_UNKNOWN'],
  ])('tells error %i %s as %s', (code, message, category, name) =>
    check(
      ({ media, pass }) => {
        media.happen({ error: { code, message } }, 'error');
        pass(50);
      },
      {
        type: 'error',
        fatal: true,
        category,
        code: name,
        ...(message !== '' && { message }),
        ...(category === 'network' && message && { status: 404 }),
      },
    ),
  );

  it('loses no error at which the page lets go at once', () =>
    check(
      ({ media, detach, pass }) => {
        media.happen({ error: { code: 3, message: '' } }, 'error');
        detach();
        pass(50);
      },
      { type: 'error', fatal: true, category: 'media', code: 'MEDIA_ERR_DECODE' },
    ));

  it('tells that no <source> could be used', () =>
    check(
      ({ media, pass }) => {
        media.happen({ networkState: 3 }, 'error');
        pass(50);
      },
      { type: 'error', fatal: true, category: 'media', code: 'MEDIA_ERR_SRC_NOT_SUPPORTED' },
    ));

  it('tells the size of the picture and any other one, and when it is ready', () =>
    check(
      ({ media }) => {
        media.happen({}, 'resize');
        media.happen({ videoWidth: 640, videoHeight: 360 }, 'loadedmetadata');
        media.happen({ videoWidth: 960, videoHeight: 540 }, 'resize');
      },
      { type: 'ready', sinceCreatedMs: 0 },
      { type: 'rendition', width: 640, height: 360 },
      { type: 'rendition', width: 960, height: 540 },
    ));

  it('samples the box in device pixels', () => {
    vi.stubGlobal(
      'ResizeObserver',
      class {
        readonly observe: () => void;
        constructor(act: () => void) {
          this.observe = act;
        }
        disconnect() {}
      },
    );
    const { media, port } = attach();
    vi.unstubAllGlobals();
    media.happen({}, 'canplay');
    expect(port.signals.at(-1)).toMatchObject({ viewportWidth: 640, viewportHeight: 360 });
  });

  it('leaves nothing behind but a last look, and is mute afterwards', () => {
    const { media, port, detach, play } = attach({ currentSrc: URL_A });
    play();
    expect([...port.claimed]).toEqual([media]);
    media.happen({ currentTime: media.state.currentTime + 0.1 });
    detach();
    expect(port.claimed.size).toBe(0);
    const before = port.signals.length;
    expect(port.signals.at(-1)).toMatchObject({
      type: 'sample',
      position: media.state.currentTime * 1000,
    });
    detach();
    expect(media.listening).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
    media.happen({ paused: true }, 'pause');
    expect(port.signals.length).toBe(before);
  });

  it('keeps what an odd element throws away from the page', () => {
    const { media, port } = attach({ currentSrc: URL_A });
    Object.defineProperty(media.buffered, 'length', {
      get: () => {
        throw new Error('gone');
      },
    });
    expect(() => media.happen({ paused: false }, 'play')).not.toThrow();
    expect(port.failures.length).toBeGreaterThan(0);
  });
});
