import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Ads, ads } from './ads.ts';
import type { ImaEvent } from './adsIma.ts';
import type { InsertedAd } from './adsInserted.ts';
import type { Monitor } from './options.ts';

/** A monitor that writes down what is signalled: `start ad-1`. */
function listen() {
  const told: string[] = [];
  const signal = (_: string, { phase, ...facts }: { phase: string }) =>
    told.push([phase, ...Object.values(facts)].join(' '));
  const monitor = { signal, context: {} } as unknown as Monitor; // Nothing else is asked of it.
  return { told, monitor };
}

const POD = { getTimeOffset: () => 30, getTotalAds: () => 2, getPodIndex: () => 1 };

/** An ads manager shaped as Google IMA's. */
function createManager() {
  const target = new EventTarget();
  const seen: string[] = [];
  return {
    seen,
    addEventListener(type: string, listener: (event: ImaEvent) => void) {
      seen.push(type);
      target.addEventListener(type, listener as EventListener); // Plain events, extended below.
    },
    removeEventListener(type: string, listener: (event: ImaEvent) => void) {
      seen.splice(seen.indexOf(type), 1);
      target.removeEventListener(type, listener as EventListener); // As above.
    },
    fire: (type: string, facts: ImaEvent = {}) =>
      target.dispatchEvent(Object.assign(new Event(type), facts)),
  };
}

const THROWS = {
  enumerable: true,
  get(): never {
    throw new Error('of the page');
  },
};

const ad = (id: string, isLinear = true): ImaEvent => ({
  getAd: () => ({
    getAdId: () => id,
    getCreativeId: () => `creative-${id}`,
    getAdPodInfo: () => POD,
    isLinear: () => isLinear,
  }),
});

const logged = (type: string, code: number): ImaEvent => ({
  getAdData: () => ({ adError: { getType: () => type, getVastErrorCode: () => code } }),
});

afterEach(() => {
  vi.useRealTimers();
});

