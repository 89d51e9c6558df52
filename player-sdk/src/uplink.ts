// All that passes between the monitor and the collector: bodies out; settings, the server's clock
// and refusals back in. It knows no signal and no row.
import { type BeaconParcel, rebaseParcel } from './assembleBeacons.ts';
import { toDeviceKeys, toShiftMs } from './contract/rebase.ts';
import type { Refusal, Settings } from './contract/refusal.ts';
import type { Answer } from './contract/transport.ts';
import type { Labels } from './labels.ts';
import { createOutbox, type Outbox } from './outbox/outbox.ts';
import type { Platform } from './platform/platform.ts';
import { readServerTime, readSettings } from './platform/settings.ts';

/** How long a destroyed monitor may still try to deliver, ms. */
const DRAIN_MS = 60_000;

export interface UplinkOptions {
  readonly platform: Platform;
  readonly endpoint: string;
  readonly key: string;
  /** Of each view that a body may belong to, by its id. */
  readonly labels: ReadonlyMap<string, Labels>;
  readonly onSettings: (settings: Partial<Settings>) => void;
  /** The server's time is known, or known better. */
  readonly onClock: () => void;
  readonly onRefusal: (refusal: Refusal) => void;
}

export interface Uplink {
  readonly outbox: Outbox<BeaconParcel>;
  /** Asks for the settings, and with them for the server's time. */
  ask(): void;
  /** Delivers what is left, then stops and calls back. */
  drain(done: () => void): void;
}

export function createUplink(options: UplinkOptions): Uplink {
  const { platform, labels, onSettings, onClock, onRefusal } = options;
  const { clock, timers, transport } = platform;
  const address = `${options.endpoint.replace(/\/+$/, '')}/${encodeURIComponent(options.key)}`;
  let drained: (() => void) | undefined;

  const outbox = createOutbox<BeaconParcel>({
    transport,
    timers,
    random: platform.random,
    wall: platform.wall,
    url: (unload) => `${address}?v=1&s=${Math.round(clock.time())}${unload ? '&u=1' : ''}`,
    onFrozen: ({ beacon }) => labels.get(beacon.view)?.freeze(toDeviceKeys(beacon)),
    onAnswer(answer) {
      learn(answer);
      if (answer.status >= 400) tellRefusal(answer.body, onRefusal);
      if (outbox.size === 0) drained?.();
    },
  });

  /** Rows that the device's clock labelled move by whole cells, unless they may be known outside. */
  function learn({ body, rttMs }: Answer): void {
    const time = readServerTime(body);
    const learned = time === undefined ? undefined : clock.learn(time, rttMs);
    if (learned === undefined) return;
    const shiftMs = toShiftMs(learned.errorMs);
    if (learned.first) {
      outbox.rebase(() => {
        const moves = new Map<string, ReturnType<Labels['rebase']>>();
        // Lost again while an answer was awaited: the next one to tell the time will say.
        if (clock.source() === 'device') return (parcel) => parcel;
        labels.forEach((each, view) => {
          moves.set(view, each.rebase(shiftMs));
        });
        return (parcel) => {
          const move = moves.get(parcel.beacon.view);
          return move === undefined ? parcel : rebaseParcel(parcel, move);
        };
      });
    }
    onClock();
  }

  return {
    outbox,
    ask() {
      transport.get(address, (answer) => {
        if (answer.status !== 200) return; // Every beacon's answer tells the time as well.
        onSettings(readSettings(answer.body));
        learn(answer);
      });
    },
    drain(done) {
      const cancel = timers.after(DRAIN_MS, () => drained?.());
      drained = () => {
        drained = undefined;
        cancel();
        outbox.stop();
        done();
      };
      if (outbox.size === 0) drained();
    },
  };
}

function tellRefusal(body: string, onRefusal: (refusal: Refusal) => void): void {
  try {
    const refusal: Partial<Refusal> = JSON.parse(body);
    if (typeof refusal.code === 'string') onRefusal(refusal as Refusal); // Shown, never acted upon.
  } catch {
    // Not ours: the page of something in between. The status has been acted upon already.
  }
}
