// A program of this folder in a process of its own: started, killed without warning, started again.
// It ends by itself when this process dies.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Opening an engine takes the longest. */
const START_MS = 60_000;

export interface ChildProgram<Told> {
  readonly pid: number;
  /** What it told last. */
  told(): Told;
  /** Resolves with what it tells next. @throws when it dies before. */
  next(): Promise<Told>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGTERM: in good order. @throws when it ends with another code than 0. */
  stop(): Promise<void>;
}

/** @param name File beside this one, without its ending. Resolves when the program tells something. */
export async function startProgram<Told>(
  name: string,
  args: readonly string[],
): Promise<ChildProgram<Told>> {
  const isSource = import.meta.url.endsWith('.ts');
  const entry = fileURLToPath(new URL(`./${name}${isSource ? '.ts' : '.js'}`, import.meta.url));
  const hooks = new URL('./runSources.mjs', import.meta.url).href;
  const child = fork(entry, [...args], {
    execArgv: isSource ? ['--conditions=retour-source', '--import', hooks] : [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let told = (await nextMessage(child, name)) as Told; // Our own programs send no other.
  child.on('message', (message) => {
    told = message as Told; // As above.
  });
  return {
    pid: child.pid ?? 0,
    told: () => told,
    next: async () => (await nextMessage(child, name)) as Told, // As above.
    kill: () => end(child, 'SIGKILL'),
    stop: async () => {
      await end(child, 'SIGTERM');
      if (child.exitCode !== 0)
        throw new Error(`${name} ended with ${child.exitCode ?? child.signalCode}`);
    },
  };
}

async function nextMessage(child: ChildProcess, name: string): Promise<unknown> {
  const waiting = new AbortController();
  const late = setTimeout(() => waiting.abort(), START_MS);
  const { signal } = waiting;
  try {
    const [message] = await Promise.race([
      once(child, 'message', { signal }),
      once(child, 'exit', { signal }).then(([code, by]) => {
        throw new Error(`${name} ended with ${code ?? by} before it was ready`);
      }),
    ]);
    return message;
  } finally {
    clearTimeout(late);
    waiting.abort();
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}
