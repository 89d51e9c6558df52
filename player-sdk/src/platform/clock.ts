// The corrected clock: monotonic time under it, the server's time over it as soon as an answer has
// told it. It notices when wall and monotonic time come apart; it never moves on its own.
import type { ClockKind } from '../contract/playState.ts';

/** Wall and monotonic clocks further apart than this, since they were last compared: sleep or a stepped clock. */
export const DISCONTINUITY_MS = 2_000;

/** A later answer must contradict the best one by more than this, beyond both errors, to replace it. */
const DRIFT_MS = 500;

export interface ClockOptions {
  /** Monotonic ms. */
  readonly now: () => number;
  /** The device's wall clock, epoch ms. */
  readonly wall: () => number;
}

export interface Discontinuity {
  /** Wall time of which the monotonic clock saw nothing; 0 where the wall clock went back. */
  readonly gapMs: number;
}

export interface Learned {
  /** By how much times labelled before were early, ms: what a rebase is made from. */
  readonly errorMs: number;
  /** First answer since the start or the last discontinuity: labels were the device's until now. */
  readonly first: boolean;
}

export interface Clock {
  readonly now: () => number;
  /** Corrected epoch ms at a monotonic moment; now, where none is given. */
  readonly time: (at?: number) => number;
  readonly source: () => ClockKind;
  /** To be called at every tick and before every send. */
  readonly check: () => Discontinuity | undefined;
  /** An answer said `serverTime` and arrived just now, `rttMs` after it was asked for. */
  readonly learn: (serverTime: number, rttMs: number) => Learned | undefined;
}

export function createClock({ now, wall }: ClockOptions): Clock {
  const compare = (): number => wall() - now();
  /** Wall less monotonic, when last checked. */
  let checked = compare();
  /** When the last discontinuity was found, monotonic. */
  let foundAt = -Infinity;
  /** Corrected less monotonic. */
  let offset = checked;
  /** Round trip of the answer that it comes from: twice its error. */
  let bestRttMs = Infinity;

  return {
    now,
    time: (at = now()) => at + offset,
    source: () => (bestRttMs < Infinity ? 'server' : 'device'),
    check() {
      const stepMs = compare() - checked;
      checked += stepMs; // Slow drift is no discontinuity: the answers correct it.
      if (Math.abs(stepMs) <= DISCONTINUITY_MS) return undefined;
      foundAt = now();
      bestRttMs = Infinity;
      // Forward is a sleep until the server says otherwise. Backward, only the wall clock moved.
      const gapMs = Math.max(0, stepMs);
      offset += gapMs;
      return { gapMs };
    },
    learn(serverTime, rttMs) {
      // Asked before a sleep and answered after it: nobody knows how long that took.
      if (rttMs > now() - foundAt || Math.abs(compare() - checked) > DISCONTINUITY_MS)
        return undefined;
      const found = serverTime + rttMs / 2 - now();
      const errorMs = found - offset;
      const contradicts = Math.abs(errorMs) > (rttMs + bestRttMs) / 2 + DRIFT_MS;
      if (rttMs >= bestRttMs && !contradicts) return undefined;
      const first = bestRttMs === Infinity;
      bestRttMs = rttMs;
      offset = found;
      return { errorMs, first };
    },
  };
}
