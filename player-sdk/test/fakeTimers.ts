// Time in a test's hand: timers fire in order while it is advanced.
import type { Timers } from '../src/contract/transport.ts';

export interface FakeTimers extends Timers {
  now(): number;
  /** Timers that wait. */
  size(): number;
  advance(ms: number): void;
}

export function createFakeTimers(): FakeTimers {
  let time = 0;
  let waiting: { readonly at: number; readonly callback: () => void }[] = [];
  return {
    now: () => time,
    size: () => waiting.length,
    after(ms, callback) {
      const timer = { at: time + ms, callback };
      waiting.push(timer);
      return () => {
        waiting = waiting.filter((each) => each !== timer);
      };
    },
    advance(ms) {
      const end = time + ms;
      for (;;) {
        const due = waiting.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
        if (due === undefined) break;
        time = Math.max(time, due.at);
        waiting = waiting.filter((timer) => timer !== due);
        due.callback();
      }
      time = end;
    },
  };
}
