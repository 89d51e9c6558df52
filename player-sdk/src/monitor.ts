// The wiring of one monitored player, read like the diagram: adapter → meter → bodies → outbox, with
// the heartbeat and the page's life beside it. It says when; what is measured is not its affair.
import type { Adapter, Port } from './adapters/adapter.ts';
import { claim } from './claim.ts';
import type { SignalFacts } from './contract/signal.ts';
import type { Timers } from './contract/transport.ts';
import { createErrorBoundary, type ErrorBoundary } from './errorBoundary.ts';
import type { Monitor, MonitorOptions } from './options.ts';
import { reportError, reportRequest } from './pageEvents.ts';
import { createPlatform, type Platform } from './platform/platform.ts';
import { createSession } from './session.ts';

/** By then, content that goes on after an ad has been told to. */
const AFTER_AD_MS = 250;

/** Starts to measure a player: `monitor(html5(video), { key, endpoint, asset })`. Never throws. */
export function monitor(adapter: Adapter, options: MonitorOptions): Monitor {
  const boundary = createErrorBoundary(options);
  return boundary.run(() => {
    demand(adapter, options);
    if (typeof window === 'undefined') return INERT; // On a server that renders pages.
    return wire(createPlatform(), { adapter, options, boundary });
  }, INERT);
}

/** What untyped pages leave out or get wrong is named in debug mode, not where it would hurt. */
function demand(adapter: Adapter, { key, endpoint, asset }: MonitorOptions): void {
  const id: unknown = asset && asset.id;
  const missing = [
    !(adapter && adapter.attach) && 'an adapter, as html5(video) gives',
    !key && 'key',
    !/^(https?:\/)?\//.test(endpoint) && 'endpoint (https://… or /…)',
    !(id && /^[sn]/.test(typeof id)) && 'asset.id (text)',
  ].filter((one) => one);
  if (missing.length) throw new Error(`option_missing: monitor() needs ${missing.join(', ')}`);
}

export interface Wired {
  readonly adapter: Adapter;
  readonly options: MonitorOptions;
  readonly boundary: ErrorBoundary;
}

/** The same on a platform that is handed in. */
export function wire(platform: Platform, { adapter, options, boundary }: Wired): Monitor {
  const { clock } = platform;
  let alive = true;
  const { guard } = boundary;
  const whileAlive = guard((act: () => void) => {
    if (alive) act();
  });
  const timers: Timers = { after: (ms, act) => platform.timers.after(ms, guard(act)) };
  const session = createSession(Object.assign({}, platform, { timers }), {
    player: adapter.player,
    options,
    boundary,
  });
  if (options.optedOut) {
    session.optOut(); // What an earlier visit left goes, too.
    return INERT;
  }

  session.start();
  const unwatch = platform.watchPage(
    guard((state) => {
      if (state !== 'resumed') port.look(); // What was played up to now was played before it.
      session.follow(state);
    }),
  );
  const signal: Monitor['signal'] = (type, facts) =>
    whileAlive(() => {
      if (type === 'ad' || type === 'error') port.look(); // What was played up to now is on this side of it.
      session.report(type, facts);
      // Content that stays paused after its break says no word of it.
      if (type === 'ad') timers.after(AFTER_AD_MS, () => port.look());
    });
  /** What the page knows better of an error of the player's; nothing where it throws. */
  const mapError = guard((facts: object) => {
    if (options.mapError) return options.mapError(facts as SignalFacts['error']); // So it is called.
  });
  const port: Port & { look(): void } = {
    now: clock.now,
    emit: (type, facts) =>
      signal(type, type === 'error' ? Object.assign({}, facts, mapError(facts)) : facts),
    // What the page says outranks what the player says.
    drm: guard((system) => session.update({ drm: options.drm || system })),
    inAdBreak: session.inAdBreak,
    claim: (media) => claim(media, `${options.endpoint} ${options.key}`, replaced),
    failed: boundary.failed,
    look() {},
  };
  const releases: (() => void)[] = [];
  guard(() => releases.push(adapter.attach(port)))(); // Where it throws, the page's own reports remain.

  /** Lets go of the player at once. */
  function release(): void {
    for (const each of releases.splice(0)) guard(each)();
  }

  function destroy(): void {
    release();
    whileAlive(() => {
      alive = false; // First: the page hears of what it sends, and may call again.
      session.end(unwatch);
    });
  }

  function replaced(): void {
    destroy();
    boundary.tell({ type: 'failed', error: new Error('monitored_twice: this one has ended') });
  }

  return {
    get view() {
      return session.view();
    },
    get context() {
      return alive ? session.context() : undefined;
    },
    update: (facts) =>
      whileAlive(() => {
        port.look(); // What was played up to now is the content's before.
        session.update(facts);
      }),
    signal,
    error: (facts) => whileAlive(() => reportError(signal, facts)),
    request: (playing) => whileAlive(() => reportRequest(signal, playing)),
    consent: guard(session.consent), // Even long after the end: something may wait, or be stored.
    optOut() {
      alive = false; // First: what the player says as it is let go of is not told.
      release();
      guard(() => {
        unwatch();
        session.optOut(); // What is stored goes even long after the end.
      })();
    },
    destroy,
  };
}

/** Measures nothing, sends nothing. */
const INERT: Monitor = {
  view: '',
  context: undefined,
  update() {},
  signal() {},
  error() {},
  request() {},
  consent() {},
  optOut() {},
  destroy() {},
};
