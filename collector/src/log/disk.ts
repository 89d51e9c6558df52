// The disk under the embedded log: is there room, and what does a failed write mean. It keeps a
// reserve free, so that cursors still move and old records can still be trimmed on a full disk.
import { statfs } from 'node:fs/promises';
import { LogRefusal } from './log.ts';

/** Kept free for the log's own housekeeping. */
export const RESERVE_BYTES = 64 * 2 ** 20;
const CHECK_EVERY_MS = 1_000;
const FULL_RETRY_S = 10;
const FAILING_RETRY_S = 5;
/** EDQUOT, ENOSPC and lmdb's own MDB_MAP_FULL. */
const FULL_CODES: readonly unknown[] = [122, 28, -30792, 'ENOSPC', 'EDQUOT'];

export interface Disk {
  /** As of the last look, at most a second ago. */
  fullness(): LogRefusal | undefined;
  /** lmdb reports a short write on a full disk as an I/O error, so this looks at the disk again. */
  toRefusal(error: unknown): Promise<LogRefusal>;
  close(): void;
}

export async function createDisk(directory: string, reserveBytes: number): Promise<Disk> {
  let freeBytes = Number.POSITIVE_INFINITY;
  const look = async () => {
    const { bavail, bsize } = await statfs(directory);
    freeBytes = bavail * bsize;
  };
  const fullness = () =>
    freeBytes < reserveBytes
      ? new LogRefusal(
          'log_full',
          `the disk of the log has ${freeBytes} bytes free, less than the ${reserveBytes} kept in reserve: free some space`,
          FULL_RETRY_S,
        )
      : undefined;
  await look();
  const timer = setInterval(() => {
    // A directory that cannot be looked at shows itself at the next write.
    look().catch(() => {});
  }, CHECK_EVERY_MS);
  timer.unref();
  return {
    fullness,
    toRefusal: async (error) => {
      if (error instanceof LogRefusal) return error;
      await look().catch(() => {});
      return fullness() ?? toWriteRefusal(error);
    },
    close: () => clearInterval(timer),
  };
}

function toWriteRefusal(error: unknown): LogRefusal {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const refusal = FULL_CODES.includes(code)
    ? new LogRefusal('log_full', `no room to write the log: ${message}`, FULL_RETRY_S)
    : new LogRefusal('log_failing', `the log cannot be written: ${message}`, FAILING_RETRY_S);
  refusal.cause = error;
  return refusal;
}
