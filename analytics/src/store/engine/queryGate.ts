// How many statements may run at once, and how many may wait. Knows nothing of what runs.
import { EngineFault } from './engineFault.ts';

export interface QueryGate {
  /** Runs the work when there is room. A signal that aborts while it waits takes it out again. */
  run<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T>;
  readonly running: number;
  readonly waiting: number;
}

/** @param places at once; @param queue the most that may wait: beyond it fault 202, at once. */
export function createQueryGate(places: number, queue: number): QueryGate {
  const waiting = new Set<() => void>();
  let running = 0;
  function leave(): void {
    running -= 1;
    const [next] = waiting;
    next?.();
  }
  async function enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (running < places) {
      running += 1;
      return;
    }
    if (waiting.size >= queue) {
      throw new EngineFault(
        202,
        `${running} queries run and ${waiting.size} wait; ask again later`,
        'TOO_MANY_SIMULTANEOUS_QUERIES',
      );
    }
    await new Promise<void>((resolve, reject) => {
      const admit = (): void => {
        waiting.delete(admit);
        signal.removeEventListener('abort', give);
        running += 1;
        resolve();
      };
      const give = (): void => {
        waiting.delete(admit);
        reject(signal.reason);
      };
      waiting.add(admit);
      signal.addEventListener('abort', give, { once: true });
    });
  }
  return {
    async run(signal, work) {
      await enter(signal);
      try {
        return await work();
      } finally {
        leave();
      }
    },
    get running() {
      return running;
    },
    get waiting() {
      return waiting.size;
    },
  };
}
