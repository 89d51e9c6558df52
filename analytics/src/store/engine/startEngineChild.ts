// One life of the engine's process: forks it, waits until it serves, tells when and how it ended.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { EngineLimits, FromEngine, ToEngine } from './engineMessage.ts';
import { toEngineStartError } from './engineStartError.ts';

export interface EngineChildOptions {
  readonly entry: string;
  readonly directory: string;
  readonly password: string;
  readonly port: number;
  readonly limits: EngineLimits;
}

export interface EngineDeath {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The end of what it wrote to standard error. */
  readonly lastWords: string;
}

export interface EngineChild {
  readonly pid: number;
  readonly port: number;
  readonly unclean: boolean;
  readonly exited: Promise<EngineDeath>;
  /** Asks it to drain and exit; kills it when that takes too long. */
  stop(drainMs: number): Promise<void>;
}

/** Opening a large directory loads its parts first. Beyond, the start has failed. */
const START_MS = 120_000;
/** After the drain: closing the engine and the process. Beyond, it is killed. */
const CLOSE_MS = 10_000;
const LAST_WORDS_CHARS = 2_000;

/** @throws EngineStartError */
export async function startEngineChild(options: EngineChildOptions): Promise<EngineChild> {
  const { entry, directory, limits } = options;
  const child = fork(entry, [], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [],
    // Nothing of the parent's environment: the engine needs none of its secrets.
    env: {
      TZ: 'UTC',
      // Each statement holds a thread of the pool for as long as it runs.
      UV_THREADPOOL_SIZE: String(limits.writers + limits.readers + 8),
    },
  });
  const exited = watchExit(child);
  tell(child, { type: 'open', ...pick(options) });
  const answer = await Promise.race([
    once(child, 'message').then(([message]) => message as FromEngine), // Our own process sends no other.
    exited.then(toFailed),
    after(START_MS, child),
  ]);
  if (answer.type === 'failed') {
    child.kill('SIGKILL');
    // The engine writes its reason to standard error; what it throws only says that it failed.
    const { lastWords } = await exited;
    throw toEngineStartError({ directory, message: `${answer.message} ${lastWords}`.trim() });
  }
  return {
    pid: child.pid ?? 0,
    port: answer.port,
    unclean: answer.unclean,
    exited,
    async stop(drainMs) {
      if (child.connected) tell(child, { type: 'stop', drainMs });
      const late = setTimeout(() => child.kill('SIGKILL'), drainMs + CLOSE_MS);
      await exited;
      clearTimeout(late);
    },
  };
}

function pick({
  directory,
  password,
  port,
  limits,
}: EngineChildOptions): Omit<EngineChildOptions, 'entry'> {
  return { directory, password, port, limits };
}

/** A failed send is a child that dies: `exited` tells. */
function tell(child: ChildProcess, message: ToEngine): void {
  child.send(message, () => undefined);
}

function watchExit(child: ChildProcess): Promise<EngineDeath> {
  let lastWords = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = `${lastWords}${text}`.slice(-LAST_WORDS_CHARS);
  });
  return new Promise((resolve) => {
    child.once('error', (error) =>
      resolve({ exitCode: null, signal: null, lastWords: error.message }),
    );
    child.once('exit', (exitCode, signal) => resolve({ exitCode, signal, lastWords }));
  });
}

function toFailed({ exitCode, signal }: EngineDeath): FromEngine {
  const how = signal === null ? `exited with ${exitCode}` : `was killed by ${signal}`;
  return { type: 'failed', message: `its process ${how}` };
}

async function after(ms: number, child: ChildProcess): Promise<FromEngine> {
  return new Promise((resolve) => {
    const timer = setTimeout(
      () => resolve({ type: 'failed', message: `it was not ready after ${ms / 1000} s` }),
      ms,
    );
    timer.unref();
    child.once('message', () => clearTimeout(timer));
    child.once('exit', () => clearTimeout(timer));
  });
}
