// The ledger: of each row which revisions were acknowledged, and which were sent without an answer.
// It is the truth that the tables are held against.
import type { TruthRow } from './audience.ts';

export interface LedgerEntry {
  /** Revisions that a 2xx acknowledged. */
  readonly acknowledged: ReadonlyMap<number, TruthRow>;
  /** Revisions whose sender never learned what became of them. */
  readonly unknown: ReadonlyMap<number, TruthRow>;
}

export interface Ledger {
  acknowledge(rows: readonly TruthRow[]): void;
  /** Sent, and no answer came: they may be there or not. An acknowledgement later settles it. */
  doubt(rows: readonly TruthRow[]): void;
  /** By `rowKey`. */
  entries(): ReadonlyMap<string, LedgerEntry>;
}

export function rowKey({
  table,
  view,
  number,
}: Pick<TruthRow, 'table' | 'view' | 'number'>): string {
  return `${table} ${view} ${number}`;
}

export function createLedger(): Ledger {
  const entries = new Map<
    string,
    { acknowledged: Map<number, TruthRow>; unknown: Map<number, TruthRow> }
  >();
  const entryOf = (row: TruthRow) => {
    const key = rowKey(row);
    const entry = entries.get(key) ?? { acknowledged: new Map(), unknown: new Map() };
    entries.set(key, entry);
    return entry;
  };
  return {
    acknowledge: (rows) => {
      for (const row of rows) {
        const { acknowledged, unknown } = entryOf(row);
        acknowledged.set(row.rev, row);
        unknown.delete(row.rev);
      }
    },
    doubt: (rows) => {
      for (const row of rows) {
        const { acknowledged, unknown } = entryOf(row);
        if (!acknowledged.has(row.rev)) unknown.set(row.rev, row);
      }
    },
    entries: () => entries,
  };
}
