// What each privacy mode sends, and what a changed mind does to what waits.
import { describe, expect, it } from 'vitest';
import { createFakeTimers } from '../test/fakeTimers.ts';
import type { Context, PrivacyMode } from './contract/context.ts';
import { LIMITS } from './contract/limits.ts';
import { readBeacon } from './contract/schema/readBeacon.ts';
import { decodeSlice } from './contract/slice.ts';
import type { Store } from './contract/store.ts';
import { createErrorBoundary } from './errorBoundary.ts';
import { FROZEN_MS } from './meter/time.ts';
import type { MonitorOptions } from './options.ts';
import { HEARTBEAT_JITTER } from './outbox/heartbeat.ts';
import { createClock } from './platform/clock.ts';
import type { Platform } from './platform/platform.ts';
import { HEARTBEAT_MS } from './platform/settings.ts';
import { toViewId } from './platform/viewId.ts';
import { createSession } from './session.ts';

const WALL = 1_783_166_403_210;
const SECRETS = /viewer-7|secret|\?|Pixel|412|"fr"/;

interface World {
  readonly refused?: boolean;
  readonly settings?: object;
  /** What each question for them in turn is answered; 200 beyond. */
  readonly settingsStatuses?: readonly number[];
  /** What each body in turn is answered; 200 beyond. */
  readonly statuses?: readonly number[];
  /** How long each body's answer took in turn, ms; 20 beyond. */
  readonly rttMs?: readonly number[];
  /** The same of the settings; 20 if absent. */
  readonly settingsRttMs?: number;
  /** No request is answered. */
  readonly silent?: boolean;
  /** What an earlier page stored. */
  readonly left?: readonly string[];
  /** The store itself, for who wants to see in. */
  readonly stored?: string[];
}

function start(options: Partial<MonitorOptions> = {}, world: World = {}) {
  const timers = createFakeTimers();
  const bodies: string[] = [];
  const asked: string[] = [];
  const answered: number[] = [];
  const { stored = [] } = world;
  const left = [...(world.left ?? [])];
  let ids = 0;
  let cut = false;
  let steppedMs = 0;
  let sleptMs = 0;
  const trueTime = () => WALL + timers.now() + sleptMs;
  const wall = () => trueTime() + steppedMs;
  const answer = (said: object) => ({
    status: 200,
    body: JSON.stringify({ time: trueTime(), ...said }),
    rttMs: 20,
  });
  const platform: Platform = {
    clock: createClock({ now: timers.now, wall }),
    wall,
    random() {
      if (cut) throw new Error('cut off');
      return 0.5;
    },
    viewId: () => toViewId(WALL, (bytes) => bytes.fill(++ids)),
    timers,
    transport: {
      get(url, done) {
        const status = world.settingsStatuses?.[asked.length] ?? 200;
        asked.push(url);
        const rttMs = world.settingsRttMs ?? 20;
        timers.after(20, () => done({ ...answer(world.settings ?? {}), status, rttMs }));
        return () => undefined;
      },
      post(url, body, done) {
        const skewMs = Number(new URL(url, 'http://x').searchParams.get('s')) - trueTime();
        const taken = Math.abs(skewMs) > LIMITS.clockSkewMs ? 409 : 200;
        const status = world.statuses?.[bodies.length] ?? taken;
        const rttMs = world.rttMs?.[bodies.length] ?? 20;
        bodies.push(body);
        answered.push(status);
        if (!world.silent) timers.after(20, () => done({ ...answer({}), status, rttMs }));
        return () => undefined;
      },
      leave(_, body) {
        bodies.push(body);
        return true;
      },
    },
    watchPage: () => () => undefined,
    isHidden: () => false,
    readBrowser: () => ({
      page: {
        origin: 'https://tv.example',
        path: '/watch?q=secret',
        title: 'Watch',
        referrer: 'https://a.example/secret',
      },
      device: {
        platform: 'Android',
        mobile: true,
        screenWidth: 412,
        screenHeight: 915,
        pixelRatio: 2,
        language: 'fr',
      },
      connection: undefined,
    }),
    askModel: (onModel) => onModel('Pixel'),
    isTrackingRefused: () => world.refused === true,
  };
  const store: Store = {
    put: (rows) => stored.push(...rows.map(({ body }) => body)),
    take(done) {
      const rows = left.splice(0).map((body, i) => ({ id: [i, 0] as const, body, rows: 1 }));
      timers.after(1, () => done(rows));
    },
    drop: () => undefined,
    revise(change) {
      const kept = stored.map(change).filter((body) => body !== undefined);
      stored.splice(0, stored.length, ...kept);
    },
    erase: () => stored.splice(0),
    close: () => undefined,
  };
  const session = createSession(platform, {
    player: { name: 'p', adapter: 'test' },
    boundary: createErrorBoundary({}),
    options: {
      key: 'k',
      endpoint: '/feed',
      asset: { id: 'film' },
      viewer: { id: 'viewer-7' },
      offline: () => store,
      ...options,
    },
  });
  session.start();
  timers.advance(500);
  return {
    session,
    timers,
    asked,
    answered,
    stored,
    bodies,
    /** What runs for long is ended in its midst, as Firefox does when it closes a tab. */
    cutOff(cuts: boolean) {
      cut = cuts;
    },
    /** The device's clock is set. */
    step(ms: number) {
      steppedMs += ms;
    },
    /** The device sleeps: its monotonic clock stands still. */
    sleep(ms: number) {
      sleptMs += ms;
    },
    request() {
      session.report('request', { by: 'play' });
      timers.advance(500);
    },
    beat() {
      for (let ms = 0; ms < 12_000; ms += 1_000) {
        timers.advance(1_000);
        session.report('tick', {});
      }
      timers.advance(500);
    },
    contexts: (from = 0): Context[] =>
      bodies
        .slice(from)
        .flatMap((body) => JSON.parse(body))
        .map((sent) => {
          expect(readBeacon(sent).issues).toEqual([]);
          return sent.ctx;
        }),
  };
}

