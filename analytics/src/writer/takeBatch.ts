// What the writer does with one batch of the log: rows, insert, rejects; then it may be committed.
// It returns only when all of the batch is either in the store or in the rejected topic.
import { type Batch, encodeRecord, type Log, type NewRecord } from '@retour/collector/log';
import type { Store } from '../store/createStore.ts';
import { insertRows } from './insertRows.ts';
import { lineColumns } from './rows/toLine.ts';
import { toRejectedLine } from './rows/toRejectedLine.ts';
import { type RecordRows, type Reject, toRows } from './rows/toRows.ts';
import type { WriterCounts } from './writerCounts.ts';
import type { WriterLimits } from './writerLimits.ts';

export interface Room {
  readonly log: Pick<Log, 'append'>;
  readonly store: Pick<Store, 'insert'>;
  readonly limits: WriterLimits;
  readonly counts: WriterCounts;
}

const REJECTED_COLUMNS = lineColumns('rejected');

/** @throws whatever keeps a row from being kept: the same batch must come again. */
export async function takeBeacons({ records }: Batch, room: Room): Promise<void> {
  let portion: RecordRows[] = [];
  let rows = 0;
  for (const record of records) {
    const found = toRows(record, room.limits);
    portion.push(found);
    rows += found.slices.length + found.events.length + found.views.length;
    if (rows < room.limits.rows) continue;
    await keep(portion, room);
    portion = [];
    rows = 0;
  }
  await keep(portion, room);
  room.counts.records(records.length);
}

/** Rejects first: a record that leaves no row behind must never be lost between the two. */
async function keep(portion: readonly RecordRows[], room: Room): Promise<void> {
  const { rows, refused } = await room.counts.timed(() => insertRows(room.store, portion));
  const rejects = [...portion.flatMap((record) => record.rejects), ...refused];
  if (rejects.length > 0) await room.log.append('rejected', rejects.map(toRecord));
  room.counts.kept(rows, rejects);
}

/** The rejected topic becomes the rejected table. Its lines are made so that no engine refuses one. */
export async function takeRejected({ records }: Batch, room: Room): Promise<void> {
  const lines = records.map(toRejectedLine);
  await room.store.insert({ table: 'rejected', columns: REJECTED_COLUMNS, lines });
}

function toRecord({ head, body }: Reject): NewRecord {
  return { key: head.property, value: encodeRecord(head, body) };
}
