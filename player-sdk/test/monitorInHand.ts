// A monitor whose time, page, network and player a test holds in its hands.
import type { Port } from '../src/adapters/adapter.ts';
import { type Beacon, decodeBeacon, type WireBeacon } from '../src/contract/beacon.ts';
import type { Sample } from '../src/contract/signal.ts';
import type { Answer } from '../src/contract/transport.ts';
import { createErrorBoundary } from '../src/errorBoundary.ts';
import { wire } from '../src/monitor.ts';
import type { DebugMessage, MonitorOptions } from '../src/options.ts';
import { createClock } from '../src/platform/clock.ts';
import type { PageState } from '../src/platform/pageLife.ts';
import type { Platform } from '../src/platform/platform.ts';
import { toViewId } from '../src/platform/viewId.ts';
import { createFakeTimers } from './fakeTimers.ts';
import { createScriptedPlayer } from './scriptedPlayer.ts';

export const WALL = 1_783_166_403_210;
export const OPTIONS: MonitorOptions = { key: 'k', endpoint: '/feed/', asset: { id: 'film' } };

const BROWSER: ReturnType<Platform['readBrowser']> = {
  page: { origin: 'https://page.example', path: '/', title: undefined, referrer: undefined },
  device: {
    platform: undefined,
    mobile: undefined,
    screenWidth: 1,
    screenHeight: 1,
    pixelRatio: 1,
    language: 'fr',
  },
  connection: undefined,
};

export interface World {
  settings?: object;
  /** The device's clock, before the true time, ms. */
  aheadMs?: number;
  refused?: boolean;
  hidden?: boolean;
  /** What answers a body in the collector's place. */
  answers?: () => Partial<Answer>;
  /** Called when the player is attached. */
  attach?: (port: Port) => void;
  /** Called when it is let go of. */
  detach?: () => void;
  /** Carries bodies in the test's place. */
  transport?: Platform['transport'];
  /** The page's own listener of the debug mode. */
  hear?: (message: DebugMessage) => void;
}

export function start(options: Partial<MonitorOptions> = {}, world: World = {}) {
  const timers = createFakeTimers();
  const sent: { url: string; beacon: Beacon; unread: boolean }[] = [];
  const asked: string[] = [];
  const told: DebugMessage[] = [];
  let sleptMs = 0;
  let frozenMs = 0;
  let onPage: ((state: PageState) => void) | undefined;
  let ids = 0;
  const now = () => timers.now() + frozenMs;
  const truly = () => WALL + now() + sleptMs;
  const wall = () => truly() + (world.aheadMs ?? 0);
  const take = (url: string, body: string, unread: boolean) => {
    const wires = [JSON.parse(body)].flat() as WireBeacon[]; // What the SDK just wrote.
    for (const each of wires) sent.push({ url, beacon: decodeBeacon(each), unread });
  };
  const answer = (body: object): Answer => ({
    status: 200,
    body: JSON.stringify({ time: truly(), ...body }),
    rttMs: 20,
  });
  const platform: Platform = {
    clock: createClock({ now, wall }),
    wall,
    random: () => 0.5,
    viewId: () => toViewId(WALL, (bytes) => bytes.fill(++ids)),
    timers,
    transport: world.transport ?? {
      get(url, done) {
        asked.push(url);
        const { settings } = world;
        return settings ? timers.after(20, () => done(answer(settings))) : () => undefined;
      },
      post(url, body, done) {
        take(url, body, false);
        const given = { ...answer({ accepted: 1, rejected: 0 }), ...world.answers?.() };
        timers.after(20, () => done(given));
        return () => undefined;
      },
      leave(url, body) {
        take(url, body, true);
        return true;
      },
    },
    watchPage(listener) {
      onPage = listener;
      return () => {
        onPage = undefined;
      };
    },
    isHidden: () => world.hidden === true,
    readBrowser: () => ({ ...BROWSER, device: { ...BROWSER.device } }),
    askModel: () => {},
    isTrackingRefused: () => world.refused === true,
  };
  const { adapter, detached, emit, port, ...player } = createScriptedPlayer(
    (given) => world.attach?.(given),
    () => world.detach?.(),
  );
  const boundary = createErrorBoundary({
    debug(message) {
      told.push(message);
      world.hear?.(message);
    },
  });
  const view = wire(platform, { adapter, options: { ...OPTIONS, ...options }, boundary });
  let position = 0;
  const sample = (change: Partial<Sample> = {}) => player.sample(position, change);
  return {
    view,
    sent,
    asked,
    told,
    timers,
    boundary,
    emit,
    sample,
    page: (state: PageState) => onPage?.(state),
    isWatchingPage: () => onPage !== undefined,
    /** Where the playhead is, when the monitor asks. */
    lookAt(at: number) {
      position = at;
      const attached = port();
      if (attached) attached.look = () => sample();
    },
    detached,
    sleep: (ms: number) => {
      sleptMs += ms;
    },
    /** Time passes and no timer fires, as in a tab that was put aside. */
    freeze: (ms: number) => {
      frozenMs += ms;
    },
    begin() {
      emit('request', { by: 'play' });
      sample();
    },
    play(ms: number) {
      for (let left = ms; left > 0; left -= 250) {
        timers.advance(250);
        position += 250;
        sample();
      }
    },
    types: () => sent.flatMap(({ beacon }) => beacon.events.map(({ type }) => type)),
  };
}

/** A store that only writes down what is asked of it. */
export function recordStore() {
  const done: string[] = [];
  const offline = () => ({
    put: () => done.push('put'),
    take: () => done.push('take'),
    drop: () => done.push('drop'),
    revise: () => done.push('revise'),
    erase: () => done.push('erase'),
    close: () => done.push('close'),
  });
  return { done, offline };
}