const WARNING = {
  fatal: false,
  business: false,
  category: 'network',
  code: 'x',
  message: 'once more',
} as const;

describe('createSession', () => {
  const device = { platform: 'Android', mobile: true };
  const origin = 'https://tv.example';
  it.each<[PrivacyMode | undefined, Partial<Context>]>([
    [undefined, { privacy: 'none', page: { origin }, device }],
    ['none', { privacy: 'none', page: { origin }, device }],
    ['exempt', { privacy: 'exempt', page: { origin, path: '/watch', title: 'Watch' }, device }],
    [
      'consented',
      {
        privacy: 'consented',
        viewer: { id: 'viewer-7' },
        page: {
          origin,
          path: '/watch?q=secret',
          title: 'Watch',
          referrer: 'https://a.example/secret',
        },
        device: {
          ...device,
          model: 'Pixel',
          screenWidth: 412,
          screenHeight: 915,
          pixelRatio: 2,
          language: 'fr',
        },
      },
    ],
  ])('sends in the mode %s what it allows', (privacy, expected) => {
    const s = start(privacy && { privacy });
    s.request();
    const ctx = s.contexts().at(-1);
    expect(ctx).toEqual({
      rev: ctx?.rev,
      asset: { id: 'film' },
      player: { name: 'p', adapter: 'test' },
      weight: 1,
      ...expected,
    });
    if (privacy !== 'consented') expect(s.bodies.join()).not.toMatch(SECRETS);
  });

  it.each<[PrivacyMode, boolean]>([
    ['none', true],
    ['exempt', false],
    ['consented', true],
  ])('of a browser that objects, in the mode %s, sends anything: %s', (privacy, sends) => {
    const s = start({ privacy }, { refused: true });
    s.request();
    s.session.follow('hidden');
    expect([s.bodies.length > 0, s.asked.length > 0]).toEqual([sends, sends]);
    expect(s.stored.length > 0).toBe(privacy === 'consented');
  });

  it('sends at the next event what a browser cut it off from sending', () => {
    const s = start();
    s.request();
    const before = s.bodies.length;
    s.cutOff(true);
    expect(() => s.session.follow('left')).toThrow('cut off');
    s.cutOff(false);
    expect(s.bodies.slice(before)).toEqual([]);
    s.session.follow('hidden');
    expect(s.bodies.slice(before).join()).toContain('"type":"exit"');
  });

  it('begins to tell when consent outranks the browser, and nothing of before', () => {
    const s = start({ privacy: 'exempt' }, { refused: true });
    s.request();
    expect(s.session.view()).toBe(''); // Nothing is measured.
    s.session.consent('consented');
    s.request();
    expect(s.asked).toHaveLength(1);
    expect(s.bodies.length).toBeGreaterThan(0);
    const requests = s.bodies.join().match(/"type":"requested"/g);
    expect(requests).toHaveLength(1);
    expect(s.bodies.join()).toContain(s.session.view());
  });

  it('sends nothing of what waits once the browser’s objection counts', () => {
    const s = start({ privacy: 'none' }, { refused: true, statuses: [503, 503] });
    s.request();
    const sent = s.bodies.length;
    s.session.consent('exempt');
    s.timers.advance(120_000);
    expect(s.bodies.slice(sent)).toEqual([]);
  });

  it('empties the store of what an earlier visit left, where the browser’s objection counts from now on', () => {
    const s = start({ privacy: 'none' }, { refused: true, stored: ['of an earlier visit'] });
    s.request();
    s.session.consent('exempt');
    expect(s.stored).toEqual([]);
  });

  it('sends nothing of what waits once the browser objects in mid-view', () => {
    const statuses = Array.from({ length: 50 }, () => 503);
    const world = { refused: false, statuses };
    const s = start({ privacy: 'exempt' }, world);
    s.request();
    const sent = s.bodies.length;
    expect(sent).toBeGreaterThan(0);
    world.refused = true;
    s.session.follow('hidden');
    s.timers.advance(120_000);
    expect(s.bodies.slice(sent)).toEqual([]);
  });

  it('falls silent when consent is withdrawn from a browser that objects', () => {
    const statuses = Array.from({ length: 50 }, () => 503);
    const s = start({ privacy: 'consented' }, { refused: true, statuses });
    s.request();
    expect(s.stored.length).toBeGreaterThan(0);
    s.session.consent('exempt');
    expect(s.stored).toEqual([]);
    const sent = s.bodies.length;
    s.timers.advance(60_000);
    s.beat();
    s.session.follow('hidden');
    expect(s.bodies.slice(sent)).toEqual([]);
  });

  it('takes a mode that is none for the strictest, at the start and under way', () => {
    const s = start({ privacy: 'Consented' as never }, { silent: true });
    s.request();
    s.session.consent('yes' as never);
    s.beat();
    s.session.follow('hidden');
    s.timers.advance(60_000);
    expect(new Set(s.contexts().map(({ privacy }) => privacy))).toEqual(new Set(['none']));
    expect(s.bodies.join()).not.toContain('/watch');
    expect(s.stored).toEqual([]);
  });

  it('takes consent under way: another revision of the same view', () => {
    const s = start({});
    s.request();
    const { length } = s.bodies;
    s.session.consent('consented');
    s.beat();
    const after = s.contexts(length);
    expect(after.at(-1)).toMatchObject({ privacy: 'consented', viewer: { id: 'viewer-7' } });
    expect(s.bodies.slice(0, length).join()).not.toMatch(SECRETS);
  });

  it('sends of what was stored with consent only what a visit without it allows', () => {
    const before = start({ privacy: 'consented' }, { silent: true });
    before.request();
    before.session.follow('hidden');
    expect(before.stored.join()).toMatch(SECRETS);
    const after = start({ privacy: 'exempt' }, { left: before.stored });
    after.timers.advance(1_000);
    expect(after.bodies.join()).toContain(before.session.view());
    expect(after.bodies.join()).not.toMatch(SECRETS);
  });

  it.each<[PrivacyMode, boolean]>([
    ['exempt', true],
    ['none', false],
  ])('withdrawn to %s, strips what waits in memory and in the store', (mode, keeps) => {
    const s = start({ privacy: 'consented' }, { silent: true });
    s.request();
    expect(s.bodies.join()).toContain('viewer-7');
    s.session.follow('hidden');
    expect(s.stored.join()).toMatch(SECRETS);
    const sent = s.bodies.length;
    s.session.report('error', {
      fatal: true,
      business: false,
      category: 'network',
      code: 'x',
      message: 'no https://me:secret@cdn.example/a.ts?token=secret#secret! nor b.ts?token=secret',
    });
    s.session.consent(mode);
    s.beat();
    s.session.follow('hidden');
    s.timers.advance(60_000);
    expect(s.contexts(sent).length).toBeGreaterThan(0);
    expect(s.bodies.slice(sent).join()).not.toMatch(SECRETS);
    expect(s.bodies.slice(sent).join()).toContain('https://cdn.example/a.ts');
    expect(s.stored.length > 0).toBe(keeps);
    expect(s.stored.join()).not.toMatch(SECRETS);
  });

  it('lets the settings tighten what waits, and consent not loosen them', () => {
    const s = start({ privacy: 'consented' }, { settings: { privacy: 'none' } });
    s.session.consent('consented');
    s.request();
    expect(s.bodies.join()).not.toMatch(SECRETS);
    expect(s.stored).toEqual([]);
  });

  it('asks again for settings that did not come, with the next body that is accepted', () => {
    const settings = { privacy: 'none' };
    const s = start({ privacy: 'consented' }, { settings, settingsStatuses: [503, 0] });
    expect(s.asked).toHaveLength(1);
    s.request();
    s.beat();
    expect(s.asked.length).toBeGreaterThan(2);
    const sent = s.bodies.length;
    const asked = s.asked.length;
    for (let beats = 0; beats < 3; beats += 1) {
      s.session.report('error', WARNING);
      s.beat();
    }
    expect(s.contexts(sent).length).toBeGreaterThan(0);
    expect(s.bodies.slice(sent).join()).not.toMatch(SECRETS);
    expect(s.asked).toHaveLength(asked);
  });

  it.each<[PrivacyMode, boolean]>([
    ['none', false],
    ['exempt', true],
  ])('empties the store of an earlier visit when consent is refused in %s', (privacy, refused) => {
    const stored = ['{"of":"an earlier visit"}'];
    const s = start({ privacy }, { refused, stored });
    s.session.consent('none');
    expect(stored).toEqual([]);
  });

  it('moves nothing of an earlier view by a clock that was set since', () => {
    const s = start({}, { settingsStatuses: [503], statuses: [429] });
    s.session.report('request', { by: 'play' });
    const first = s.session.view();
    s.timers.advance(100);
    s.session.report('source', {});
    s.session.report('request', { by: 'play' });
    s.step(600_000);
    s.session.report('tick', {});
    s.timers.advance(5_000);
    s.session.follow('hidden');
    const beacons = s.bodies.slice(1).flatMap((body) => JSON.parse(body));
    const earlier = beacons.filter(({ view }) => view === first);
    const rows = earlier.flatMap((beacon) => beacon.slices ?? []).map(decodeSlice);
    expect(rows.length).toBeGreaterThan(1);
    for (const { start } of rows) expect(Math.abs(start - WALL)).toBeLessThan(1_000);
  });

  it('moves nothing made before the request by a clock that was set since', () => {
    const s = start({}, { settingsStatuses: [503] });
    s.session.report('ready', { sinceCreatedMs: 40 });
    s.step(600_000);
    s.session.report('tick', {});
    s.timers.advance(500);
    s.request();
    const events = s.bodies.flatMap((body) => JSON.parse(body).events ?? []);
    const ready = events.find(({ type }) => type === 'playerReady');
    expect(Math.abs(ready.at - WALL)).toBeLessThan(1_000);
  });

  it('delivers what is left of a view, though the device slept since', () => {
    const s = start({}, { statuses: [503, 503] });
    s.request();
    let isOver = false;
    s.session.end(() => {
      isOver = true;
    });
    s.sleep(600_000);
    s.timers.advance(10_000);
    expect(isOver).toBe(true);
    expect(s.answered.at(-1)).toBe(200);
  });

  it('makes no revision of a context that says nothing new', () => {
    const s = start();
    s.request();
    const { rev } = s.session.context();
    s.session.update({});
    s.session.update({ asset: { id: 'film' } });
    expect(s.session.context().rev).toBe(rev);
    s.session.update({ asset: { id: 'film', title: 'The film' } });
    expect(s.session.context().rev).toBe(rev + 1);
  });

  it('forgets all at optOut(), and sends nothing more', () => {
    const s = start({ privacy: 'consented' }, { silent: true });
    s.request();
    s.session.follow('hidden');
    const sent = s.bodies.length;
    s.session.optOut();
    expect(s.stored).toEqual([]);
    s.beat();
    s.session.follow('hidden');
    s.session.consent('consented');
    s.timers.advance(600_000);
    expect(s.bodies.length).toBe(sent);
    expect(s.stored).toEqual([]);
    expect(s.timers.size()).toBe(0);
  });

  it.each([
    ['none', false],
    ['exempt', true],
  ] as const)('empties the store at optOut() in %s, too', (privacy, refused) => {
    const stored = ['{"of":"an earlier visit"}'];
    const s = start({ privacy }, { refused, stored });
    s.session.optOut();
    expect(stored).toEqual([]);
  });

  it.each([0, 10, 250, 501, 1_900, 10_400, 19_990])(
    'delivers and lets go of everything when it is ended after %i ms',
    (ms) => {
      for (const silent of [false, true]) {
        const s = start({ privacy: 'exempt' }, { silent });
        s.session.report('request', { by: 'play' });
        s.timers.advance(ms);
        let ended = false;
        s.session.end(() => {
          ended = true;
        });
        s.timers.advance(60_000);
        expect(ended).toBe(true);
        expect(s.timers.size()).toBe(0);
        const sent = s.bodies.length;
        s.session.follow('hidden');
        expect(s.bodies.length).toBe(sent);
      }
    },
  );

  it('lets a slice that was just closed become final, and tells it once', () => {
    const s = start();
    // The request is urgent: the next beat is 10 s later, half a second after a cell's end.
    const toCell = 10_000 - ((WALL + s.timers.now()) % 10_000);
    s.timers.advance((toCell + 500) % 10_000);
    s.request();
    const sent = s.bodies.length;
    s.timers.advance(9_600);
    expect(s.bodies.length).toBe(sent);
    s.timers.advance(1_000);
    const slices = s.bodies.slice(sent).flatMap((body) => JSON.parse(body).slices);
    expect(slices).toHaveLength(1);
    expect(decodeSlice(slices[0])).toMatchObject({ k: 0, open: 0 });
  });

  it('tells an event that changed before it left as it is by then, once', () => {
    const s = start();
    s.request();
    const look = { duration: 60, paused: false, seeking: false, ended: false, readyState: 4 };
    const play = (ms: number, from: number) => {
      for (let played = 0; played < ms; played += 250) {
        s.timers.advance(250);
        s.session.report('sample', { ...look, position: from + played / 1000, rate: 1 });
      }
    };
    play(2_000, 0);
    const sent = s.bodies.length;
    s.session.report('pause', { by: 'user' });
    s.timers.advance(1_000);
    s.session.report('play', { by: 'user' });
    play(2_000, 2);
    s.beat();
    const events = s.bodies.slice(sent).flatMap((body) => JSON.parse(body).events ?? []);
    expect(events.filter(({ type }) => type === 'pause')).toMatchObject([
      { rev: 1, durationMs: expect.any(Number) },
    ]);
  });

  it('cuts no slice for a correction by some milliseconds', () => {
    const s = start({}, { rttMs: [14, 6] });
    s.request();
    for (let beats = 0; beats < 4; beats += 1) s.beat();
    const slices = s.bodies
      .flatMap((body) => JSON.parse(body).slices ?? [])
      .map(decodeSlice)
      .filter(({ open }) => !open);
    expect(slices.length).toBeGreaterThan(3);
    expect(slices.filter(({ durationMs }) => durationMs < 100)).toEqual([]);
  });

  it('tells the meter of corrections that add up', () => {
    const rttMs = Array.from({ length: 20 }, (_, i) => 762 - 38 * i); // Each makes 19 ms.
    const s = start({}, { settingsRttMs: 800, rttMs });
    s.request();
    for (let beats = 0; beats < 20; beats += 1) s.beat();
    s.session.report('error', { code: 'last', fatal: true, category: 'unknown' });
    const events = s.bodies.flatMap((body) => JSON.parse(body).events ?? []);
    const last = events.find(({ code }) => code === 'last');
    expect(Math.abs(last.at - (WALL + s.timers.now()))).toBeLessThanOrEqual(40);
  });

  it('counts what was lost with the view that was on', () => {
    const s = start({}, { statuses: [400] });
    s.request();
    s.beat();
    s.session.report('source', {});
    s.request();
    s.beat();
    const losses = new Map(
      s.bodies
        .slice(1)
        .flatMap((body) => JSON.parse(body))
        .map(({ view, lost }) => [view, lost]),
    );
    expect([...losses.values()]).toEqual([{ refused: expect.any(Number) }, undefined]);
  });
});

it('takes no silence between two heartbeats for sleep: in an ad they may be all there is', () => {
  expect(HEARTBEAT_MS.most * (1 + HEARTBEAT_JITTER)).toBeLessThan(FROZEN_MS);
});
