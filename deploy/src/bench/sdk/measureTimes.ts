// What the main thread pays for the SDK on a slow device: a real play in which the processor is slowed
// down and let go in turn, every stretch of the SDK's code timed from the outside.
import type { CDPSession, Page } from 'playwright-core';
import type { Figures } from '../bench.ts';
import { CAN_PIN } from '../pinnedProgram.ts';
import { openStage } from './stage.ts';
import type { Stretch } from './stopwatch.ts';

const SLOWDOWN = 4;
const WARM_UP_MS = 16_000;
const PLAY_MS = 160_000;
/** The shortest that settings may ask for: the most beacons. */
const HEARTBEAT_MS = 5_000;
const STEP_MS = 1_000;
/** Steps of one turn, at the end of which the slowdown changes. */
const TURN = 8;

export interface TimesOptions {
  readonly say: (line: string) => void;
  readonly playMs?: number;
  readonly warmUpMs?: number;
  readonly replayed?: { readonly signals: number; readonly views: number };
}

/**
 * The browser's slowdown stops the thread for about half a millisecond at a time: right on average, and
 * wrong for anything short. So the quantiles are those of the unslowed turns times the slowdown; the
 * slowed turns say whether that holds on average, and a floor of fixed work says what they do by themselves.
 * In a play, signals are so rare that the browser keeps interpreting them out of cold caches: `play*`. What
 * the code itself costs shows when it runs often: `signal*` and `beacon*`. One signal in 26 comes after a
 * pause, as all do in a play, and finds the processor's caches cold, which is what the 99th percentile then
 * shows: `signalFloor*` says what a copy through JSON takes there. Without the browser's own fetch and
 * sendBeacon: `handOver*`. `beaconFloor*` says what the same body takes that is only written as JSON, packed and sent.
 */
export async function measureTimes(options: TimesOptions): Promise<Figures> {
  const { say, playMs = PLAY_MS, warmUpMs = WARM_UP_MS, replayed = REPLAY } = options;
  const stage = await openStage({ heartbeatMs: HEARTBEAT_MS });
  try {
    const page = await stage.open(['retour', 'timed']);
    const session = await page.context().newCDPSession(page);
    await stage.pin();
    await page.evaluate(() => window.host.play());
    await playTurns(page, { session, durationMs: warmUpMs });
    const from = await page.evaluate(() => performance.now());
    const slow = await playTurns(page, { session, durationMs: playMs });
    const { stretches, isolated } = await page.evaluate(() => ({
      stretches: [...window.host.stretches],
      isolated: window.crossOriginIsolated,
    }));
    const hot = await replay(page, { session, replayed });
    if (!isolated) throw new Error('The page is not isolated: its clock is too coarse.');
    say(
      `main thread: hls.js play of ${playMs / 1000} s after ${warmUpMs / 1000} s of warm-up, processor slowed ${SLOWDOWN} times in every other ${TURN} s`,
    );
    say(
      `  ${CAN_PIN ? "the page's scripts on a core of their own" : 'NOT pinned: no taskset here'}`,
    );
    say(
      `  heartbeat ${HEARTBEAT_MS} ms; each ${TURN} s a seek, a fatal error, a pause and a play, which begins a view`,
    );
    return tell({ warm: stretches.filter(({ at }) => at >= from), slow, stretches, hot, say });
  } finally {
    await stage.close();
  }
}

/**
 * Told one after the other until the browser has compiled what it runs; then measured. So many views
 * that one per cent of their beacons is more than the slowest one, which is whatever the machine did.
 */
const REPLAY = { signals: 10_000, views: 120 } as const;

interface Replayed {
  readonly signals: readonly number[];
  /** A copy through JSON in the place of each signal. */
  readonly floor: readonly number[];
  readonly beacons: readonly number[];
  /** The last body, only written, packed and sent; and how long its text is. */
  readonly bodies: readonly number[];
  readonly characters: number;
}

async function replay(
  page: Page,
  {
    session,
    replayed: { signals, views },
  }: { session: CDPSession; replayed: { signals: number; views: number } },
): Promise<Replayed> {
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  const told = await page.evaluate((times) => window.host.replay(2 * times), signals);
  const copied = await page.evaluate((times) => window.host.replayFloor(2 * times), signals);
  const stretches = await page.evaluate(async (times) => {
    const since = async (replay: (times: number) => Promise<unknown>) => {
      await replay(times);
      const from = performance.now();
      await replay(2 * times);
      return window.host.stretches.filter(({ at }) => at >= from);
    };
    const { replayViews, replayBodies } = window.host;
    const [views, bodies] = [await since(replayViews), await since(replayBodies)];
    return { views, bodies, ...(await replayBodies(0)) };
  }, views);
  return {
    signals: told.slice(signals),
    floor: copied.slice(signals),
    beacons: toBeacons(stretches.views).ours,
    bodies: toBeacons(stretches.bodies).ours,
    characters: stretches.characters,
  };
}

/** When the page was slowed, and how long a fixed work took then, both in the page's own ms. */
interface Turn {
  readonly rate: number;
  readonly from: number;
  readonly to: number;
  readonly floor: readonly number[];
}

