// Holds what the tables have against the ledger: accepted == stored, to the last digit. Pure.

import type { TruthRow } from './audience.ts';
import { type LedgerEntry, rowKey } from './ledger.ts';

export interface Verdict {
  /** Rows of the ledger that were acknowledged in some revision. */
  readonly accepted: number;
  readonly stored: number;
  /** Stored although no answer was ever seen: allowed, for the answer got lost. */
  readonly storedUnanswered: number;
  /** What must not be: a sentence each. */
  readonly faults: readonly string[];
}

export function judgeRows(
  entries: ReadonlyMap<string, LedgerEntry>,
  stored: readonly TruthRow[],
): Verdict {
  const faults: string[] = [];
  const byKey = new Map<string, TruthRow>();
  for (const row of stored) {
    const key = rowKey(row);
    if (byKey.has(key)) faults.push(`${key} is stored more than once`);
    byKey.set(key, row);
    if (!entries.has(key)) faults.push(`${key} is stored and was never sent`);
  }
  let accepted = 0;
  let storedUnanswered = 0;
  for (const [key, entry] of entries) {
    const row = byKey.get(key);
    if (entry.acknowledged.size > 0) accepted += 1;
    else if (row !== undefined) storedUnanswered += 1;
    const fault = judgeRow(entry, row);
    if (fault !== undefined) faults.push(`${key} ${fault}`);
  }
  return { accepted, stored: byKey.size, storedUnanswered, faults };
}

function judgeRow({ acknowledged, unknown }: LedgerEntry, row?: TruthRow): string | undefined {
  const newest = Math.max(-1, ...acknowledged.keys());
  if (row === undefined)
    return newest < 0 ? undefined : `was acknowledged in revision ${newest} and is missing`;
  const sent = acknowledged.get(row.rev) ?? unknown.get(row.rev);
  if (sent === undefined) return `is stored in revision ${row.rev}, which was never sent`;
  if (row.rev < newest) return `is stored in revision ${row.rev}, yet ${newest} was acknowledged`;
  const [expected, found] = [sent.measures.join(), row.measures.join()];
  return expected === found ? undefined : `should hold ${expected} and holds ${found}`;
}
