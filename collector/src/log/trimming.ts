// Retention at work: every few seconds, what is too old or too much and has been read is removed.
import type { GroupCommit } from './groupCommit.ts';
import type { LmdbFile } from './lmdbFile.ts';
import type { LogLogger } from './logger.ts';
import type { Shelf } from './shelf.ts';

const TRIM_EVERY_MS = 5_000;

export interface TrimmingDeps {
  readonly file: LmdbFile;
  readonly group: GroupCommit;
  readonly shelves: readonly Shelf[];
  readonly logger: LogLogger;
  now(): number;
}

/** Returns how to stop it: resolves when no round is under way any more. */
export function startTrimming(deps: TrimmingDeps): () => Promise<void> {
  let stopped = false;
  let round = Promise.resolve();
  const timer = setInterval(() => {
    round = round.then(() => trimAll(deps, () => stopped));
  }, TRIM_EVERY_MS);
  timer.unref();
  return () => {
    stopped = true;
    clearInterval(timer);
    return round;
  };
}

async function trimAll(deps: TrimmingDeps, isStopped: () => boolean): Promise<void> {
  const { file, group, shelves, now, logger } = deps;
  try {
    file.dropDeadReaders();
    for (const shelf of shelves) {
      // Each transaction trims a bounded number, so that appends find their turn in between.
      const trimOnce = () =>
        group.commit({ sizeBytes: 0, run: () => shelf.table.trim(now(), shelf.floor(now())) });
      while (!isStopped() && (await trimOnce()) > 0);
    }
  } catch (error) {
    logger.warn({ err: error }, 'trimming the log failed; the next round tries again');
  }
}