/** The bench's own pace: what is measured is what the page does meanwhile. */
async function playTurns(
  page: Page,
  { session, durationMs }: { session: CDPSession; durationMs: number },
): Promise<Turn[]> {
  const turns: Turn[] = [];
  for (let turn = 0; turn * TURN * STEP_MS < durationMs; turn += 1) {
    const rate = turn % 2 === 0 ? 1 : SLOWDOWN;
    await session.send('Emulation.setCPUThrottlingRate', { rate });
    const from = await page.evaluate(() => performance.now());
    const floor: number[] = [];
    for (let step = 0; step < TURN; step += 1) {
      await page.waitForTimeout(STEP_MS);
      floor.push(...(await page.evaluate(act, step)));
    }
    turns.push({ rate, from, to: await page.evaluate(() => performance.now()), floor });
  }
  return turns;
}

/** In the page: what the viewer does in this step, and the floor. */
async function act(step: number): Promise<number[]> {
  const { video, fail } = window.host;
  if (step === 3) video.currentTime += video.currentTime > 200 ? -150 : 12;
  if (step === 6) {
    fail();
    video.pause();
  }
  if (step === 7) void video.play();
  const floor: number[] = [];
  for (let i = 0; i < 10; i += 1) {
    await new Promise((resolve) => setTimeout(resolve, 3));
    const at = performance.now();
    let sum = 0;
    for (let n = 0; n < 5_000; n += 1) sum += Math.sqrt(n);
    floor.push(performance.now() - at + sum * 0);
  }
  return floor;
}

interface Telling {
  readonly warm: readonly Stretch[];
  readonly slow: readonly Turn[];
  readonly stretches: readonly Stretch[];
  readonly hot: Replayed;
  readonly say: (line: string) => void;
}

function tell({ warm, slow, stretches, hot, say }: Telling): Figures {
  const at = (rate: number) => {
    const turns = slow.filter((turn) => turn.rate === rate);
    const those = warm.filter((one) => turns.some(({ from, to }) => one.at >= from && one.at < to));
    const quiet = those.filter((one) => one.signals.length > 0 && !one.made && !one.sent);
    return {
      signals: quiet.flatMap((one) => one.signals),
      handlers: quiet.map(({ ms }) => ms),
      ...toBeacons(those),
      floor: turns.flatMap(({ floor }) => floor),
      share: sum(those.map(({ ms }) => ms)) / sum(turns.map(({ from, to }) => to - from)),
    };
  };
  const free = at(1);
  const slowed = at(SLOWDOWN);
  const atSpeed = (values: readonly number[], q: number) => SLOWDOWN * quantile(values, q);
  const figures = {
    signalP50Ms: atSpeed(hot.signals, 0.5),
    signalP99Ms: atSpeed(hot.signals, 0.99),
    signalFloorP50Ms: atSpeed(hot.floor, 0.5),
    signalFloorP99Ms: atSpeed(hot.floor, 0.99),
    beaconP50Ms: atSpeed(hot.beacons, 0.5),
    beaconP99Ms: atSpeed(hot.beacons, 0.99),
    beaconFloorP50Ms: atSpeed(hot.bodies, 0.5),
    beaconFloorP99Ms: atSpeed(hot.bodies, 0.99),
    handOverP50Ms: atSpeed(free.handedOver, 0.5),
    beaconToHandOverRatio: sum(free.ours) / sum(free.handedOver),
    playSignals: free.signals.length,
    playSignalP50Ms: atSpeed(free.signals, 0.5),
    playSignalP99Ms: atSpeed(free.signals, 0.99),
    playHandlerP99Ms: atSpeed(free.handlers, 0.99),
    playBeacons: free.ours.length,
    playBeaconP50Ms: atSpeed(free.ours, 0.5),
    playBeaconP99Ms: atSpeed(free.ours, 0.99),
    slowedSignalMeanRatio: mean(slowed.signals) / mean(free.signals),
    slowedSignalP99Ms: quantile(slowed.signals, 0.99),
    slowedBeaconP99Ms: quantile(slowed.ours, 0.99),
    slowedFloorP50Ms: quantile(slowed.floor, 0.5),
    slowedFloorP99Ms: quantile(slowed.floor, 0.99),
    mainThreadShare: free.share,
    slowedMainThreadShare: slowed.share,
    coldMaxMs: Math.max(...stretches.map(({ ms, handOverMs }) => ms - handOverMs)),
  };
  say(
    `  signal*, beacon*: ${hot.signals.length} signals and ${hot.beacons.length} beacons told one after the other after as many of warm-up, times ${SLOWDOWN}`,
  );
  say('  signalFloor*: a copy through JSON of what the signal says, in the same rhythm');
  say(
    `  beaconFloor*: ${hot.bodies.length} times the last body of ${hot.characters} characters, only written as JSON, packed and sent, in the same rhythm`,
  );
  say(`  play*: those of the play, times ${SLOWDOWN}; slowed*: as measured with the slowdown on`);
  for (const [name, value] of Object.entries(figures)) say(`  ${name} ${value.toPrecision(4)}`);
  return figures;
}

/**
 * What a body cost from the stretch in which it was made up to the one in which it left, what compressed it
 * in between included: ours, and the browser's own fetch or sendBeacon, which is the floor of whoever sends
 * anything.
 */
function toBeacons(stretches: readonly Stretch[]): { ours: number[]; handedOver: number[] } {
  const ours: number[] = [];
  const handedOver: number[] = [];
  let making = 0;
  for (const { ms, signals, made, sent, handOverMs } of stretches) {
    const isOnItsWay = making > 0 && signals.length === 0;
    if (made || sent || isOnItsWay) making += ms - handOverMs;
    if (!sent) continue;
    ours.push(making);
    handedOver.push(handOverMs);
    making = 0;
  }
  return { ours, handedOver };
}

function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}
