// All that passes between the monitor and the collector: bodies out; settings, the server's clock
// and refusals back in. It knows no signal and no row.
import { type BeaconParcel, toParcel } from './assembleBeacons.ts';
import { toDeviceKeys, toShiftMs } from './contract/rebase.ts';
import type { Refusal, Settings } from './contract/refusal.ts';
import type { OpenStore, Store } from './contract/store.ts';
import type { Answer } from './contract/transport.ts';
import type { ErrorBoundary } from './errorBoundary.ts';
import type { Labels } from './labels.ts';
import type { DebugMessage } from './options.ts';
import { createOutbox, type Outbox } from './outbox/outbox.ts';
import { isAccepted } from './outbox/retry.ts';
import type { Platform } from './platform/platform.ts';
import { readAnswer, toSettings } from './platform/settings.ts';

/** How long a destroyed monitor may still try to deliver, ms. */
const DRAIN_MS = 60_000;

/** How long bodies wait for the settings, which tell the time that their labels need, ms. */
const SETTINGS_MS = 300;

/** Labels may be off by so much, ms: each correction that is told leaves a slice cut short. */
const CORRECTION_MS = 20;

export interface UplinkOptions {
  readonly platform: Pick<Platform, 'clock' | 'timers' | 'transport' | 'random' | 'wall'>;
  /** What the network or the store sets off must not reach the page. */
  readonly guard: ErrorBoundary['guard'];
  readonly endpoint: string;
  readonly key: string;
  /** Of each view that a body may belong to, by its id. */
  readonly labels: ReadonlyMap<string, Labels>;
  readonly offline?: OpenStore | undefined;
  /** Whether anything may be stored now. */
  readonly mayStore: () => boolean;
  /** What may leave now of a body that an earlier page stored. */
  readonly permit: (body: string) => string;
  readonly onSettings: (settings: Partial<Settings>) => void;
  /** The server's time is known, or known better by what matters. */
  readonly onClock: () => void;
  /** The device may have slept: is the clock still right? */
  readonly onDoubt: () => void;
  /** Nobody took what was sent. */
  readonly onFailure: (failure: DebugMessage) => void;
}

export interface Uplink {
  readonly outbox: Outbox<BeaconParcel>;
  /** Asks for the settings, and with them for the server's time. */
  ask(): void;
  /** Delivers what is left, then stops and calls back. */
  drain(done: () => void): void;
  /** Empties the store, whether or not anything may be stored now. */
  erase(): void;
  /** Stops, and forgets all: what is stored too. */
  forget(): void;
}

export function createUplink(options: UplinkOptions): Uplink {
  const { guard, labels, mayStore, offline } = options;
  const { clock, random, timers, transport, wall } = options.platform;
  const address = `${options.endpoint.replace(/\/+$/, '')}/${encodeURIComponent(options.key)}`;
  const store = guard((): Store | undefined => {
    if (!offline) return undefined;
    const opened =
      typeof offline === 'function' &&
      offline(address, (reason, rows) => outbox.lose(reason, rows));
    if (opened && typeof opened.take === 'function') return opened;
    throw new TypeError('option_invalid: offline is what offline() gives');
  })();
  /** Corrections since one was told. */
  let untoldMs = 0;
  let drained = (): void => undefined;
  let cancelAsk = (): void => undefined;
  /** The settings are on their way; and until they came once, each body that is accepted asks for them again. */
  let isAsked = false;
  let isSaid = false;
  let stopped = false;

  const outbox = createOutbox<BeaconParcel>({
    guard,
    permit: options.permit,
    transport: {
      leave: transport.leave,
      post: (url, body, done) =>
        transport.post(url, body, (answer) => {
          const said = readAnswer(answer.body);
          // A page's own worker, a portal, a fallback page: whoever says OK, or to stop for good, without
          // the time is not the collector.
          const isFinal = isAccepted(answer.status) || answer.status === 410;
          const status = isFinal && !(Number(said.time) > 0) ? 0 : answer.status;
          if (status >= 400 && said.code) {
            options.onFailure({ type: 'refused', refusal: said as unknown as Refusal }); // Shown only.
          } else if (!isAccepted(status)) options.onFailure({ type: 'undelivered', status });
          done(Object.assign({}, answer, { status }));
        }),
    },
    timers,
    random,
    wall,
    time: clock.time,
    url: (unread) => `${address}?v=1&s=${Math.round(clock.time())}${unread ? '&u=1' : ''}`,
    store: () => (mayStore() ? store : undefined),
    onFrozen({ beacon }) {
      const known = labels.get(beacon.view);
      if (known) known.freeze(toDeviceKeys(beacon));
    },
    onAnswer({ body, rttMs, status }) {
      const said = readAnswer(body);
      if (status === 409) options.onDoubt();
      learn(said.time, rttMs);
      if (status === 410) stopped = true;
      else if (isAccepted(status) && !isSaid && !isAsked) ask();
      if (!outbox.size()) drained();
    },
  });

  function ask(): void {
    if (stopped) return;
    if (clock.source() === 'device') outbox.hold(SETTINGS_MS);
    const hear = guard(({ body, rttMs, status }: Answer) => {
      isAsked = false;
      if (status !== 200) return; // Every beacon's answer tells the time as well.
      const said = readAnswer(body);
      isSaid = isSaid || Number(said.time) > 0;
      outbox.hold(SETTINGS_MS); // Nothing leaves before all that was said is put to use.
      learn(said.time, rttMs); // First: bodies that the settings change keep their labels.
      options.onSettings(toSettings(said));
      outbox.release();
      outbox.flush(); // The collector is there: what earlier pages left may go.
    });
    cancelAsk();
    isAsked = true;
    cancelAsk = transport.get(address, hear);
  }

  function erase(): void {
    if (store) store.erase();
  }

  /** Rows that the device's clock labelled move by whole cells, unless they may be known outside. */
  function learn(time: unknown, rttMs: number): void {
    const learned = typeof time === 'number' && time > 0 && clock.learn(time, rttMs);
    if (!learned) return;
    if (learned.first) outbox.rebase(() => toMove(toShiftMs(learned.errorMs)));
    untoldMs += learned.errorMs;
    if (!learned.first && Math.abs(untoldMs) <= CORRECTION_MS) return;
    untoldMs = 0;
    options.onClock();
  }

  function toMove(shiftMs: number): (parcel: BeaconParcel) => BeaconParcel {
    // Lost again while an answer was awaited: the next one to tell the time will say.
    if (clock.source() === 'device') return (parcel) => parcel;
    const moves = new Map<string, ReturnType<Labels['rebase']>>();
    labels.forEach((each, view) => {
      moves.set(view, each.rebase(shiftMs));
    });
    return (parcel) => {
      const move = moves.get(parcel.beacon.view);
      return move ? toParcel(move(parcel.beacon), parcel.urgent) : parcel;
    };
  }

  return {
    outbox,
    ask,
    erase,
    forget() {
      cancelAsk();
      outbox.stop();
      drained(); // Where it was the end already.
      erase();
    },
    drain(done) {
      const cancel = timers.after(DRAIN_MS, () => drained());
      drained = () => {
        drained = () => undefined;
        stopped = true; // Whatever the viewer decides later, nothing is asked.
        cancel();
        cancelAsk();
        outbox.stop();
        done();
      };
      if (!outbox.size()) drained();
      else outbox.flush(); // What a hidden page has handed over was only tried.
    },
  };
}
