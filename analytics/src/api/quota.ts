// How much of the engine one property may have at once, so that none can slow another.
import { ApiError } from './errors.ts';

/** Questions of one property under way; and waiting, beyond which 429 is answered. */
export const QUERY_QUOTA = { running: 2, waiting: 16 } as const;

export interface Quota {
  /** Runs the task when there is room. @throws ApiError too_many_queries */
  run<T>(property: string, task: () => Promise<T>): Promise<T>;
}

interface Lane {
  running: number;
  readonly waiting: (() => void)[];
}

export function createQuota({ running, waiting }: QuotaLimits = QUERY_QUOTA): Quota {
  const lanes = new Map<string, Lane>();

  async function enter(property: string): Promise<Lane> {
    const lane = lanes.get(property) ?? { running: 0, waiting: [] };
    lanes.set(property, lane);
    if (lane.running < running) {
      lane.running += 1;
      return lane;
    }
    if (lane.waiting.length >= waiting) throw new ApiError('too_many_queries');
    await new Promise<void>((resolve) => lane.waiting.push(resolve));
    return lane;
  }

  function leave(property: string, lane: Lane): void {
    // The place goes straight to the next in line, so that nobody overtakes.
    const next = lane.waiting.shift();
    if (next !== undefined) {
      next();
      return;
    }
    lane.running -= 1;
    if (lane.running === 0) lanes.delete(property);
  }

  return {
    async run(property, task) {
      const lane = await enter(property);
      try {
        return await task();
      } finally {
        leave(property, lane);
      }
    },
  };
}

export interface QuotaLimits {
  readonly running: number;
  readonly waiting: number;
}
