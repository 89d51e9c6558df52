// `npm start` as a test runs it: the built command in a process of its own, on a free port and a
// data directory that goes away with it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export interface Retour {
  /** The addresses that it printed. */
  readonly console: string;
  readonly sample: string;
  readonly directory: string;
  readonly pid: number;
  /** All that it has said. */
  output(): string;
  /** Asks for a clean stop, with Ctrl-C unless told otherwise, and gives its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number>;
}

export interface RunOptions {
  readonly port?: number;
  /** Kept after the stop where it is named. */
  readonly directory?: string;
  /** More of the command's flags. */
  readonly flags?: readonly string[];
}

/** @throws Error with all that it said, when it ends before it serves. */
export async function runRetour(options: RunOptions = {}): Promise<Retour> {
  const port = options.port ?? (await freePort());
  const directory = options.directory ?? (await mkdtemp(join(tmpdir(), 'retour-run-')));
  const flags = ['--port', String(port), '--data', directory, ...(options.flags ?? [])];
  const child = spawn(process.execPath, [CLI, ...flags], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const hear = (chunk: Buffer): void => {
    said += chunk.toString();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const clean = async (): Promise<void> => {
    if (options.directory === undefined) await rm(directory, { recursive: true, force: true });
  };
  try {
    await untilServing(child, () => said);
  } catch (error) {
    await clean();
    throw error;
  }
  return {
    console: addressOf(said, 'Console'),
    sample: addressOf(said, 'Sample'),
    directory,
    pid: child.pid ?? 0,
    output: () => said,
    async stop(signal = 'SIGINT') {
      const exited = child.exitCode === null ? once(child, 'exit') : undefined;
      child.kill(signal);
      await exited;
      await clean();
      return child.exitCode ?? -1;
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function untilServing(child: ChildProcess, said: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      if (said().includes('Press Ctrl-C')) resolve();
    };
    child.stdout?.on('data', look);
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${said()}`)));
  });
}

function addressOf(said: string, name: string): string {
  const address = new RegExp(`${name}\\s+(http\\S+)`).exec(said)?.[1];
  if (address === undefined) throw new Error(`no address of the ${name} in: ${said}`);
  return address;
}
