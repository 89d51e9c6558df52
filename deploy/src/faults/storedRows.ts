// Reads the tables: the rows that the ledger knows, and every figure that a replay must not change.
import { COLUMNS, ROW_TABLES, type Store } from '@retour/analytics/store';
import { MEASURES, type TruthRow, type TruthTable } from './audience.ts';

const NUMBER_OF: Readonly<Record<TruthTable, string>> = { slices: 'k', events: 'seq', views: '0' };

export async function readStoredRows(store: Store): Promise<TruthRow[]> {
  const tables = ['slices', 'events', 'views'] as const;
  return (await Promise.all(tables.map((table) => readTable(store, table)))).flat();
}

async function readTable(store: Store, table: TruthTable): Promise<TruthRow[]> {
  const measures = MEASURES[table].map((column) => `ifNull(${column}, 0)`).join(', ');
  const rows = await store.query<{ view: string; n: number; rev: number; measures: number[] }>({
    sql: `SELECT view, ${NUMBER_OF[table]} AS n, rev, [${measures}] AS measures FROM ${table} FINAL`,
  });
  return rows.map(({ view, n, rev, measures }) => ({ table, view, number: n, rev, measures }));
}

/** Name → exact value, as text. */
export type StoredFigures = Readonly<Record<string, string>>;

/** Of each table: how many rows, the sum of each whole number, and a hash of every column. */
export async function readFigures(store: Store): Promise<StoredFigures> {
  const figures: Record<string, string> = {};
  for (const table of ROW_TABLES) {
    const sums = COLUMNS[table]
      .filter(({ type }) => /^U?Int(16|32|64)$/.test(type))
      .map(({ name }) => `toString(sum(toInt256(${name}))) AS ${name}_sum`);
    const all = COLUMNS[table].map(({ name }) => name).join(', ');
    const [row] = await store.query<StoredFigures>({
      sql: `SELECT toString(count()) AS rows_count, toString(sum(cityHash64(${all}))) AS rows_hash,
        ${sums.join(', ')} FROM ${table} FINAL`,
    });
    for (const [name, value] of Object.entries(row ?? {})) figures[`${table}.${name}`] = value;
  }
  return figures;
}

/** The figures that differ, a sentence each. */
export function compareFigures(before: StoredFigures, after: StoredFigures): string[] {
  return Object.keys({ ...before, ...after })
    .filter((name) => before[name] !== after[name])
    .map((name) => `${name} was ${before[name]} and is ${after[name]}`);
}
