// The wiring of one monitored player, read like the diagram: adapter → meter → bodies → outbox, with
// the heartbeat and the page's life beside it. It says when; what is measured is not its affair.
import type { Adapter } from './adapters/adapter.ts';
import { createErrorBoundary, type ErrorBoundary } from './errorBoundary.ts';
import { followPage } from './followPage.ts';
import type { Monitor, MonitorOptions } from './options.ts';
import { startHeartbeat } from './outbox/heartbeat.ts';
import { reportPageEvent, reportRequest } from './pageEvents.ts';
import { createPlatform, type Platform } from './platform/platform.ts';
import { createSession } from './session.ts';

/** Starts to measure a player: `monitor(html5(video), { key, endpoint, asset })`. Never throws. */
export function monitor(adapter: Adapter, options: MonitorOptions): Monitor {
  const boundary = createErrorBoundary(options?.debug);
  return boundary.run(() => wire(createPlatform(), { adapter, options, boundary }), INERT);
}

export interface Wired {
  readonly adapter: Adapter;
  readonly options: MonitorOptions;
  readonly boundary: ErrorBoundary;
}

/** The same on a platform that is handed in. */
export function wire(platform: Platform, { adapter, options, boundary }: Wired): Monitor {
  if (isOptedOut(platform, options)) return INERT;
  const { clock, random } = platform;
  let alive = true;
  const guard = (act: () => void) => boundary.run(act, undefined);
  const whileAlive = (act: () => void) => {
    if (alive) guard(act);
  };
  const timers = {
    after: (ms: number, act: () => void) => platform.timers.after(ms, () => guard(act)),
  };
  const session = createSession(
    { ...platform, timers },
    { player: adapter.player, options, boundary },
  );

  session.start();
  const unwatch = platform.watchPage((state) => guard(() => followPage(session, state)));
  const releases = [
    startHeartbeat({ timers, random, everyMs: session.heartbeatMs, onBeat: session.beat }),
    adapter.attach({
      now: clock.now,
      emit: (type, facts) => guard(() => session.report(type, facts)),
      // What the page says outranks what the player says.
      describe: ({ drm, player }) =>
        guard(() =>
          session.update({
            ...(drm && { drm: options.drm ?? drm }),
            ...(player && { player: { ...player, ...options.player } }),
          }),
        ),
      failed: boundary.failed,
    }),
  ];

  return {
    get view() {
      return session.view;
    },
    update: (facts) => whileAlive(() => session.update(facts)),
    event: (event) => whileAlive(() => reportPageEvent(session, event)),
    request: (playing) => whileAlive(() => reportRequest(session, playing)),
    destroy() {
      for (const release of releases.splice(0)) guard(release);
      whileAlive(() => session.end(unwatch));
      alive = false;
    },
  };
}

/** The viewer objects; or the browser does in general, which a consent given here outranks. */
function isOptedOut(platform: Platform, { optedOut, privacy = 'exempt' }: MonitorOptions): boolean {
  return optedOut ?? (privacy === 'exempt' && platform.isTrackingRefused());
}

/** Measures nothing, sends nothing. */
const INERT: Monitor = {
  view: '',
  update() {},
  event() {},
  request() {},
  destroy() {},
};
