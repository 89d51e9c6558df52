// What the writer does with one batch of the log: rows, insert, rejects; then it may be committed.
// It returns only when all of the batch is either in the store or in the rejected topic.
import { setImmediate } from 'node:timers/promises';
import { type Batch, encodeRecord, type Log, type NewRecord } from '@retour/collector/log';
import type { Store } from '../store/createStore.ts';
import { insertRows } from './insertRows.ts';
import type { RecentLines } from './recentLines.ts';
import { lineColumns } from './rows/toLine.ts';
import { toRejectedLine } from './rows/toRejectedLine.ts';
import { type RecordRows, type Reject, toRows } from './rows/toRows.ts';
import type { WriterCounts } from './writerCounts.ts';
import type { WriterLimits } from './writerLimits.ts';

export interface Room {
  readonly store: Pick<Store, 'insert'>;
  readonly recent: RecentLines;
  readonly log: Pick<Log, 'append'>;
  readonly limits: WriterLimits;
  readonly counts: WriterCounts;
}

const REJECTED_COLUMNS = lineColumns('rejected');

/** Records between two looks at the network: while rows are made, an insert is under way. */
const RECORDS_A_TURN = 100;

/**
 * Makes the rows of one portion while the portion before is inserted.
 * @throws whatever keeps a row from being kept: the same batch must come again.
 */
export async function takeBeacons({ records }: Batch, room: Room): Promise<void> {
  let portion: RecordRows[] = [];
  let rows = 0;
  let inserting = Promise.resolve();
  const hand = async (): Promise<void> => {
    await inserting;
    inserting = keep(portion, room);
    inserting.catch(() => undefined); // It is awaited by the next portion, or at the end.
    portion = [];
    rows = 0;
  };
  for (const [n, record] of records.entries()) {
    const found = toRows(record, room.limits);
    portion.push(found);
    rows += found.slices.length + found.events.length + found.views.length;
    if (rows >= room.limits.rows) await hand();
    else if (n % RECORDS_A_TURN === RECORDS_A_TURN - 1) await setImmediate();
  }
  await hand();
  await inserting;
  room.counts.records(records.length);
}

async function keep(portion: readonly RecordRows[], room: Room): Promise<void> {
  if (portion.length === 0) return;
  const { rows, refused } = await room.counts.timed(() =>
    insertRows(room.store, portion, room.recent),
  );
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
