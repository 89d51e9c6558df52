// Keeps a fold in step with the control log: reads it from the start, then what comes after. Reads
// and changes of one process go through one queue, so that a change sees its own record folded.
import type { Log, LogPosition, LogRecord } from '../log/log.ts';
import type { LogLogger } from '../log/logger.ts';
import { type ControlRecord, decodeControlRecord, encodeControlRecord } from './controlRecord.ts';
import type { Fold, Folded } from './fold.ts';

/** How soon a change made by another process shows here. */
const FOLLOW_EVERY_MS = 500;

/** What the fold met since the start, for the metrics. */
export interface ControlCounts {
  readonly applied: number;
  readonly conflict: number;
  /** Records skipped because this version does not understand them, or nobody does. */
  readonly unusable: number;
}

export interface Follower {
  /** Folds what the log holds by now. */
  catchUp(): Promise<void>;
  /** Appends the records and answers, for each, what the fold made of it. @throws LogRefusal */
  change(records: readonly ControlRecord[]): Promise<readonly Folded[]>;
  counts(): ControlCounts;
  stop(): Promise<void>;
}

export function createFollower(log: Log, fold: Fold, logger: LogLogger): Follower {
  const counts = { applied: 0, conflict: 0, unusable: 0 };
  let from: LogPosition | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  let behind = false;

  const enqueue = <T>(job: () => Promise<T>): Promise<T> => {
    const done = queue.then(job);
    queue = done.catch(() => {}); // The caller of this job has its error.
    return done;
  };

  const foldOne = (record: LogRecord): Folded => {
    const folded = tryFold(fold, record);
    counts[folded.result] += 1;
    if (folded.result === 'unusable') {
      const { offset, key } = record;
      logger.warn({ offset, key, problem: folded.problem }, 'a control record was skipped');
    }
    return folded;
  };

  const foldNew = async (): Promise<ReadonlyMap<number, Folded>> => {
    const folded = new Map<number, Folded>();
    for await (const record of log.read('control', from)) {
      folded.set(record.offset, foldOne(record));
      from = { partition: record.partition, offset: record.offset + 1 };
    }
    return folded;
  };

  const follow = () => {
    if (behind) return; // The round before has not had its turn yet.
    behind = true;
    enqueue(foldNew)
      .catch((error: unknown) => {
        logger.error(
          { err: error },
          'the control log cannot be read; what is known stays in force',
        );
      })
      .finally(() => {
        behind = false;
      });
  };
  const timer = setInterval(follow, FOLLOW_EVERY_MS);
  timer.unref();

  return {
    catchUp: async () => {
      await enqueue(foldNew);
    },
    change: (records) =>
      enqueue(async () => {
        const positions = await log.append('control', records.map(toLogRecord));
        const folded = await foldNew();
        return positions.map(({ offset }) => outcomeAt(folded, offset));
      }),
    counts: () => ({ ...counts }),
    stop: async () => {
      clearInterval(timer);
      await queue;
    },
  };
}

function tryFold(fold: Fold, { value }: LogRecord): Folded {
  let record: ControlRecord;
  try {
    record = decodeControlRecord(value);
  } catch (error) {
    return { result: 'unusable', revision: 0, problem: String(error) };
  }
  return fold.apply(record);
}

function toLogRecord(record: ControlRecord) {
  return { key: `${record.subject}/${record.id}`, value: encodeControlRecord(record) };
}

function outcomeAt(folded: ReadonlyMap<number, Folded>, offset: number): Folded {
  const outcome = folded.get(offset);
  if (outcome === undefined)
    throw new Error(`the control log does not give back its record ${offset}`);
  return outcome;
}
