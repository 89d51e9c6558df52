// Group commit: writes that arrive together share one transaction and one sync of the disk. It
// knows nothing of topics; it must never answer a job before the transaction is on the disk.
import { LogRefusal } from './log.ts';

/** One transaction takes no more than this; the rest waits for the next. */
const MAX_GROUP_JOBS = 4096;
const MAX_GROUP_BYTES = 8 * 2 ** 20;
/** What may wait in memory; beyond it a job is refused at once. */
const MAX_WAITING_BYTES = 64 * 2 ** 20;
/** A disk that has not answered for so long counts as failing until it does. */
const STALL_MS = 10_000;
const FAILING_RETRY_S = 5;

export interface Job<R> {
  readonly sizeBytes: number;
  /**
   * Runs inside the transaction, without awaiting. A LogRefusal thrown before its first write
   * refuses this job alone; any other error undoes the transaction and refuses the whole group.
   */
  run(): R;
}

export interface GroupCommit {
  /** Resolves with what the job returned, once it is durable. @throws LogRefusal: nothing was kept. */
  commit<R>(job: Job<R>): Promise<R>;
  /** Waits for what was taken; refuses what comes later. */
  close(): Promise<void>;
}

export interface GroupCommitOptions {
  transact(work: () => void): Promise<void>;
  toRefusal(error: unknown): Promise<LogRefusal>;
}

interface Waiting {
  readonly sizeBytes: number;
  run(): void;
  resolve(): void;
  reject(refusal: LogRefusal): void;
}

export function createGroupCommit(options: GroupCommitOptions): GroupCommit {
  let waiting: Waiting[] = [];
  let waitingBytes = 0;
  let pumping: Promise<void> | undefined;
  let closed = false;
  let stalled = false;

  const refusalNow = (sizeBytes: number): LogRefusal | undefined => {
    if (closed) return failing('the log is closed');
    if (stalled) return failing(`the disk has not answered for over ${STALL_MS / 1000} s`);
    if (waitingBytes + sizeBytes > MAX_WAITING_BYTES)
      return failing(`the disk does not keep up: ${waitingBytes} bytes wait for it`);
    return undefined;
  };

  const takeGroup = (): Waiting[] => {
    let sizeBytes = 0;
    let count = 0;
    for (const job of waiting) {
      if (count > 0 && (count >= MAX_GROUP_JOBS || sizeBytes + job.sizeBytes > MAX_GROUP_BYTES))
        break;
      sizeBytes += job.sizeBytes;
      count += 1;
    }
    const group = waiting.slice(0, count);
    waiting = waiting.slice(count);
    waitingBytes -= sizeBytes;
    return group;
  };

  // What waits behind a stalled transaction was never begun, so it can be refused for certain. What
  // is inside it stays unanswered: its outcome is not known.
  const onStall = () => {
    stalled = true;
    const refused = waiting;
    waiting = [];
    waitingBytes = 0;
    for (const job of refused) job.reject(failing('the disk does not answer'));
  };

  const commitGroup = async (group: readonly Waiting[]) => {
    const stallTimer = setTimeout(onStall, STALL_MS);
    stallTimer.unref();
    try {
      await options.transact(() => {
        for (const job of group) job.run();
      });
      for (const job of group) job.resolve();
    } catch (error) {
      const refusal = await options.toRefusal(error);
      for (const job of group) job.reject(refusal);
    } finally {
      clearTimeout(stallTimer);
      stalled = false;
    }
  };

  const pump = async () => {
    // All that this turn of the event loop still brings joins the first group.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (waiting.length > 0) await commitGroup(takeGroup());
    pumping = undefined;
  };

  return {
    commit: <R>(job: Job<R>) => {
      const refusal = refusalNow(job.sizeBytes);
      if (refusal) return Promise.reject(refusal);
      return new Promise<R>((resolve, reject) => {
        waiting.push(toWaiting(job, resolve, reject));
        waitingBytes += job.sizeBytes;
        pumping ??= pump();
      });
    },
    close: async () => {
      closed = true;
      await pumping;
    },
  };
}

function toWaiting<R>(
  job: Job<R>,
  resolve: (result: R) => void,
  reject: (refusal: LogRefusal) => void,
): Waiting {
  let settle = () => {};
  return {
    sizeBytes: job.sizeBytes,
    run: () => {
      try {
        const result = job.run();
        settle = () => resolve(result);
      } catch (error) {
        if (!(error instanceof LogRefusal)) throw error;
        settle = () => reject(error);
      }
    },
    resolve: () => settle(),
    reject,
  };
}

function failing(message: string): LogRefusal {
  return new LogRefusal('log_failing', message, FAILING_RETRY_S);
}
