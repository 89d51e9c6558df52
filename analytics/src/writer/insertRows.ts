// Inserts the rows of some records, table by table, and isolates the record that the engine refuses:
// the batch is halved until it stands alone. An engine that is away refuses nothing.
import { ROW_TABLES, type RowTable } from '../store/columns.ts';
import type { Store } from '../store/createStore.ts';
import { StoreError } from '../store/storeError.ts';
import type { NewestLine } from './rows/toContextLines.ts';
import { lineColumns } from './rows/toLine.ts';
import { type RecordRows, type Reject, toRefused } from './rows/toRows.ts';

type ViewTable = Exclude<RowTable, 'rejected'>;

const TABLES = ROW_TABLES.filter((table): table is ViewTable => table !== 'rejected');
const COLUMNS_OF = Object.fromEntries(TABLES.map((table) => [table, lineColumns(table)]));

export interface Inserted {
  readonly rows: Readonly<Record<ViewTable, number>>;
  readonly refused: readonly Reject[];
}

const NONE: Record<ViewTable, number> = { slices: 0, events: 0, views: 0, contexts: 0, labels: 0 };

/**
 * Resolves when every row is written or its record is refused for good.
 * @throws StoreError of kind `unavailable`: nothing is known of the rows; insert them all again.
 */
export async function insertRows(
  store: Pick<Store, 'insert'>,
  records: readonly RecordRows[],
): Promise<Inserted> {
  if (records.length === 0) return { rows: NONE, refused: [] };
  try {
    const lines = toLines(records);
    await Promise.all(
      TABLES.map((table) =>
        store.insert({ table, columns: COLUMNS_OF[table] ?? [], lines: lines[table] }),
      ),
    );
    return { rows: count(lines), refused: [] };
  } catch (error) {
    if (!(error instanceof StoreError) || error.kind !== 'refused') throw error;
    const [first] = records;
    if (records.length === 1 && first !== undefined) {
      return { rows: NONE, refused: [toRefused(first.record, error.message)] };
    }
    return insertHalves(store, records);
  }
}

async function insertHalves(
  store: Pick<Store, 'insert'>,
  records: readonly RecordRows[],
): Promise<Inserted> {
  const middle = records.length >> 1;
  const left = await insertRows(store, records.slice(0, middle));
  const right = await insertRows(store, records.slice(middle));
  const rows = { ...NONE };
  for (const table of TABLES) rows[table] = left.rows[table] + right.rows[table];
  return { rows, refused: [...left.refused, ...right.refused] };
}

function toLines(records: readonly RecordRows[]): Record<ViewTable, string[]> {
  return {
    slices: records.flatMap(({ slices }) => slices),
    events: records.flatMap(({ events }) => events),
    views: records.flatMap(({ views }) => views),
    contexts: newest(records.flatMap(({ contexts }) => contexts)),
    labels: newest(records.flatMap(({ labels }) => labels)),
  };
}

/** Of each key the one that the engine would keep. */
function newest(lines: readonly NewestLine[]): string[] {
  const byKey = new Map<string, NewestLine>();
  for (const line of lines) {
    const known = byKey.get(line.key);
    if (known === undefined || known.version < line.version) byKey.set(line.key, line);
  }
  return [...byKey.values()].map(({ line }) => line);
}

function count(lines: Readonly<Record<ViewTable, readonly string[]>>): Record<ViewTable, number> {
  const rows = { ...NONE };
  for (const table of TABLES) rows[table] = lines[table].length;
  return rows;
}
