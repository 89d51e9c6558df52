// The cursors: how far each group has read each topic, and so what retention must leave alone. A
// group that has not been seen for too long stops holding the log, but keeps its place.
import type { LmdbFile } from './lmdbFile.ts';
import type { Topic } from './log.ts';
import type { TopicTable } from './topicTable.ts';

/** After so long without a sign of life a group no longer holds back retention. */
export const GROUP_LIFE_MS = 7 * 86_400_000;
/** After a start, a sleep or a step of the clock, groups have so long to show themselves. */
export const GRACE_MS = 10 * 60_000;
/** The floor is asked for every few seconds: a longer gap was a sleep or a step of the clock. */
const GAP_MS = 60_000;

export interface Cursor {
  /** Offset of the first record not committed. */
  readonly offset: number;
  /** Last sign of life of the group, epoch ms. */
  readonly seenAt: number;
}

export interface Cursors {
  get(group: string): Cursor | undefined;
  /** In a transaction. */
  put(group: string, cursor: Cursor): void;
  /** Offset below which every living group has read: retention stops there. */
  floor(now: number): number;
}

export function createCursors(
  file: LmdbFile,
  topic: Topic,
  { table, groupLifeMs }: { table: TopicTable; groupLifeMs: number },
): Cursors {
  let askedAt = Number.NEGATIVE_INFINITY;
  let awakeSince = 0;
  // Time in which nobody could show up does not count against a group.
  const isInGrace = (now: number) => {
    if (Math.abs(now - askedAt) > GAP_MS) awakeSince = now;
    askedAt = now;
    return now - awakeSince < Math.min(GRACE_MS, groupLifeMs);
  };
  return {
    // Written by `put` only.
    get: (group) => file.cursors.get([topic, group]) as Cursor | undefined,
    put: (group, cursor) => {
      file.cursors.put([topic, group], cursor);
    },
    floor: (now) => {
      const { first, next, createdAt } = table.state();
      const inGrace = isInGrace(now);
      const isAlive = (seenAt: number) => inGrace || now - seenAt <= groupLifeMs;
      let floor = next;
      let groups = 0;
      // '\uffff' ends every group name of the topic.
      for (const { value } of file.cursors.getRange({
        start: [topic, ''],
        end: [topic, '\uffff'],
      })) {
        const cursor = value as Cursor; // Written by `put` only.
        groups += 1;
        if (isAlive(cursor.seenAt)) floor = Math.min(floor, cursor.offset);
      }
      // What nobody has read yet waits for its first reader as long as it would for a silent one.
      if (groups === 0 && isAlive(createdAt)) return first;
      return floor;
    },
  };
}
