// One monitored player's session: signals in, bodies out at the right moments, and what comes back
// (settings, the server's clock) put to use. It touches neither the page nor the player.
import type { BeaconParcel } from './assembleBeacons.ts';
import type { Losses } from './contract/beacon.ts';
import type { Context, Player, PrivacyMode } from './contract/context.ts';
import type { Settings } from './contract/refusal.ts';
import type { Signal, SignalFacts, SignalType } from './contract/signal.ts';
import { sizeBytes } from './contract/sizeBytes.ts';
import type { ErrorBoundary } from './errorBoundary.ts';
import type { Labels } from './labels.ts';
import type { MonitorOptions, ViewFacts } from './options.ts';
import { type Heartbeat, startHeartbeat } from './outbox/heartbeat.ts';
import type { PageState } from './platform/pageLife.ts';
import type { Platform } from './platform/platform.ts';
import { HEARTBEAT_MS } from './platform/settings.ts';
import { toCleanText, toPermittedBody, toStricter } from './privacy.ts';
import { createUplink, type Uplink } from './uplink.ts';
import type { View } from './view.ts';
import { createViews, type Views } from './views.ts';

export interface SessionOptions {
  readonly player: Player;
  readonly options: MonitorOptions;
  readonly boundary: ErrorBoundary;
}

export interface Session {
  readonly view: () => string;
  readonly context: () => Context;
  readonly inAdBreak: () => boolean;
  start(): void;
  report<T extends SignalType>(type: T, facts: SignalFacts[T]): void;
  update(facts: Partial<ViewFacts>): void;
  /** The page's mode from here on; the settings may still tighten it. */
  consent(mode: PrivacyMode): void;
  /** Forgets all that waits, in memory and stored, and sends nothing more. */
  optOut(): void;
  /** The page's life: hidden may be the end, so all leaves unread; back means on. */
  follow(state: PageState): void;
  /** The end: delivers what is left, then calls back. */
  end(done: () => void): void;
}

type HeldSettings = Pick<Settings, 'heartbeatMs' | 'privacy' | 'sampling'>;

/** Until the collector says otherwise. */
const UNSAID: HeldSettings = {
  heartbeatMs: HEARTBEAT_MS.default,
  privacy: 'consented',
  sampling: 1,
};

