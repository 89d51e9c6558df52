// Starts a server program in a process of its own on one core, and stops it again. Where the system has
// no `taskset` it runs unpinned, and the account says so.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface PinnedProgram {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

export interface ProgramOptions {
  /** Beside this file, without its ending. */
  readonly program: string;
  readonly args?: readonly string[];
  /** Absent: wherever the system puts it. */
  readonly core?: number;
}

export const CAN_PIN: boolean = spawnSync('taskset', ['--version']).status === 0;

/** Pins a process, all its threads so far, to a core: without an id this one, the load generator. */
export function pinProcess(core: number, id = process.pid): void {
  if (CAN_PIN) spawnSync('taskset', ['-a', '-cp', String(core), String(id)]);
}

/** Pins the first thread of a process alone: of a page's process, the one that runs its scripts. */
export function pinMainThread(core: number, id: number): void {
  if (CAN_PIN) spawnSync('taskset', ['-cp', String(core), String(id)]);
}

export async function startPinned(options: ProgramOptions): Promise<PinnedProgram> {
  const { program, args = [], core } = options;
  // Run from the sources or from the build: the program has the ending of this file.
  const path = fileURLToPath(new URL(`${program}${import.meta.url.slice(-3)}`, import.meta.url));
  const command = [process.execPath, ...process.execArgv, path, ...args];
  const [file = '', ...rest] =
    CAN_PIN && core !== undefined ? ['taskset', '-c', String(core), ...command] : command;
  const child = spawn(file, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
  return { port: await readPort(child, program), stop: () => stop(child) };
}

async function readPort({ stdout }: ChildProcess, program: string): Promise<number> {
  if (stdout === null) throw new Error(`${program} has no output`);
  for await (const line of createInterface({ input: stdout })) {
    const found = /^port (\d+)$/.exec(line);
    if (found !== null) return Number(found[1]);
  }
  throw new Error(`${program} ended before it listened`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