describe('ads', () => {
  it('tells what the page tells', () => {
    const { told, monitor } = listen();
    const page = ads(monitor);
    page.breakStart({ slot: 'pre', expected: 1 });
    page.request({ id: 'a' });
    page.start({ id: 'a', creative: 'c' });
    page.quartile(2);
    page.skip();
    page.error('303');
    page.complete();
    page.breakEnd();
    expect(told).toEqual([
      'breakStart pre 1',
      'request a',
      'start a c',
      'quartile 2',
      'skip',
      'error 303',
      'complete',
      'breakEnd',
    ]);
  });

  it('ends the break of a manager that gives up', () => {
    const { told, monitor } = listen();
    const manager = createManager();
    ads(monitor).ima(manager);
    manager.fire('contentPauseRequested', ad('a'));
    manager.fire('adError', { getError: () => ({ getVastErrorCode: () => 303 }) });
    expect(told).toEqual([expect.stringMatching(/^breakStart/), 'error 303', 'breakEnd']);
  });

  it('follows nothing where a page gives nothing to follow', () => {
    const { told, monitor } = listen();
    expect(ads(monitor).ima(undefined as never)).not.toThrow();
    expect(ads(monitor).inserted([], undefined as never)).not.toThrow();
    expect(told).toEqual([]);
  });

  const video = () => Object.assign(new EventTarget(), { currentTime: 0 });
  it.each<[string, (page: Ads) => unknown]>([
    ['no range', (page) => page.inserted({} as never, video() as never)],
    ['a range that is none', (page) => page.inserted([null as never], video() as never)],
    ['no element', (page) => page.inserted([], {} as never)],
    ['a selector', (page) => page.inserted([{ fromMs: 0, toMs: 1 }], '#v' as never)],
    ['no ads manager', (page) => page.ima(undefined as never)],
    ['an ads manager that is none', (page) => page.ima({} as never)],
    ['facts that throw', (page) => page.breakStart(Object.create(null, { id: THROWS }))],
  ])('throws nothing at a page that gives %s, and tells the monitor', (_, act) => {
    const { told, monitor } = listen();
    const failed: unknown[] = [];
    // As the monitor keeps what goes wrong: whatever the facts throw is counted, and told in debug mode.
    const signal = (_: string, facts: object) => {
      try {
        Object.assign({}, facts);
      } catch (error) {
        failed.push(error);
      }
    };
    const stop = act(ads(Object.assign(monitor, { signal })));
    if (typeof stop === 'function') expect(stop()).toBeUndefined();
    expect(told).toEqual([]);
    expect(failed).toEqual([expect.any(Error)]);
  });

  it.each([undefined, null, {}, 'x'])('throws nothing without a monitor: %o', (monitor) => {
    const page = ads(monitor as never);
    for (const tell of [page.breakStart, page.request, page.complete, page.pause]) {
      expect(tell()).toBeUndefined();
    }
    const manager = createManager();
    const stop = page.ima(manager);
    manager.fire('start', ad('a'));
    stop();
    expect(manager.seen).toEqual([]);
    page.inserted([{ fromMs: 0, toMs: 1 }], video() as never)();
  });

  it('takes null for no names of an ads manager', () => {
    const { told, monitor } = listen();
    const manager = createManager();
    ads(monitor).ima(manager, null as never);
    manager.fire('start', ad('a'));
    expect(told).toEqual(['breakStart mid 1 2', 'start a creative-a']);
  });

  it.each<[string, ImaEvent]>([
    ['an overlay', ad('overlay', false)],
    ['nothing that can be asked for', { getAd: () => new Error('destroyed') as never }],
    [
      'what throws',
      {
        getAd: () => {
          throw new Error('destroyed');
        },
      },
    ],
  ])('lets go of a manager whose last ad is %s', (_, last) => {
    const { told, monitor } = listen();
    const manager = createManager();
    ads(monitor).ima(manager);
    manager.fire('start', ad('a'));
    manager.fire('allAdsCompleted', last);
    expect(told.at(-1)).toBe('breakEnd');
    expect(manager.seen).toEqual([]);
  });

  it('follows an ads manager through a pod, and lets go of it at the end', () => {
    const { told, monitor } = listen();
    const manager = createManager();
    ads(monitor).ima(manager);
    manager.fire('contentPauseRequested', ad('a'));
    manager.fire('loaded', ad('a'));
    for (const type of ['start', 'firstQuartile', 'midpoint', 'thirdQuartile', 'complete'])
      manager.fire(type, ad('a'));
    manager.fire('start', ad('b'));
    manager.fire('skip', ad('b'));
    manager.fire('contentResumeRequested');
    manager.fire('allAdsCompleted');
    manager.fire('start', ad('late'));
    expect(told).toEqual([
      'breakStart mid 1 2',
      'request a creative-a',
      'start a creative-a',
      'quartile 1',
      'quartile 2',
      'quartile 3',
      'complete',
      'start b creative-b',
      'skip',
      'breakEnd',
    ]);
    expect(manager.seen).toEqual([]);
  });

  it('tells errors, and bears ads that say nothing or throw', () => {
    const { told, monitor } = listen();
    const manager = createManager();
    const stop = ads(monitor).ima(manager);
    manager.fire('adError', { getError: () => ({ getVastErrorCode: () => 402 }) });
    manager.fire('adError');
    manager.fire('start', {
      getAd: () => {
        throw new Error('destroyed');
      },
    });
    manager.fire('start');
    stop();
    stop();
    expect(told).toEqual(['error 402', 'error 900', 'breakStart unknown', 'start', 'breakEnd']);
    expect(manager.seen).toEqual([]);
  });

  it('leaves an ad that plays alone while the next one is loaded', () => {
    const { told, monitor } = listen();
    const manager = createManager();
    ads(monitor).ima(manager);
    manager.fire('contentPauseRequested', ad('a'));
    manager.fire('loaded', ad('a'));
    manager.fire('start', ad('a'));
    manager.fire('loaded', ad('b'));
    manager.fire('log', logged('adLoadError', 301)); // A third one.
    manager.fire('firstQuartile', ad('a'));
    manager.fire('complete', ad('a'));
    manager.fire('start', ad('b'));
    manager.fire('log', logged('adPlayError', 405));
    manager.fire('loaded', ad('d'));
    manager.fire('log', logged('adLoadError', 403));
    manager.fire('log', { getAdData: () => ({}) });
    manager.fire('log');
    manager.fire('contentResumeRequested');
    expect(told).toEqual([
      'breakStart mid 1 2',
      'request a creative-a',
      'start a creative-a',
      'quartile 1',
      'complete',
      'error 301',
      'start b creative-b',
      'error 405',
      'request d creative-d',
      'error 403',
      'breakEnd',
    ]);
  });

  it('leaves overlays to the content, and takes other names where they are given', () => {
    const { told, monitor } = listen();
    const manager = createManager();
    ads(monitor).ima(manager, { STARTED: 'begun' });
    manager.fire('begun', ad('overlay', false));
    expect(told).toEqual([]);
    manager.fire('begun', ad('a'));
    expect(told).toEqual(['breakStart mid 1 2', 'start a creative-a']);
  });

  it('tells a pause of the viewer in an ad', () => {
    const { monitor } = listen();
    const types: string[] = [];
    Object.assign(monitor, { signal: (type: string) => types.push(type) });
    const manager = createManager();
    ads(monitor).ima(manager);
    for (const type of ['start', 'pause', 'resume', 'complete']) manager.fire(type, ad('a'));
    expect(types).toEqual(['ad', 'ad', 'pause', 'play', 'ad']);
  });
});

