// The embedded engine as its parent sees it: a URL that stays, a process behind it that is started
// again when it dies. It knows nothing of tables or rows.
import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { engineEntry } from './engineEntry.ts';
import type { EngineLimits } from './engineMessage.ts';
import { EngineStartError } from './engineStartError.ts';
import { type EngineChild, startEngineChild } from './startEngineChild.ts';

export interface EngineOptions {
  /** Its data; one engine at a time. */
  readonly directory: string;
  readonly limits?: Partial<EngineLimits>;
  readonly logger?: EngineLogger;
}

/** A part of pino's. */
export interface EngineLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface Engine {
  /** Stays for the engine's whole life, restarts included. */
  readonly url: string;
  readonly password: string;
  /** Of the process that serves now; changes with each restart. */
  readonly pid: number;
  /** The run before this one ended without `stop`: rows that it acknowledged may be missing. */
  readonly startedUnclean: boolean;
  /** How often it was started again. */
  readonly restarts: number;
  /** Called after each restart, when it serves again. Rows of the last seconds may be missing. */
  onUncleanStop(listener: () => void): () => void;
  /** Drains what runs (at most `drainMs`, then it is killed), closes, exits. Never rejects. */
  stop(drainMs?: number): Promise<void>;
}

export const DEFAULT_ENGINE_LIMITS: EngineLimits = {
  writers: 2,
  readers: 4,
  queue: 200,
  executionS: 30,
  memoryBytes: 2 * 2 ** 30,
  bodyBytes: 256 * 2 ** 20,
};

/** Pause before a restart: doubles from the first to the last, and begins anew after a good minute. */
const BACKOFF_MS = { first: 50, last: 10_000, forgetAfter: 60_000 } as const;

/** A parent that was killed leaves an engine that needs a moment to die: code 76 is tried again. */
const TAKEN_LOOKS = 8;
const TAKEN_STEP_MS = 200;
const DRAIN_MS = 5_000;

/** @throws EngineStartError when the engine cannot be opened; its code says why. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const entry = await engineEntry();
  const password = randomBytes(24).toString('base64url');
  const limits = { ...DEFAULT_ENGINE_LIMITS, ...options.limits };
  const events = new EventEmitter();
  const stopping = new AbortController();
  const start = (port: number): Promise<EngineChild> =>
    startEngineChild({ entry, directory: options.directory, password, limits, port });
  let child = await startPatiently(start);
  let restarts = 0;
  const { port, unclean } = child;
  const supervised = supervise();

  async function supervise(): Promise<void> {
    let pauseMs: number = BACKOFF_MS.first;
    while (true) {
      const calm = globalThis.setTimeout(() => {
        pauseMs = BACKOFF_MS.first;
      }, BACKOFF_MS.forgetAfter);
      const death = await child.exited;
      clearTimeout(calm);
      if (stopping.signal.aborted) return;
      options.logger?.error(
        { ...death, directory: options.directory },
        'the engine died; starting it again',
      );
      const next = await restart();
      if (next === undefined) return;
      child = next;
      restarts += 1;
      events.emit('restarted');
    }
    async function restart(): Promise<EngineChild | undefined> {
      while (!stopping.signal.aborted) {
        await pause(pauseMs, stopping.signal);
        pauseMs = Math.min(BACKOFF_MS.last, pauseMs * 2);
        if (stopping.signal.aborted) return undefined;
        try {
          return await start(port);
        } catch (error) {
          options.logger?.error({ err: error, retryInMs: pauseMs }, 'the engine did not start');
        }
      }
      return undefined;
    }
  }

  return {
    url: `http://127.0.0.1:${port}`,
    password,
    startedUnclean: unclean,
    get pid() {
      return child.pid;
    },
    get restarts() {
      return restarts;
    },
    onUncleanStop(listener) {
      events.on('restarted', listener);
      return () => events.off('restarted', listener);
    },
    async stop(drainMs = DRAIN_MS) {
      stopping.abort();
      await child.stop(drainMs);
      await supervised;
      await child.stop(drainMs); // A restart that was under way when the stop came.
    },
  };
}

async function startPatiently(start: (port: number) => Promise<EngineChild>): Promise<EngineChild> {
  for (let look = 1; ; look += 1) {
    try {
      return await start(0);
    } catch (error) {
      const taken = error instanceof EngineStartError && error.code === 'engine_directory_taken';
      if (!taken || look >= TAKEN_LOOKS) throw error;
      await pause(TAKEN_STEP_MS);
    }
  }
}

/** Ends early, without an error, when the signal aborts. */
async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, signal && { signal }).catch(() => undefined);
}
