// What a consumer reads from and commits to in the embedded log. It must never move a cursor that
// somebody else has moved while a batch was in hand.
import type { ConsumerSource } from './consumer.ts';
import type { GroupCommit } from './groupCommit.ts';
import type { ConsumeOptions } from './log.ts';
import type { Shelf } from './shelf.ts';
import { PARTITION } from './topicTable.ts';

/** Bounds of one batch where the consumer names none. */
export const DEFAULT_BATCH = { maxRecords: 5_000, maxBytes: 8 * 2 ** 20 };
/** How soon a consumer sees what another process appended; its own process wakes it at once. */
const POLL_MS = 50;
/** A consumer with nothing to commit shows so often that it lives. */
const SEEN_EVERY_MS = 60_000;

export interface SourceDeps {
  readonly group: GroupCommit;
  now(): number;
  /** Makes visible what other processes have committed. */
  refresh(): void;
}

export function createConsumerSource(
  { topic, table, cursors, wake }: Shelf,
  { group: name, maxRecords, maxBytes }: ConsumeOptions,
  { group, now, refresh }: SourceDeps,
): ConsumerSource {
  const bounds = {
    maxRecords: maxRecords ?? DEFAULT_BATCH.maxRecords,
    maxBytes: maxBytes ?? DEFAULT_BATCH.maxBytes,
  };
  // Read anew each time: a rewind, or another consumer of the group, may have moved the cursor.
  const offsetNow = () => Math.max(cursors.get(name)?.offset ?? 0, table.state().first);
  let seenAt = 0;
  const save = async (move: (offset: number) => number) => {
    const at = now();
    await group.commit({
      sizeBytes: 0,
      run: () => cursors.put(name, { offset: move(offsetNow()), seenAt: at }),
    });
    seenAt = at;
  };
  return {
    register: () => save((offset) => offset),
    next: () => {
      refresh();
      const records = table.read({ ...bounds, from: offsetNow(), to: table.state().next });
      return records.length > 0 ? { topic, partition: PARTITION, records } : undefined;
    },
    commit: ({ records }) => {
      const begin = records[0]?.offset;
      const end = records.reduce((_, record) => record.offset + 1, 0);
      return save((offset) => (offset === begin ? end : offset));
    },
    showAlive: async () => {
      if (Math.abs(now() - seenAt) > SEEN_EVERY_MS) await save((offset) => offset);
    },
    waitForMore: (signal) => wake.wait(POLL_MS, signal),
  };
}
