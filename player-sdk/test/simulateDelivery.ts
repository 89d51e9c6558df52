// One device, its clocks, its page and its network, through the real clock, labels, assembly, outbox
// and uplink, to a collector that the test can look into.
import { assembleBeacons } from '../src/assembleBeacons.ts';
import type { Context } from '../src/contract/context.ts';
import { createLabels, type Labels } from '../src/labels.ts';
import { createClock } from '../src/platform/clock.ts';
import { createUplink, type Uplink, type UplinkOptions } from '../src/uplink.ts';
import { createCountingMeter } from './countingMeter.ts';
import { createFakeTimers } from './fakeTimers.ts';
import { createCollector } from './simulatedCollector.ts';
import { createNetwork, type Fate } from './simulatedNetwork.ts';

/** True time at the start: no border of a cell. */
export const TRUE_START = 1_783_166_403_210;

const VIEW = '019f2d3c-5a00-7c1e-9b4a-0d1e2f3a4b5c';
const CTX: Context = {
  rev: 0,
  asset: { id: 'film' },
  player: { name: 'p', adapter: 'html5' },
  privacy: 'exempt',
  weight: 1,
};

/** Beyond the longest wait of the outbox. */
const LONG_MS = 700_000;

export type Step =
  | { readonly do: 'play'; readonly ms: number }
  | { readonly do: 'urgent' }
  | { readonly do: 'settings' }
  | { readonly do: 'stepClock'; readonly ms: number }
  | { readonly do: 'sleep'; readonly ms: number }
  | { readonly do: 'hide'; readonly taken: boolean; readonly arrives: boolean }
  | { readonly do: 'return' };

export interface Scenario {
  readonly deviceErrorMs: number;
  readonly fates: readonly Fate[];
  readonly steps: readonly Step[];
}

export function simulateDelivery({ deviceErrorMs, fates, steps }: Scenario) {
  const device = createDevice(deviceErrorMs);
  const { clock, timers, trueTime } = device;
  const collector = createCollector(trueTime);
  const network = createNetwork({ fates, timers, collector, trueTime });
  const labels = createLabels();
  const meter = createCountingMeter(timers.now, clock);
  const uplink = connect(device, network.transport, labels);

  const look = (): void => {
    meter.tick();
    if (clock.check() === undefined) return;
    meter.breakHere((rows) => labels.freezeAll(rows));
    uplink.ask();
  };
  const take = (urgent: boolean) => {
    return assembleBeacons({
      view: VIEW,
      contexts: [CTX],
      rows: meter.take(),
      lost: {},
      urgent,
      labels,
    });
  };
  const send = (urgent: boolean): void => take(urgent).forEach(uplink.outbox.put);
  const acts: { readonly [D in Step['do']]: (step: Extract<Step, { readonly do: D }>) => void } = {
    play({ ms }) {
      for (let left = ms; left > 0; left -= 1_000) {
        timers.advance(Math.min(1_000, left));
        look();
        if (Math.floor(timers.now() / 1_000) % 10 === 0) send(false);
      }
    },
    urgent: () => send(true),
    settings: uplink.ask,
    stepClock: ({ ms }) => device.step(ms),
    sleep: ({ ms }) => device.sleep(ms),
    hide(fate) {
      network.unload = fate;
      uplink.outbox.unload(take(true));
    },
    return: uplink.outbox.flush,
  };
  send(true);
  for (const step of steps) {
    acts[step.do](step as never); // Its own `do` chose the act.
    look();
  }
  return {
    collector,
    meter,
    outbox: uplink.outbox,
    timers,
    trueTime,
    heal() {
      network.heal();
      timers.advance(LONG_MS);
      look();
      send(true);
      uplink.outbox.flush();
      timers.advance(LONG_MS);
    },
  };
}

function connect(
  { clock, timers, wall }: ReturnType<typeof createDevice>,
  transport: UplinkOptions['platform']['transport'],
  labels: Labels,
): Uplink {
  return createUplink({
    guard: (act) => act,
    platform: { clock, timers, transport, random: () => 0.5, wall },
    endpoint: '/c',
    key: 'k',
    labels: new Map([[VIEW, labels]]),
    mayStore: () => false,
    permit: (body) => body,
    onSettings: () => undefined,
    onClock: () => undefined,
    onDoubt: () => undefined,
    onFailure: () => undefined,
  });
}

/** True time goes on while the device sleeps; its monotonic clock does not. */
function createDevice(errorMs: number) {
  const timers = createFakeTimers();
  let sleptMs = 0;
  let wallErrorMs = errorMs;
  const trueTime = (): number => TRUE_START + timers.now() + sleptMs;
  const wall = (): number => trueTime() + wallErrorMs;
  return {
    clock: createClock({ now: timers.now, wall }),
    timers,
    trueTime,
    wall,
    sleep(ms: number) {
      sleptMs += ms;
    },
    step(ms: number) {
      wallErrorMs += ms;
    },
  };
}
