// How long each table keeps its rows. It is configuration, so it is set at each start and stands in
// no migration.
import type { RowTable } from './columns.ts';
import { type Backend, toLocalTable } from './ddl.ts';

/** Days, by table. */
export type RetentionDays = Readonly<Record<RowTable, number>>;

/** Views, with what belongs to them, outlive slices: cohort figures are asked for years back. */
export const DEFAULT_RETENTION_DAYS: RetentionDays = {
  slices: 30,
  events: 30,
  views: 400,
  contexts: 400,
  labels: 3_650,
  rejected: 30,
};

/** The column, epoch ms, that a row's age is counted from. Labels have none: they are kept. */
const AGE_COLUMN: Readonly<Partial<Record<RowTable, string>>> = {
  slices: 'start',
  events: 'at',
  views: 'start',
  contexts: 'received_day',
  rejected: 'received_at',
};

/** The statements that set it; they change no row now, and expired ones go at the next merge. */
export function toRetention(days: RetentionDays, backend: Backend): string[] {
  return Object.entries(AGE_COLUMN).map(([table, column]) => {
    const count = days[table as RowTable]; // The keys of AGE_COLUMN are tables.
    if (!Number.isInteger(count) || count < 1) {
      throw new RangeError(`retention of ${table}: expected whole days from 1, got ${count}`);
    }
    return (
      `ALTER TABLE ${toLocalTable(table, backend)} MODIFY TTL ` +
      `toDateTime(intDiv(${column}, 1000), 'UTC') + INTERVAL ${count} DAY ` +
      'SETTINGS materialize_ttl_after_modify = 0'
    );
  });
}
