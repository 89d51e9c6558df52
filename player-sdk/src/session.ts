// One monitored player's session: signals in, bodies out at the right moments, and what comes back
// (settings, the server's clock) put to use. It touches neither the page nor the player.
import type { BeaconParcel } from './assembleBeacons.ts';
import type { Losses } from './contract/beacon.ts';
import type { Player } from './contract/context.ts';
import type { Settings } from './contract/refusal.ts';
import type { Signal, SignalFacts, SignalType } from './contract/signal.ts';
import type { ErrorBoundary } from './errorBoundary.ts';
import type { MonitorOptions, ViewFacts } from './options.ts';
import { sizeBytes } from './outbox/parcel.ts';
import type { Platform } from './platform/platform.ts';
import { HEARTBEAT_MS, toStricter } from './platform/settings.ts';
import { createUplink } from './uplink.ts';
import type { View } from './view.ts';
import { createViews } from './views.ts';

export interface SessionOptions {
  readonly player: Player;
  readonly options: MonitorOptions;
  readonly boundary: ErrorBoundary;
}

export interface Session {
  readonly view: string;
  readonly heartbeatMs: () => number;
  start(): void;
  beat(): void;
  report<T extends SignalType>(type: T, facts: SignalFacts[T]): void;
  update(facts: Partial<ViewFacts>): void;
  /** The page may end here: what `report` says, and all that waits, leaves unread. */
  leave(report: () => void): void;
  comeBack(report: () => void): void;
  /** The end: delivers what is left, then calls back. */
  end(done: () => void): void;
}

export function createSession(
  platform: Platform,
  { player, options, boundary }: SessionOptions,
): Session {
  const { key, endpoint, privacy = 'exempt', sampling = 1, optedOut, debug, ...facts } = options;
  const { clock } = platform;
  let settings: Partial<Settings> = {};
  let leaving = false;

  const privacyNow = () => toStricter(privacy, settings.privacy ?? privacy);
  const views = createViews({
    platform,
    player,
    facts,
    privacy: privacyNow,
    sampling: () => Math.min(sampling, settings.sampling ?? 1),
    losses: () => withCaught(uplink.outbox.losses, boundary.caught),
    onUrgent(view) {
      if (!leaving) send(view, true);
    },
  });
  const uplink = createUplink({
    platform,
    endpoint,
    key,
    labels: views.labels,
    onSettings(found) {
      const before = privacyNow();
      settings = found;
      if (privacyNow() !== before) views.revise();
    },
    onClock: () => report('clock', { time: clock.time(), source: clock.source() }),
    onRefusal: (refusal) => boundary.tell({ type: 'refused', refusal }),
  });

  function report<T extends SignalType>(type: T, signal: SignalFacts[T]): void {
    if (type !== 'clock') checkClock(); // Before anything is labelled with a time that is not.
    views.report({ type, at: clock.now(), ...signal } as Signal); // T ties the facts to the type.
  }

  function send(view: View, urgent: boolean): void {
    for (const parcel of take(view, urgent)) uplink.outbox.put(parcel);
  }

  function take(view: View, urgent: boolean): BeaconParcel[] {
    const parcels = view.take(urgent);
    for (const { beacon, body } of parcels) {
      boundary.tell({ type: 'beacon', beacon, sizeBytes: sizeBytes(body) });
    }
    return parcels;
  }

  /** Sleep, or a stepped clock: the time in between was not seen, and the server is asked again. */
  function checkClock(): void {
    const gap = clock.check();
    if (gap === undefined) return;
    report('clock', { time: clock.time(), source: clock.source(), discontinuity: true, ...gap });
    uplink.ask();
  }

  return {
    get view() {
      return views.current.id;
    },
    heartbeatMs: () => settings.heartbeatMs ?? HEARTBEAT_MS.default,
    start() {
      uplink.ask();
      platform.askModel(privacyNow(), (model) =>
        boundary.run(() => views.revise(model), undefined),
      );
    },
    beat() {
      report('tick', {});
      send(views.current, false);
    },
    report,
    update: (next) => views.update(next),
    leave(say) {
      leaving = true;
      say();
      leaving = false;
      uplink.outbox.unload(take(views.current, true));
    },
    comeBack(say) {
      say();
      uplink.outbox.flush();
    },
    end(done) {
      report('detach', { reason: 'left' });
      uplink.drain(done);
    },
  };
}

function withCaught(losses: Losses, caught: number): Losses {
  return caught === 0 ? losses : { ...losses, internal: (losses.internal ?? 0) + caught };
}
