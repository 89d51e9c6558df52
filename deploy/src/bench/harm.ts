// `bench harm`: what the SDK does to the player that it watches. Starts with and without it take turns
// in one browser, against collectors and hosts that misbehave; a longer play of each is timed; then it
// is attached and destroyed again and again. The floor is the same page without the SDK, in the same rounds.
import fc from 'fast-check';
import type { Bench, Figures } from './bench.ts';
import { measureLeftovers } from './harm/measureLeftovers.ts';
import { LONGEST_TASK_MS, measureTasks } from './harm/measureTasks.ts';
import { ARMS, type Arm, FLOOR, openStage, type Stage, type Start } from './harm/stage.ts';
import { toMedianInterval } from './harm/toMedianInterval.ts';

export const harmBench: Bench = {
  limits: [
    { figure: 'widestStartupMs', atMost: 20 },
    { figure: 'longestTaskMs', atMost: LONGEST_TASK_MS },
    { figure: 'leastHeartbeats', atLeast: 1 }, // Else the longest task was looked for in too little.
    { figure: 'listenersLeft', atMost: 0 },
    { figure: 'playerListenersLeft', atMost: 0 },
    { figure: 'timersLeft', atMost: 0 },
  ],
  run: (say) => measureHarm({ say }),
};

/** Starts of each arm; the interval of the median narrows with its square root. */
const ROUNDS = 40;
const SEED = 20_261_121;
const PLAY_MS = 400;

export interface HarmOptions {
  readonly say: (line: string) => void;
  readonly rounds?: number;
  /** Of ARMS, to be played under the stopwatch too; all unless given. */
  readonly timed?: readonly string[];
}

/**
 * Ms differences are with the SDK less without; what is left is after many attaches less before;
 * `leastPlayedRatio` is what was played with the SDK to what was played without it.
 */
export async function measureHarm(options: HarmOptions): Promise<Figures> {
  const { say, rounds = ROUNDS, timed: arms = ARMS.map(({ name }) => name) } = options;
  const stage = await openStage();
  try {
    const starts = new Map<Arm, Start[]>([FLOOR, ...ARMS].map((arm) => [arm, []]));
    await startOnce(stage, FLOOR);
    for (const order of toOrders([FLOOR, ...ARMS], rounds)) {
      for (const arm of order) starts.get(arm)?.push(await startOnce(stage, arm));
    }
    say(
      `${rounds} rounds, one start of each arm in every round, in an order drawn with seed ${SEED}`,
    );
    const harmed = tellStarts(starts, say);
    const tasks = await measureTasks(stage, { say, arms });
    const came = Object.entries(stage.collector.came).map(([fault, times]) => `${fault} ${times}`);
    say(`requests that met each fault: ${came.join(', ')}`);
    const left = await measureLeftovers(stage, { say });
    return { rounds, ...harmed, ...tasks, ...left };
  } finally {
    await stage.close();
  }
}

/** Another order in each round: no arm always runs on the heels of the same one. */
function toOrders(arms: Arm[], rounds: number): Arm[][] {
  const all = { minLength: arms.length };
  return fc.sample(fc.noBias(fc.shuffledSubarray(arms, all)), { numRuns: rounds, seed: SEED });
}

async function startOnce(stage: Stage, arm: Arm): Promise<Start> {
  const { page, context } = await stage.open();
  try {
    await page.evaluate((playMs) => window.warmUp(playMs), PLAY_MS);
    return await page.evaluate((order) => window.start(order), {
      sdk: arm.sdk,
      endpoint: stage.endpointOf(arm),
      hostile: arm.hostile,
      playMs: PLAY_MS,
    });
  } finally {
    await context.close();
  }
}

function tellStarts(
  starts: ReadonlyMap<Arm, readonly Start[]>,
  say: (line: string) => void,
): Figures {
  const without = starts.get(FLOOR) ?? [];
  let worstStartupDifferenceMs = 0;
  let widestStartupMs = 0;
  let leastPlayedRatio = 1;
  starts.forEach((those, arm) => {
    const played = median(those.map((start) => start.playedMs));
    leastPlayedRatio = Math.min(
      leastPlayedRatio,
      played / median(without.map((start) => start.playedMs)),
    );
    const line = `${arm.name}: startup p50 ${median(those.map((start) => start.startupMs)).toFixed(1)} ms, played ${played.toFixed(0)} ms`;
    if (arm === FLOOR) {
      say(line);
      return;
    }
    const pairs = those.map((start, i) => start.startupMs - (without[i]?.startupMs ?? Number.NaN));
    const { low, high, median: middle } = toMedianInterval(pairs);
    say(
      `${line}; differs by ${middle.toFixed(1)} ms, 95 % of ${low.toFixed(1)} … ${high.toFixed(1)}`,
    );
    if (Math.abs(middle) > Math.abs(worstStartupDifferenceMs)) worstStartupDifferenceMs = middle;
    widestStartupMs = Math.max(widestStartupMs, Math.abs(low), Math.abs(high));
  });
  return { worstStartupDifferenceMs, widestStartupMs, leastPlayedRatio };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
