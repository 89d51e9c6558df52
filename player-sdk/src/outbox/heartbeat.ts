// The heartbeat: calls back about every `everyMs`, never in step with other players.
import type { Timers } from '../contract/transport.ts';

export interface HeartbeatOptions {
  readonly timers: Timers;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Asked before each beat: settings may change it. */
  readonly everyMs: () => number;
  readonly onBeat: () => void;
}

/** Share of the period by which each beat may come earlier or later. */
export const HEARTBEAT_JITTER = 0.1;

/** Starts; returns what stops it. */
export function startHeartbeat({ timers, random, everyMs, onBeat }: HeartbeatOptions): () => void {
  let cancel: () => void;
  const schedule = (): void => {
    const share = 1 + HEARTBEAT_JITTER * (2 * random() - 1);
    cancel = timers.after(everyMs() * share, () => {
      schedule();
      onBeat();
    });
  };
  schedule();
  return () => cancel();
}
