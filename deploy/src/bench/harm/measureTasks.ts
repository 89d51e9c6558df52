// How long the SDK holds the main thread at a time: a play of its own in every arm, under the stopwatch
// of `bench sdk`, from the attach to the end of the view with a heartbeat between. The watch costs
// something itself, so no startup is measured here.
import { ARMS, type Arm, type Plant, type Stage, type Timed } from './stage.ts';

/** Longer than the SDK's own heartbeat with its jitter: not every collector's answer can shorten it. */
const PLAY_MS = 12_000;

/** What lasts longer is a long task to the browser, too. */
export const LONGEST_TASK_MS = 50;
/** What the SDK does, it does in every play; what the machine did meanwhile, it does not. */
const PLAYS = 3;

export interface TasksOptions {
  readonly say: (line: string) => void;
  /** Of ARMS; all unless given. */
  readonly arms?: readonly string[];
}

/** @returns The worst of all arms; of heartbeats, of those in which the SDK lives on. */
export async function measureTasks(
  stage: Stage,
  { say, arms }: TasksOptions,
): Promise<{ longestTaskMs: number; leastHeartbeats: number }> {
  let longestTaskMs = 0;
  let leastHeartbeats = Number.POSITIVE_INFINITY;
  for (const arm of ARMS.filter(({ name }) => arms?.includes(name) ?? true)) {
    const timed = await timeAgain(stage, arm, say);
    longestTaskMs = Math.max(longestTaskMs, timed.longestMs);
    if (arm.hostile !== 'attach') leastHeartbeats = Math.min(leastHeartbeats, timed.heartbeats);
  }
  return { longestTaskMs, leastHeartbeats };
}

/** Once more where it was too long; the best of all. */
async function timeAgain(stage: Stage, arm: Arm, say: TasksOptions['say']): Promise<Timed> {
  let best: Timed | undefined;
  for (let i = 0; i < PLAYS && !(best && best.longestMs <= LONGEST_TASK_MS); i += 1) {
    const timed = await timeOnce(stage, { arm });
    const [longest, attach, destroy] = [timed.longestMs, timed.attachMs, timed.destroyMs].map(
      (ms) => ms.toFixed(1),
    );
    say(
      `${arm.name}: longest task of the SDK ${longest} ms, attach ${attach}, destroy ${destroy}; it ran ${timed.stretches} times, made ${timed.heartbeats} bodies at heartbeats`,
    );
    if (!best || timed.longestMs < best.longestMs) best = timed;
  }
  if (best === undefined) throw new Error('Nothing was played.');
  return best;
}

export async function timeOnce(
  stage: Stage,
  { arm, plant, playMs = PLAY_MS }: { arm: Arm; plant?: Plant; playMs?: number },
): Promise<Timed> {
  const { page, context } = await stage.open();
  try {
    return await page.evaluate((order) => window.time(order), {
      endpoint: stage.endpointOf(arm),
      hostile: arm.hostile,
      playMs,
      plant,
    });
  } finally {
    await context.close();
  }
}
