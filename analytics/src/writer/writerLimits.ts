// The writer's bounds, and what happens at each.
import type { RetentionDays } from '../store/retention.ts';
import type { TimeBounds } from './rows/splitByTime.ts';

export interface WriterLimits extends TimeBounds {
  /** Records of one batch, and their bytes: memory, and how much is done again after a crash. */
  readonly records: number;
  readonly bytes: number;
  /** Rows of one insert, and a beacon's more: a batch of more goes in portions, committed together. */
  readonly rows: number;
  /** Contexts and titles remembered as written. */
  readonly recentLines: number;
  /**
   * A batch that was not full is followed by the next no sooner: few records at a time would make
   * many small parts. It is the most that a record waits before it is taken.
   */
  readonly paceMs: number;
  /** How far the writer goes back when the engine ended uncleanly: it syncs no row to the disk. */
  readonly rewindMs: number;
}

const DAY_MS = 86_400_000;

export const DEFAULT_WRITER_LIMITS: WriterLimits = {
  records: 10_000,
  bytes: 16 * 2 ** 20,
  rows: 8_000,
  recentLines: 100_000,
  paceMs: 150,
  rewindMs: 10 * 60_000,
  latenessHorizonMs: 7 * DAY_MS,
  viewHorizonMs: 60 * DAY_MS,
  futureMs: 3_600_000,
};

/**
 * A late row must live on for a while, else its minute changes again at once: the horizon stays
 * below the tables' times to live by a day.
 * @throws RangeError naming both.
 */
export function checkHorizons(limits: WriterLimits, days: RetentionDays): void {
  const pairs = [
    ['slices', limits.latenessHorizonMs],
    ['events', limits.latenessHorizonMs],
    ['views', limits.viewHorizonMs],
  ] as const;
  for (const [table, horizonMs] of pairs) {
    if (horizonMs + DAY_MS <= days[table] * DAY_MS) continue;
    throw new RangeError(
      `rows may come ${horizonMs / DAY_MS} days late, so ${table} must be kept for at least ` +
        `${horizonMs / DAY_MS + 1} days, not ${days[table]}`,
    );
  }
}
