// The heartbeat: calls back about every `everyMs` without a sign of life, never in step with other players.
import type { Timers } from '../contract/transport.ts';

export interface HeartbeatOptions {
  readonly timers: Timers;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Asked before each beat: settings may change it. */
  readonly everyMs: () => number;
  readonly onBeat: () => void;
}

/** Share of the period by which each beat may come later. */
export const HEARTBEAT_JITTER = 0.1;

export interface Heartbeat {
  /** The next beat comes after `ms`; after a whole period where that is left open. */
  restart(ms?: number): void;
  stop(): void;
}

export function startHeartbeat({ timers, random, everyMs, onBeat }: HeartbeatOptions): Heartbeat {
  let cancel = (): void => {};
  const heartbeat = {
    restart(ms = everyMs() * (1 + HEARTBEAT_JITTER * random())): void {
      cancel();
      cancel = timers.after(ms, () => {
        heartbeat.restart();
        onBeat();
      });
    },
    stop: () => cancel(),
  };
  heartbeat.restart();
  return heartbeat;
}
