// A shelf: one topic with all that belongs to it in the embedded log.
import { type Cursors, createCursors } from './cursors.ts';
import type { LmdbFile } from './lmdbFile.ts';
import type { Topic } from './log.ts';
import { createTopicTable, type Retention, type TopicTable } from './topicTable.ts';
import { createWake, type Wake } from './wake.ts';

export interface Shelf {
  readonly topic: Topic;
  readonly table: TopicTable;
  readonly cursors: Cursors;
  readonly wake: Wake;
  /** Offset below which retention may trim. */
  floor(now: number): number;
}

export function createShelf(
  file: LmdbFile,
  topic: Topic,
  { retention, groupLifeMs }: { retention: Retention; groupLifeMs: number },
): Shelf {
  const table = createTopicTable(file, topic, retention);
  const cursors = createCursors(file, topic, { table, groupLifeMs });
  return {
    topic,
    table,
    cursors,
    wake: createWake(),
    // The control log is the state of the whole installation: nothing of it is ever trimmed.
    floor: (now) => (topic === 'control' ? 0 : cursors.floor(now)),
  };
}
