// The consumer's loop: takes a batch, hands it over until it is taken, commits, waits for more. It
// must never move the cursor past a batch whose handler has not resolved.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Batch, BatchHandler, Consumer } from './log.ts';
import type { LogLogger } from './logger.ts';

/** Pause before a refused batch comes again: doubled each time between these bounds. */
const MIN_PAUSE_MS = 100;
const MAX_PAUSE_MS = 5_000;

export interface ConsumerSource {
  /** Makes the group known, so that retention waits for it. */
  register(): Promise<void>;
  next(): Batch | undefined;
  commit(batch: Batch): Promise<void>;
  /** Tells, now and then, that the group lives, so that retention goes on waiting for it. */
  showAlive(): Promise<void>;
  /** Waits until there may be more; returns early when the signal aborts. */
  waitForMore(signal: AbortSignal): Promise<void>;
}

export function startConsumer(
  source: ConsumerSource,
  handler: BatchHandler,
  logger: LogLogger,
): Consumer {
  const stopping = new AbortController();
  const { signal } = stopping;

  // Tries until it succeeds (true) or the consumer is stopped (false).
  const persist = async (what: string, attempt: () => Promise<void>): Promise<boolean> => {
    for (let pauseMs = MIN_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, MAX_PAUSE_MS)) {
      try {
        await attempt();
        return true;
      } catch (error) {
        logger.warn({ err: error, pauseMs }, `${what} failed; it will be tried again`);
      }
      await sleep(pauseMs, undefined, { signal }).catch(() => {}); // Rejects only when aborted.
      if (signal.aborted) return false;
    }
  };

  const run = async () => {
    if (!(await persist('making a consumer group known', () => source.register()))) return;
    while (!signal.aborted) {
      const batch = source.next();
      if (!batch) {
        await persist('showing a consumer alive', () => source.showAlive());
        await source.waitForMore(signal);
        continue;
      }
      const taken = await persist('handling a batch of the log', async () => {
        await source.showAlive();
        await handler(batch);
      });
      if (taken) await persist('committing a cursor', () => source.commit(batch));
    }
  };

  const running = run();
  // The error is the loop's own and reaches whoever stops the consumer; until then it is logged.
  running.catch((error: unknown) => logger.error({ err: error }, 'a consumer of the log ended'));
  return {
    stop: () => {
      stopping.abort();
      return running;
    },
  };
}
