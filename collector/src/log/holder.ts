// Who holds a data directory: one installation at a time, told by a lock file. It guards the whole
// composition (`npm start`), not the collector and the writer that share one log.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const LOCK_FILE = 'holder.json';
/** Takeovers of a dead holder's lock before giving up: another start is always winning. */
const MAX_ATTEMPTS = 5;

const holderSchema = z.object({
  pid: z.int().positive(),
  /** When the operating system started that process, in its own words: tells a reused pid apart. */
  started: z.string(),
  /** ISO 8601. */
  since: z.string(),
  port: z.int().nonnegative(),
});

export type Holder = Readonly<z.infer<typeof holderSchema>>;

/** Another living process holds the directory. */
export class DirectoryHeld extends Error {
  override readonly name = 'DirectoryHeld';
  readonly code = 'directory_held';
  readonly holder: Holder;

  constructor(directory: string, holder: Holder) {
    const { pid, since, port } = holder;
    super(
      `${directory} is in use by process ${pid} on port ${port} since ${since}: stop it first, or choose another data directory`,
    );
    this.holder = holder;
  }
}

export interface DirectoryLock {
  release(): Promise<void>;
}

/** Takes the directory, which must exist. @throws DirectoryHeld */
export async function lockDirectory(
  directory: string,
  { port, now }: { port: number; now: () => number },
): Promise<DirectoryLock> {
  const file = join(directory, LOCK_FILE);
  const mine = `${file}.${process.pid}`;
  const started = processStart(process.pid) ?? '';
  const since = new Date(now()).toISOString();
  const text = JSON.stringify({ pid: process.pid, started, since, port } satisfies Holder);
  await writeFile(mine, text);
  try {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      // A link is made whole or not at all, and never over another one.
      if (await succeeds(link(mine, file), 'EEXIST')) return { release: () => release(file, text) };
      const found = await readIfThere(file);
      const holder = found === undefined ? undefined : parseHolder(found);
      if (holder && isAlive(holder)) throw new DirectoryHeld(directory, holder);
      if (found !== undefined) await takeAway(file, found);
    }
    throw new Error(`${file} changes hands too fast: several starts are racing for it`);
  } finally {
    await rm(mine, { force: true });
  }
}

/** Removes a dead holder's lock, and only that: another start may have replaced it meanwhile. */
async function takeAway(file: string, stale: string): Promise<void> {
  const aside = `${file}.stale.${process.pid}`;
  if (!(await succeeds(rename(file, aside), 'ENOENT'))) return;
  const taken = await readIfThere(aside);
  if (taken !== undefined && taken !== stale) await succeeds(link(aside, file), 'EEXIST');
  await rm(aside, { force: true });
}

async function release(file: string, text: string): Promise<void> {
  if ((await readIfThere(file)) === text) await rm(file, { force: true });
}

/** True when it worked, false when it failed with that code. */
async function succeeds(action: Promise<unknown>, expectedCode: string): Promise<boolean> {
  try {
    await action;
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === expectedCode) return false;
    throw error;
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  let text: string | undefined;
  const read = async () => {
    text = await readFile(file, 'utf8');
  };
  await succeeds(read(), 'ENOENT');
  return text;
}

/** A lock that cannot be read was cut short by a crash: nobody holds it. */
function parseHolder(text: string): Holder | undefined {
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function isAlive({ pid, started }: Holder): boolean {
  // A container gives its first process the same pid again; then its start tells them apart.
  const running = processStart(pid);
  return running !== undefined && (started === '' || running === '' || running === started);
}

/** When a process started, in the system's words; '' when it lives but that is unknown. */
function processStart(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, as another user.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return undefined;
  }
  try {
    return process.platform === 'linux' ? linuxStart(pid) : posixStart(pid);
  } catch {
    return '';
  }
}

/** Clock ticks since boot, which is field 22 of proc_pid_stat(5), and which boot that was. */
function linuxStart(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The command's name, field 2, is in parentheses and may hold spaces.
  const fieldsFrom3 = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return `${boot} ${fieldsFrom3[22 - 3] ?? ''}`;
}

function posixStart(pid: number): string {
  return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}
