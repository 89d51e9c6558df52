// Who holds a data directory: one installation at a time, told by a lock file. It guards the whole
// composition (`npm start`), not the collector and the writer that share one log.
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/**
 * The lock with the highest number counts. A number is taken once and for all, by whoever links it
 * first, so that two starts which find the same dead holder cannot both succeed it.
 */
const LOCK_FILE = /^holder-(\d+)\.json$/;
/** Other starts that may win meanwhile before this one gives up. */
const MAX_ATTEMPTS = 20;

const holderSchema = z.object({
  pid: z.int().positive(),
  /** When the operating system started that process, in its own words: tells a reused pid apart. */
  started: z.string(),
  /** ISO 8601. */
  since: z.string(),
  port: z.int().nonnegative(),
  /** It ended in good order: nobody holds the directory. */
  released: z.boolean(),
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
  const { pid } = process;
  const since = new Date(now()).toISOString();
  const me: Holder = { pid, started: processStart(pid) ?? '', since, port, released: false };
  const draft = join(directory, `holder-${randomUUID()}.draft`);
  await writeFile(draft, JSON.stringify(me));
  try {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const newest = await newestLock(directory);
      const holder = newest > 0 ? await readHolder(lockPath(directory, newest)) : undefined;
      if (holder && isAlive(holder)) throw new DirectoryHeld(directory, holder);
      if (await takeNumber(directory, draft, newest + 1))
        return { release: () => release(directory, newest + 1, me) };
    }
    throw new Error(`${directory} changes hands too fast: several starts are racing for it`);
  } finally {
    await rm(draft, { force: true });
  }
}

/** A link is made whole or not at all, and never over another one. */
async function takeNumber(directory: string, draft: string, number: number): Promise<boolean> {
  const lock = lockPath(directory, number);
  if (!(await succeeds(link(draft, lock), 'EEXIST'))) return false;
  // Higher ones exist when this start was slow and its number had come and gone meanwhile.
  if ((await newestLock(directory)) !== number) {
    await rm(lock, { force: true });
    return false;
  }
  for (const older of (await lockNumbers(directory)).filter((other) => other < number))
    await rm(lockPath(directory, older), { force: true });
  return true;
}

/** The file stays, so that its number is not taken again. */
async function release(directory: string, number: number, me: Holder): Promise<void> {
  const draft = join(directory, `holder-${randomUUID()}.draft`);
  await writeFile(draft, JSON.stringify({ ...me, released: true } satisfies Holder));
  await rename(draft, lockPath(directory, number));
}

function lockPath(directory: string, number: number): string {
  return join(directory, `holder-${number}.json`);
}

async function lockNumbers(directory: string): Promise<number[]> {
  return (await readdir(directory)).flatMap((name) => {
    const number = LOCK_FILE.exec(name)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
}

async function newestLock(directory: string): Promise<number> {
  return Math.max(0, ...(await lockNumbers(directory)));
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

/** Undefined where nobody is named: the file has just gone, or a crash has cut it short. */
async function readHolder(file: string): Promise<Holder | undefined> {
  let text = '';
  const read = async () => {
    text = await readFile(file, 'utf8');
  };
  await succeeds(read(), 'ENOENT');
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function isAlive({ pid, started, released }: Holder): boolean {
  if (released) return false;
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
    env: { PATH: '/bin:/usr/bin', LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}