export function createSession(
  platform: Platform,
  { player, options, boundary }: SessionOptions,
): Session {
  const { key, endpoint, offline } = options;
  const share = parseFloat(`${options.sampling}`); // Untyped pages give what is none.
  const sampling = share >= 0 ? share : 1;
  const { clock } = platform;
  let settings: HeldSettings = UNSAID;
  /** What the page allows, and what page and settings agree on. */
  let mode = options.privacy || 'none';
  let privacy = toStricter(mode, settings.privacy);
  let leaving = false;
  /** Its news is on the way to the outbox: still so at the next event, a closing browser has ended the script. */
  let sending: View | undefined;
  let heartbeat: Heartbeat | undefined;
  let waited = false;
  let { optedOut } = options;

  const labels = new Map<string, Labels>();
  const uplink = connect();
  const { outbox } = uplink;
  const views = begin();

  function connect(): Uplink {
    return createUplink({
      platform,
      guard: boundary.guard,
      endpoint,
      key,
      labels,
      offline,
      permit: (body) => toPermittedBody(body, privacy),
      mayStore: () => privacy !== 'none' && !isSilent(),
      onSettings(found) {
        settings = Object.assign({}, settings, found);
        agree();
      },
      onClock: () => report('clock', { time: clock.time(), source: clock.source() }),
      onDoubt: checkClock,
      onFailure: boundary.tell,
    });
  }

  function begin(): Views {
    return createViews({
      platform,
      player,
      facts: options,
      privacy: () => privacy,
      sampling: () => Math.min(sampling, settings.sampling),
      labels,
      losses: () => withCaught(outbox.losses, boundary.caught()),
      onLost: (rows) => outbox.lose('internal', rows),
      onUrgent(view) {
        if (!leaving) sendNow(view);
      },
    });
  }

  /** The viewer objects; or the browser does in general, which a consent given here outranks. */
  function isSilent(under = privacy): boolean {
    if (typeof optedOut === 'boolean') return optedOut; // Untyped pages may give null.
    return under === 'exempt' && platform.isTrackingRefused();
  }

  function report<T extends SignalType>(type: T, facts: SignalFacts[T]): void {
    if (type !== 'clock') checkClock(); // Before anything is labelled with a time that is not.
    // T ties the facts to the type. Whatever else a page's own record holds, these two are ours.
    const signal = Object.assign({}, facts, { type, at: clock.now() }) as Signal;
    if (signal.type === 'error' && signal.message)
      Object.assign(signal, { message: toCleanText(`${signal.message}`) });
    views.report(signal);
  }

  function send(view: View, urgent: boolean): void {
    for (const parcel of take(view, urgent)) outbox.put(parcel);
    view.sent();
  }

  function sendNow(view: View): void {
    if (platform.isHidden()) {
      outbox.unload(take(view, true)); // The page may end here: nothing waits.
      view.sent();
    } else send(view, true);
    heartbeat?.restart();
  }

  function take(view: View, urgent: boolean): BeaconParcel[] {
    const parcels = view.take(urgent);
    if (isSilent()) {
      outbox.revise(() => undefined, true); // An objection may come at any time, and holds for what waits.
      return [];
    }
    if (options.debug) {
      // Soon: who hears of it may withdraw a consent, or end it all, and is in the midst of nothing then.
      for (const { beacon, body } of parcels)
        Promise.resolve({ type: 'beacon', beacon, sizeBytes: sizeBytes(body) } as const).then(
          boundary.tell,
        );
    }
    return parcels;
  }

  /** Sleep, or a stepped clock: the time in between was not seen, and the server is asked again. */
  function checkClock(): void {
    const gap = clock.check();
    if (!gap) return;
    const { gapMs } = gap;
    report('clock', { time: clock.time(), source: clock.source(), discontinuity: true, gapMs });
    ask();
  }

  function ask(): void {
    if (!isSilent()) uplink.ask();
  }

  /** Puts to use what page and settings allow now: on what waits first, then on what comes. */
  function agree(): void {
    const wasSilent = isSilent();
    const next = toStricter(mode, settings.privacy);
    if (next === privacy) return;
    const silent = isSilent(next);
    // Loosened, what waits stays as it was made.
    if (silent || toStricter(next, privacy) === next)
      outbox.revise(
        (body) => (silent ? undefined : toPermittedBody(body, next)),
        silent || next === 'none',
      );
    privacy = next;
    askModel();
    views.revise();
    outbox.flush();
    if (!wasSilent || silent) return;
    views.renew(); // What happened before the consent is not told.
    ask();
  }

  function askModel(): void {
    if (privacy !== 'consented') return;
    platform.askModel((model) =>
      boundary.run(() => {
        if (privacy === 'consented') views.revise(model);
      }, undefined),
    );
  }

  return {
    view: () => (isSilent() ? '' : views.current().id),
    context: () => views.current().context(),
    inAdBreak: () => views.current().inAdBreak(),
    start() {
      heartbeat = startHeartbeat({
        timers: platform.timers,
        random: platform.random,
        everyMs: () => settings.heartbeatMs,
        onBeat() {
          report('tick', {});
          const view = views.current();
          const waitMs = waited ? 0 : view.settlesInMs();
          waited = waitMs > 0; // Once: whoever is not looked at may never settle.
          if (waited) heartbeat?.restart(waitMs);
          else send(view, false);
        },
      });
      outbox.flush(); // What earlier pages left; and the store is open when the page ends.
      ask();
      askModel();
    },
    report,
    update: views.update,
    consent(given) {
      mode = given;
      agree();
      if (privacy === 'none' || isSilent()) uplink.erase(); // An earlier visit may have stored what this one may not.
    },
    optOut() {
      heartbeat?.stop();
      optedOut = true;
      uplink.forget();
    },
    follow(state) {
      if (state === 'offline') {
        sendNow(views.current()); // In vain, and so it is stored: a closing page may not get that far.
        return;
      }
      const hidden = state === 'hidden';
      leaving = hidden || state === 'frozen' || state === 'left';
      sending = leaving ? sending || views.current() : undefined;
      if (hidden || state === 'visible') report('visibility', { hidden });
      if (state === 'frozen') report('suspend', {});
      else if (state === 'resumed') report('resume', {});
      else if (state !== 'visible') report('detach', { reason: state });
      if (sending) {
        const now = views.current();
        const parcels = take(sending, true);
        outbox.unload(now === sending ? parcels : parcels.concat(take(now, true)));
        sending.sent();
        now.sent();
        sending = undefined;
      } else outbox.flush();
      leaving = false;
    },
    end(done) {
      report('detach', { reason: 'left' });
      send(views.current(), true); // What came after the end, too.
      heartbeat?.stop(); // After what the end has sent.
      heartbeat = undefined; // What is sent while it drains starts it no more.
      uplink.drain(done);
    },
  };
}

function withCaught(losses: Losses, caught: number): Losses {
  if (!caught) return losses;
  return Object.assign({}, losses, { internal: (losses.internal || 0) + caught });
}