/** A video of 60 s, whose playhead a test moves; speaks as browsers do. */
function play(ranges: readonly InsertedAd[], script: readonly (number | string)[]): string[] {
  const { told, monitor } = listen();
  const video = Object.assign(new EventTarget(), { currentTime: 0, playbackRate: 1, duration: 60 });
  const stop = ads(monitor).inserted(ranges, video as unknown as HTMLVideoElement); // As far as used.
  for (const step of script) {
    if (typeof step === 'number') {
      for (; video.currentTime < step; video.currentTime += 0.25)
        video.dispatchEvent(new Event('timeupdate'));
    } else if (step === 'ended') video.dispatchEvent(new Event('ended'));
    else if (step === 'stop') stop();
    else {
      video.currentTime = Number(step.replace('seek ', ''));
      video.dispatchEvent(new Event('seeked'));
    }
  }
  return told;
}

describe('ads.inserted', () => {
  const POD_RANGES = [
    { fromMs: 20_000, toMs: 30_000, id: 'b' },
    { fromMs: 10_000, toMs: 20_000, id: 'a' },
  ];
  const whole = ['quartile 1', 'quartile 2', 'quartile 3', 'complete'];

  it.each<[string, readonly InsertedAd[], readonly (number | string)[], readonly string[]]>([
    [
      'a pod that is played',
      POD_RANGES,
      [35],
      ['breakStart mid 2', 'start a', ...whole, 'start b', ...whole, 'breakEnd'],
    ],
    ['a pod that is jumped over', POD_RANGES, [5, 'seek 40', 45], []],
    [
      'an ad that is left by a seek',
      POD_RANGES,
      [13, 'seek 40', 41],
      ['breakStart mid 2', 'start a', 'quartile 1', 'skip', 'breakEnd'],
    ],
    [
      'an ad that is entered in its middle',
      POD_RANGES.slice(0, 1),
      [1, 'seek 26', 31],
      ['breakStart mid 1', 'start b', 'quartile 3', 'complete', 'breakEnd'],
    ],
    [
      'a pre-roll, and a stop in it',
      [{ fromMs: 0, toMs: 10_000 }],
      [3, 'stop', 12],
      ['breakStart pre 1', 'start', 'quartile 1', 'skip', 'breakEnd'],
    ],
    [
      'a post-roll up to the end',
      [{ fromMs: 50_000, toMs: 60_000, creative: 'c' }],
      [45, 60, 'ended'],
      ['breakStart post 1', 'start c', ...whole, 'breakEnd'],
    ],
    [
      'a pod up to the end, of which the playhead never leaves the last',
      [
        { fromMs: 50_000, toMs: 55_000, id: 'a' },
        { fromMs: 55_000, toMs: 60_200, id: 'b' },
      ],
      [60, 'ended'],
      ['breakStart post 2', 'start a', ...whole, 'start b', ...whole, 'breakEnd'],
    ],
    [
      'an opening pod that is entered in its second ad',
      [
        { fromMs: 0, toMs: 10_000 },
        { fromMs: 10_000, toMs: 20_000, id: 'b' },
      ],
      ['seek 16', 17, 'stop'],
      ['breakStart pre 2', 'start b', 'skip', 'breakEnd'],
    ],
    ['ranges that are none', [{ fromMs: 5_000, toMs: 5_000 }], [9], []],
  ])('tells %s', (_, ranges, script, expected) => {
    expect(play(ranges, script)).toEqual(expected);
  });

  it('enters no ad as long as nothing plays', () => {
    const { told, monitor } = listen();
    const video = Object.assign(new EventTarget(), {
      ...{ currentTime: 12, playbackRate: 1, duration: 60, paused: true },
    });
    const element = video as unknown as HTMLVideoElement; // As far as used.
    const stop = ads(monitor).inserted([{ fromMs: 10_000, toMs: 20_000 }], element);
    video.dispatchEvent(new Event('seeked'));
    expect(told).toEqual([]);
    video.paused = false;
    video.dispatchEvent(new Event('timeupdate'));
    expect(told).toEqual(['breakStart mid 1', 'start']);
    stop();
  });

  it('enters a pre-roll at the first word of its playing, before it could be taken for content', () => {
    const { told, monitor } = listen();
    const video = Object.assign(new EventTarget(), {
      ...{ currentTime: 0, playbackRate: 1, duration: 60, paused: false },
    });
    const element = video as unknown as HTMLVideoElement; // As far as used.
    const stop = ads(monitor).inserted([{ fromMs: 0, toMs: 20_000 }], element);
    video.dispatchEvent(new Event('playing'));
    expect(told).toEqual(['breakStart pre 1', 'start']);
    stop();
  });

  it('leaves an ad as a seek begins, and tells that seek; over a hole it goes on', () => {
    const { monitor } = listen();
    const told: string[] = [];
    Object.assign(monitor, {
      signal: (type: string, facts: object) => told.push([type, ...Object.values(facts)].join(' ')),
    });
    const video = Object.assign(new EventTarget(), {
      ...{ currentTime: 19.8, playbackRate: 1, duration: 60, seeking: false },
    });
    const element = video as unknown as HTMLVideoElement; // As far as used.
    const stop = ads(monitor).inserted(POD_RANGES, element);
    const say = (type: string, at: number) => {
      Object.assign(video, { currentTime: at, seeking: type === 'seeking' });
      video.dispatchEvent(new Event(type));
    };
    say('timeupdate', 19.8);
    say('seeking', 20.1);
    say('seeked', 20.1);
    expect(told).toEqual(['ad mid 2 breakStart', 'ad a start', 'ad complete', 'ad b start']);
    told.length = 0;
    say('seeking', 12);
    expect(told).toEqual(['ad skip', 'ad breakEnd', 'seek user 20100 12000']);
    told.length = 0;
    say('seeked', 12);
    say('seeking', 13);
    say('seeked', 13);
    expect(told).toEqual(['ad mid 2 breakStart', 'ad a start', 'ad quartile 1']);
    stop();
  });

  it('lets go of the video once its monitor is destroyed', () => {
    const { told, monitor } = listen();
    const video = Object.assign(new EventTarget(), { currentTime: 5, duration: 60 });
    const removed = vi.spyOn(video, 'removeEventListener');
    const element = video as unknown as HTMLVideoElement; // As far as used.
    ads(monitor).inserted([{ fromMs: 10_000, toMs: 20_000 }], element);
    Object.assign(monitor, { context: undefined }); // As destroy() leaves it.
    video.dispatchEvent(new Event('timeupdate'));
    expect(removed).toHaveBeenCalledTimes(6);
    video.currentTime = 12;
    video.dispatchEvent(new Event('timeupdate'));
    expect(told).toEqual([]);
  });

  it('looks at a border that comes before the next `timeupdate`', () => {
    vi.useFakeTimers();
    const { told, monitor } = listen();
    const video = Object.assign(new EventTarget(), { currentTime: 9.9, playbackRate: 2 });
    const element = video as unknown as HTMLVideoElement; // As far as used.
    const stop = ads(monitor).inserted([{ fromMs: 10_000, toMs: 10_400 }], element);
    const run = (seconds: number) => {
      video.currentTime += seconds;
      vi.advanceTimersByTime((seconds / 2) * 1000);
    };
    video.dispatchEvent(new Event('timeupdate'));
    run(0.12);
    expect(told).toEqual(['breakStart mid 1', 'start']);
    video.dispatchEvent(new Event('timeupdate'));
    run(0.4);
    expect(told.slice(-2)).toEqual(['complete', 'breakEnd']);
    stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('looks again where the playhead is a frame late at a border, but not while it waits for data', () => {
    vi.useFakeTimers();
    const { told, monitor } = listen();
    const video = Object.assign(new EventTarget(), {
      currentTime: 9.9,
      playbackRate: 1,
      readyState: 4,
    });
    const element = video as unknown as HTMLVideoElement; // As far as used.
    const stop = ads(monitor).inserted([{ fromMs: 10_000, toMs: 20_000 }], element);
    video.dispatchEvent(new Event('timeupdate'));
    video.currentTime = 9.98;
    vi.advanceTimersByTime(100);
    expect(told).toEqual([]);
    video.currentTime = 10.02;
    vi.advanceTimersByTime(40);
    expect(told).toEqual(['breakStart mid 1', 'start']);
    Object.assign(video, { currentTime: 19.95, readyState: 2 });
    video.dispatchEvent(new Event('timeupdate'));
    expect(vi.getTimerCount()).toBe(0);
    stop();
  });
});
