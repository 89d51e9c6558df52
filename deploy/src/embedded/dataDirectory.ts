// The data directory: made, checked and held by one installation at a time.
import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DirectoryLock, lockDirectory } from '@retour/collector/log';
import { OperatorError } from './config.ts';

export interface DataDirectory {
  readonly log: string;
  readonly engine: string;
  /** Write key and read token of the first property, readable by their user only. */
  readonly access: string;
  release(): Promise<void>;
}

/** @throws OperatorError when it cannot be written, is full, or is held by another process. */
export async function openDataDirectory(
  directory: string,
  { port, now }: { port: number; now: () => number },
): Promise<DataDirectory> {
  let lock: DirectoryLock;
  try {
    await mkdir(directory, { recursive: true });
    await probe(directory);
    lock = await lockDirectory(directory, { port, now });
  } catch (error) {
    throw toOperatorError(error, directory);
  }
  return {
    log: join(directory, 'log'),
    engine: join(directory, 'engine'),
    access: join(directory, 'access.json'),
    release: () => lock.release(),
  };
}

/** Writes and removes a block, so that a full or read-only disk is told before anything starts. */
async function probe(directory: string): Promise<void> {
  const file = join(directory, `.probe-${randomUUID()}`);
  try {
    await writeFile(file, Buffer.alloc(65_536));
  } finally {
    await rm(file, { force: true });
  }
}

const PROBLEMS: Record<string, string> = {
  EACCES: 'cannot be written: give this user the right to, or name another with --data',
  EPERM: 'cannot be written: give this user the right to, or name another with --data',
  EROFS: 'is on a read-only disk: name another with --data',
  ENOSPC: 'is on a full disk: free some space, or name another with --data',
  EDQUOT: "is beyond the disk's quota: free some space, or name another with --data",
  ENOTDIR: 'is not a directory: name another with --data',
  EEXIST: 'is not a directory: name another with --data',
};

/** Only what the operator can mend becomes a line; all else stays what it was. */
export function toOperatorError(error: unknown, directory: string): unknown {
  if (!(error instanceof Error)) return error;
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'directory_held') return new OperatorError(`${error.message}.`);
  const problem = PROBLEMS[code];
  return problem === undefined
    ? error
    : new OperatorError(`The data directory ${directory} ${problem}.`);
}
