// A program beside the browser's own protocol: started with a clear word where it is not there, read until
// it says where it listens, and ended, by force where it hangs.
import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ProgramOptions {
  readonly args: readonly string[];
  readonly stdio: StdioOptions;
  readonly env?: NodeJS.ProcessEnv;
  /** What is missing where it is not there: "Xvfb: install it". */
  readonly missing: string;
}

/** How long a program may take to end before it is killed, ms. */
const END_MS = 3_000;
/** How long it may take to say where it listens, ms. */
const START_MS = 30_000;

/** @throws Error where there is no such program. */
export async function startProgram(
  path: string,
  { args, missing, ...options }: ProgramOptions,
): Promise<ChildProcess> {
  const program = spawn(path, args, options);
  try {
    await once(program, 'spawn');
  } catch (error) {
    if (!String(error).includes('ENOENT')) throw error;
    throw new Error(`There is no ${missing}.`);
  }
  return program;
}

export async function endProgram(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null) return;
  const ended = once(program, 'exit');
  program.kill();
  await Promise.race([ended, sleep(END_MS, undefined, { ref: false })]);
  program.kill('SIGKILL'); // Nothing, where it has ended.
  await ended;
}

/** The first line that fits. @throws Error where the program ends without one, or takes too long. */
export async function readLine(output: Readable, fits: RegExp): Promise<RegExpExecArray> {
  const lines = createInterface({ input: output, signal: AbortSignal.timeout(START_MS) });
  for await (const line of lines) {
    const found = fits.exec(line);
    if (found !== null) {
      output.resume(); // Nobody reads what it says further.
      return found;
    }
  }
  throw new Error(`Expected a program to say ${fits}, but it did not.`);
}
