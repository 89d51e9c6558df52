// The statements that read views one by one: the list, and one view whole. Like `sql.ts` it binds
// every value and always names the property.

import type { Filter } from './question.ts';
import type { ParamValue, Statement } from './sql.ts';
import { CONTRACT_COLUMNS } from './viewColumns.ts';

/** Rows of one view given at once. The console draws no more; a longer view is cut, and says so. */
export const VIEW_ROWS = 20_000;

/** A row of a view may start a little before its request: the slice's grid and its clock. */
const MARGIN_MS = 60_000;

const LIST_COLUMNS = [
  'view',
  'start',
  'last',
  'asset_id',
  'player_name',
  'adapter',
  'country',
  'browser',
  'os',
  'device_type',
  'end_state',
  'exit_kind',
  'exits',
  'startups',
  'startup_ms',
  'content_startups',
  'content_startup_ms',
  'playing_ms',
  'stalled_ms',
  'stalls',
  'error_code',
];

export interface ViewsQuestion {
  readonly property: string;
  readonly filters: readonly Filter[];
  /** A view id or its beginning, an asset id, or a part of an asset's title. */
  readonly search: string | null;
  /** Only views before this one in the order of the list. */
  readonly before: { readonly start: number; readonly view: string } | null;
  /** Only views that start at or after it: the newest are found without reading them all. */
  readonly since: number;
  readonly limit: number;
}

/** The newest first, then by id: the order of the cursor. */
export function toViewsStatement(question: ViewsQuestion): Statement {
  const params: Record<string, ParamValue> = {
    property: question.property,
    since: question.since,
    limit: question.limit,
  };
  const where = ['property = {property:String}', 'start >= {since:UInt64}'];
  if (question.before !== null) {
    params.start = question.before.start;
    params.view = question.before.view;
    where.push('start <= {start:UInt64}');
    where.push('(start, view_id) < ({start:UInt64}, UUIDStringToNum({view:String}))');
  }
  question.filters.forEach(({ dimension, values }, i) => {
    params[`filter${i}`] = values;
    where.push(`${dimension.column} IN {filter${i}:Array(String)}`);
  });
  if (question.search !== null) where.push(toSearch(question.search, params));
  return {
    sql: [
      `SELECT ${LIST_COLUMNS.join(', ')}`,
      'FROM views FINAL',
      `WHERE ${where.join(' AND ')}`,
      'ORDER BY start DESC, view_id DESC LIMIT {limit:UInt32}',
    ].join('\n'),
    params,
  };
}

/** When the first view of a property started. Rows: one, or none. */
export function toFirstViewStatement(property: string): Statement {
  return {
    sql: 'SELECT min(start) AS start FROM views WHERE property = {property:String} HAVING count() > 0',
    params: { property },
  };
}

/** The view's own row: its summary and what identifies it. */
export function toViewStatement(property: string, view: string): Statement {
  return {
    sql: [
      `SELECT ${[...new Set([...LIST_COLUMNS, ...CONTRACT_COLUMNS.views])].join(', ')}`,
      'FROM views FINAL',
      `WHERE ${OWN}`,
    ].join('\n'),
    params: { property, view },
  };
}

/** The newest context of a view, as JSON text. */
export function toContextStatement(property: string, view: string): Statement {
  return {
    sql: [
      'SELECT context, enrichment FROM contexts FINAL',
      `WHERE ${OWN}`,
      'ORDER BY ctx DESC LIMIT 1',
    ].join('\n'),
    params: { property, view },
  };
}

/**
 * A view's slices, each in its newest version. The table is ordered by time, so the view's own span
 * bounds what is read; without FINAL, because only this view's few rows have to be told apart.
 */
export function toSlicesStatement(property: string, view: string, span: ViewSpan): Statement {
  return {
    sql: [
      `SELECT ${CONTRACT_COLUMNS.slices.join(', ')}`,
      'FROM slices',
      `PREWHERE ${OWN} AND start >= {from:UInt64} AND start <= {to:UInt64}`,
      'ORDER BY k, version DESC LIMIT 1 BY k LIMIT {limit:UInt32}',
    ].join('\n'),
    params: { property, view, ...toParams(span) },
  };
}

/** A view's events, each in its newest version. */
export function toEventsStatement(property: string, view: string, span: ViewSpan): Statement {
  return {
    sql: [
      'SELECT seq, rev, at, ctx, clock, type, pos, facts',
      'FROM events',
      `PREWHERE ${OWN} AND at >= {from:UInt64} AND at <= {to:UInt64}`,
      'ORDER BY seq, version DESC LIMIT 1 BY seq LIMIT {limit:UInt32}',
    ].join('\n'),
    params: { property, view, ...toParams(span) },
  };
}

export interface ViewSpan {
  readonly start: number;
  readonly last: number;
}

const OWN = 'property = {property:String} AND view_id = UUIDStringToNum({view:String})';

/** One row more than is given: it tells that there are more. */
function toParams({ start, last }: ViewSpan): Record<string, number> {
  return { from: Math.max(0, start - MARGIN_MS), to: last + MARGIN_MS, limit: VIEW_ROWS + 1 };
}

function toSearch(search: string, params: Record<string, ParamValue>): string {
  params.text = search;
  const ways = [
    'asset_id = {text:String}',
    'asset_id IN (SELECT id FROM labels FINAL WHERE property = {property:String}' +
      " AND kind = 'asset' AND positionCaseInsensitiveUTF8(title, {text:String}) > 0)",
  ];
  const hex = search.toLowerCase().replaceAll('-', '');
  if (/^[0-9a-f]{1,32}$/.test(hex)) {
    // A prefix of an id is a range of the primary key.
    params.lowest = toUuid(hex.padEnd(32, '0'));
    params.highest = toUuid(hex.padEnd(32, 'f'));
    ways.push(
      '(view_id >= UUIDStringToNum({lowest:String}) AND view_id <= UUIDStringToNum({highest:String}))',
    );
  }
  return `(${ways.join(' OR ')})`;
}

function toUuid(hex: string): string {
  const ends = [8, 12, 16, 20, 32];
  return ends.map((end, i) => hex.slice(i === 0 ? 0 : ends[i - 1], end)).join('-');
}
