// The judge of the fault harness must see each thing that could go wrong.
import { describe, expect, it } from 'vitest';
import { createAudienceView, STEPS, type TruthRow, toStepBeacon, toTruthRows } from './audience.ts';
import { judgeRows } from './judgeRows.ts';
import { createLedger } from './ledger.ts';

const TABLES = ['slices', 'events', 'views'];
const VIEW = createAudienceView(1_750_000_000_000, new Uint8Array(10).fill(7));
const ROWS = Array.from({ length: STEPS + 1 }, (_, step) => toTruthRows(toStepBeacon(VIEW, step)));
/** What the tables should hold in the end: of each row the newest revision. */
const FINAL = newestOf(ROWS.flat());

describe('judgeRows', () => {
  it('finds no fault where every acknowledged row is stored in its newest revision', () => {
    const ledger = createLedger();
    for (const rows of ROWS) ledger.acknowledge(rows);
    const verdict = judgeRows(ledger.entries(), FINAL);
    expect(verdict).toEqual({
      accepted: FINAL.length,
      stored: 2 * STEPS + 1,
      storedUnanswered: 0,
      faults: [],
    });
  });

  it('lets a row without an answer be there, in any revision that was sent, or not', () => {
    const ledger = createLedger();
    ledger.doubt(ROWS[0] ?? []);
    expect(judgeRows(ledger.entries(), []).faults).toEqual([]);
    expect(judgeRows(ledger.entries(), ROWS[0] ?? [])).toMatchObject({
      accepted: 0,
      storedUnanswered: 3,
      faults: [],
    });
    ledger.acknowledge(ROWS[0] ?? []);
    expect(judgeRows(ledger.entries(), []).faults).toHaveLength(3);
  });

  it.each<[string, (rows: TruthRow[]) => TruthRow[], string]>([
    ['a missing row', (rows) => rows.slice(1), 'is missing'],
    ['a row twice', ([first, ...rows]) => (first ? [first, first, ...rows] : []), 'more than once'],
    ['a row of nobody', (rows) => [...rows, { ...first(rows), number: 999 }], 'never sent'],
    ['an old revision', (rows) => replaceFirst(rows, { rev: 0 }), 'yet 1 was acknowledged'],
    ['a revision of nobody', (rows) => replaceFirst(rows, { rev: 9 }), 'was never sent'],
    ['another figure', (rows) => replaceFirst(rows, { measures: [1] }), 'should hold'],
  ])('sees %s', (_, spoil, told) => {
    const ledger = createLedger();
    for (const rows of ROWS) ledger.acknowledge(rows);
    const { faults } = judgeRows(ledger.entries(), spoil([...FINAL]));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(told);
  });
});

function first(rows: readonly TruthRow[]): TruthRow {
  const [row] = rows;
  if (row === undefined) throw new Error('no rows');
  return row;
}

function replaceFirst(rows: readonly TruthRow[], change: Partial<TruthRow>): TruthRow[] {
  return [{ ...first(rows), ...change }, ...rows.slice(1)];
}

function newestOf(rows: readonly TruthRow[]): TruthRow[] {
  const newest = new Map<string, TruthRow>();
  for (const row of rows) newest.set(`${row.table} ${row.number}`, row);
  return [...newest.values()].sort((a, b) => TABLES.indexOf(a.table) - TABLES.indexOf(b.table));
}
