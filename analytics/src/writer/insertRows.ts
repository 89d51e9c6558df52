// Inserts the rows of some records, table by table, and isolates the record that the engine refuses:
// the batch is halved until it stands alone. An engine that is away refuses nothing.
import { ROW_TABLES, type RowTable } from '../store/columns.ts';
import type { Store } from '../store/createStore.ts';
import { StoreError } from '../store/storeError.ts';
import { createRecentLines, type RecentLines } from './recentLines.ts';
import { lineColumns } from './rows/toLine.ts';
import { type RecordRows, type Reject, toRefused } from './rows/toRows.ts';

type ViewTable = Exclude<RowTable, 'rejected'>;
type Lines = Readonly<Record<ViewTable, readonly string[]>>;

const TABLES = ROW_TABLES.filter((table): table is ViewTable => table !== 'rejected');
const COLUMNS_OF = new Map(TABLES.map((table) => [table, lineColumns(table)]));

export interface Inserted {
  /** Rows written, by table. */
  readonly rows: Readonly<Record<ViewTable, number>>;
  readonly refused: readonly Reject[];
}

/**
 * Resolves when every row is written or its record is refused for good.
 * @throws StoreError of kind `unavailable`: nothing is known of the rows; insert them all again.
 */
export async function insertRows(
  store: Pick<Store, 'insert'>,
  records: readonly RecordRows[],
  recent: RecentLines = createRecentLines(0),
): Promise<Inserted> {
  const lines = toLines(recent, records);
  try {
    await Promise.all(
      TABLES.map((table) =>
        store.insert({
          table,
          columns: COLUMNS_OF.get(table) ?? [],
          lines: lines[table],
        }),
      ),
    );
    recent.written([...lines.contexts, ...lines.labels]);
    return { rows: countRows(lines), refused: [] };
  } catch (error) {
    if (!(error instanceof StoreError) || error.kind !== 'refused') throw error;
    const [first] = records;
    if (records.length > 1 || first === undefined) return insertHalves(store, records, recent);
    return { rows: countRows(), refused: [toRefused(first.record, error.message)] };
  }
}

async function insertHalves(
  store: Pick<Store, 'insert'>,
  records: readonly RecordRows[],
  recent: RecentLines,
): Promise<Inserted> {
  const middle = records.length >> 1;
  const left = await insertRows(store, records.slice(0, middle), recent);
  const right = await insertRows(store, records.slice(middle), recent);
  const sum = (table: ViewTable): [ViewTable, number] => [
    table,
    left.rows[table] + right.rows[table],
  ];
  return {
    rows: Object.fromEntries(TABLES.map(sum)) as Inserted['rows'], // One entry for each table.
    refused: [...left.refused, ...right.refused],
  };
}

function toLines(recent: RecentLines, records: readonly RecordRows[]): Lines {
  return {
    slices: records.flatMap(({ slices }) => slices),
    events: records.flatMap(({ events }) => events),
    views: records.flatMap(({ views }) => views),
    contexts: recent.fresh(records.flatMap(({ contexts }) => contexts)),
    labels: recent.fresh(records.flatMap(({ labels }) => labels)),
  };
}

function countRows(lines?: Lines): Inserted['rows'] {
  const count = (table: ViewTable): [ViewTable, number] => [table, lines?.[table].length ?? 0];
  return Object.fromEntries(TABLES.map(count)) as Inserted['rows']; // One entry for each table.
}
