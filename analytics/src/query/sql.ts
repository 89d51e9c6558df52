// The only file that knows ClickHouse's language. Values are bound parameters, names come from the
// contract, `columns.ts` and `dimensions.ts`, and every statement carries its property and its bounds.
import { STUCK_MS } from '../metrics/concurrentViews.ts';
import { partsOf } from '../metrics/figure.ts';
import { isSettled, type Metric, type Part, type SummableField } from '../metrics/metric.ts';
import { toSnake } from '../store/columns.ts';
import { type Filter, GRID_MS, type Question } from './question.ts';

export type ParamValue = string | number | readonly string[];

export interface Statement {
  readonly sql: string;
  readonly params: Readonly<Record<string, ParamValue>>;
}

/** A span of time on the grid: from inclusive, to exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** One column of a result: which part it is, and whether it ends at the last complete cell. */
export interface PartColumn {
  readonly key: string;
  readonly part: Part;
  readonly settled: boolean;
}

export interface PartsQuestion extends Pick<Question, 'property' | 'intervalMs' | 'filters'> {
  readonly columns: readonly PartColumn[];
  /** One span, or several that do not touch. */
  readonly spans: readonly Span[];
  readonly grouping: { readonly column: string } | null;
  readonly limit: number;
  /** Settled columns end here. */
  readonly settledUntil: number;
}

/** A stall that began longer ago than this no longer matters: its view has timed out. */
const STALL_LOOKBACK_MS = 3_600_000;

/** The columns that metrics need: a part once for live figures and once for settled ones. */
export function columnsOf(metrics: readonly Metric[]): readonly PartColumn[] {
  return [true, false].flatMap((settled) =>
    [...partsOf(metrics.filter((metric) => isSettled(metric) === settled))].map(([key, part]) => ({
      key,
      part,
      settled,
    })),
  );
}

/**
 * Parts by bucket and group. Rows: bucket start, group, size, then one value a column. Innermost,
 * views are told apart in each 10 s cell and weight; then weights are applied; then cells are joined.
 */
export function toPartsStatement(question: PartsQuestion): Statement {
  const { columns, grouping, filters, intervalMs } = question;
  const where = toWhere(question.property, question.spans, filters);
  const group = grouping === null ? "''" : `toString(${toName(grouping.column)})`;
  const time = intervalMs === null ? '0' : `intDiv(cell, {interval:UInt64}) * {interval:UInt64}`;
  const lines = [
    `SELECT ${time} AS bucket, name, sum(weighed) AS size`,
    ...columns.map((column, i) => `, ${joinCells(column, i)} AS p${i}`),
    'FROM (',
    '  SELECT cell, name, sum(weight * watched) AS weighed',
    ...columns.map(({ part }, i) => `  , ${applyWeight(part, i)}`),
    '  FROM (',
    `    SELECT intDiv(start, ${GRID_MS}) * ${GRID_MS} AS cell, ${group} AS name, weight`,
    '    , sum(starting_ms + playing_ms + stalled_ms + seeking_ms + ad_ms) AS watched',
    ...columns.map(({ part }, i) => `    , ${foldRows(part)} AS r${i}`),
    '    FROM slices FINAL',
    `    WHERE ${where.sql}`,
    '    GROUP BY cell, name, weight',
    '  )',
    '  GROUP BY cell, name',
    ')',
    'GROUP BY bucket, name',
    grouping !== null && intervalMs === null
      ? 'ORDER BY size DESC, name LIMIT {limit:UInt32}'
      : 'ORDER BY bucket, name',
  ];
  const stuck = columns.some(({ part }) => 'watching' in part);
  return {
    sql: lines.join('\n'),
    params: {
      ...where.params,
      ...(stuck && toStuckParams(question.spans)),
      ...(columns.some(({ settled }) => settled) && { settled: question.settledUntil }),
      ...(intervalMs !== null && { interval: intervalMs }),
      ...(grouping !== null && intervalMs === null && { limit: question.limit }),
    },
  };
}

export interface OpenQuestion extends Pick<Question, 'property' | 'filters'> {
  readonly grouping: { readonly column: string } | null;
  readonly span: Span;
}

/**
 * The views seen lately that have not ended. Rows: group, cell of the last slice, cell up to which
 * it was reported, weight of the open views, weight of those that watch.
 */
export function toOpenStatement({ property, filters, grouping, span }: OpenQuestion): Statement {
  const where = toWhere(property, [span], []);
  const passes = toPasses(filters, (_, i) => `newest.${i + 4}`);
  const group = grouping === null ? "''" : toName(grouping.column);
  const facts = ['end_state', group, ...filters.map(({ dimension }) => toName(dimension.column))];
  const stalled = `state = 'stalled' AND (view_id, last) IN (${STUCK})`;
  const lines = [
    'SELECT name, last, reported, sum(views) AS open',
    `, sumIf(views, state NOT IN ('idle', 'paused', 'suspended') AND NOT (${stalled})) AS watching`,
    'FROM (',
    '  SELECT view_id, max(weight) AS views',
    `  , intDiv(max(start), ${GRID_MS}) * ${GRID_MS} AS last`,
    `  , intDiv(max(start + duration_ms), ${GRID_MS}) * ${GRID_MS} AS reported`,
    `  , argMax((exits, ${facts.map((fact) => `toString(${fact})`).join(', ')}), k) AS newest`,
    '  , newest.1 AS ended, newest.2 AS state, newest.3 AS name',
    '  FROM slices FINAL',
    `  WHERE ${where.sql}`,
    '  GROUP BY view_id',
    ')',
    // After the newest slice is known: a view that moved to another CDN is no longer on the first.
    `WHERE ended = 0 AND state NOT IN ('ended', 'failed')${passes.sql}`,
    'GROUP BY name, last, reported',
    'ORDER BY name, last, reported',
  ];
  return {
    sql: lines.join('\n'),
    params: { ...where.params, ...passes.params, ...toStuckParams([span]) },
  };
}

/** Titles of ids, as the publisher gave them last. Rows: id, title. */
export function toLabelsStatement(
  property: string,
  kind: string,
  ids: readonly string[],
): Statement {
  return {
    sql:
      'SELECT id, title FROM labels FINAL\n' +
      'WHERE property = {property:String} AND kind = {kind:String} AND id IN {ids:Array(String)}',
    params: { property, kind, ids },
  };
}

/** The cells in which a view had been stalled for more than five minutes: view, cell. */
const STUCK = [
  'SELECT view_id, arrayJoin(range(',
  `intDiv(at + ${STUCK_MS} + ${GRID_MS - 1}, ${GRID_MS}) * ${GRID_MS}`,
  ', least(if(isNull(duration_ms), {stuckTo:UInt64}, at + assumeNotNull(duration_ms)), {stuckTo:UInt64})',
  `, ${GRID_MS})) FROM events FINAL`,
  " WHERE property = {property:String} AND type = 'stall'",
  ' AND at >= {stuckFrom:UInt64} AND at < {stuckTo:UInt64}',
  ` AND (duration_ms IS NULL OR duration_ms > ${STUCK_MS})`,
].join('');

function toStuckParams(spans: readonly Span[]): Record<string, number> {
  return {
    stuckFrom: Math.max(0, Math.min(...spans.map(({ from }) => from)) - STALL_LOOKBACK_MS),
    stuckTo: Math.max(...spans.map(({ to }) => to)),
  };
}

/** Over the rows of one cell, group and weight. */
function foldRows(part: Part): string {
  if ('sum' in part) return `sum(${part.sum.map(toSnake).join(' + ')})`;
  if ('values' in part) {
    return `sumMapIf([${toSnake(part.values)}], [toUInt64(1)], ${toSnake(part.where)} > 0)`;
  }
  // Other activity first: only a view that did nothing but stall can be stuck.
  const active = part.watching.filter((field: SummableField) => field !== 'stalledMs');
  const stalled = part.watching.includes('stalledMs')
    ? ` OR (stalled_ms > 0 AND (view_id, cell) NOT IN (${STUCK}))`
    : '';
  return `uniqExactIf(view_id, ${active.map(toSnake).join(' + ')} > 0${stalled})`;
}

function applyWeight(part: Part, i: number): string {
  return 'values' in part
    ? `sumMap(r${i}.1, arrayMap(n -> n * weight, r${i}.2)) AS c${i}`
    : `sum(weight * r${i}) AS c${i}`;
}

function joinCells({ part, settled }: PartColumn, i: number): string {
  const when = settled ? ['If', ', cell < {settled:UInt64}'] : ['', ''];
  if ('values' in part) return `sumMap${when[0]}(c${i}.1, c${i}.2${when[1]})`;
  return `${'sum' in part ? 'sum' : 'max'}${when[0]}(c${i}${when[1]})`;
}

interface Condition {
  readonly sql: string;
  readonly params: Record<string, ParamValue>;
}

function toWhere(property: string, spans: readonly Span[], filters: readonly Filter[]): Condition {
  const params: Record<string, ParamValue> = { property };
  const times = spans.map(({ from, to }, i) => {
    params[`from${i}`] = from;
    params[`to${i}`] = to;
    return `(start >= {from${i}:UInt64} AND start < {to${i}:UInt64})`;
  });
  const passes = toPasses(filters, ({ dimension }) => toName(dimension.column));
  return {
    sql: `property = {property:String} AND (${times.join(' OR ')})${passes.sql}`,
    params: { ...params, ...passes.params },
  };
}

function toPasses(
  filters: readonly Filter[],
  nameOf: (filter: Filter, i: number) => string,
): Condition {
  const params: Record<string, ParamValue> = {};
  const passes = filters.map((filter, i) => {
    params[`filter${i}`] = filter.values;
    return ` AND ${nameOf(filter, i)} IN {filter${i}:Array(String)}`;
  });
  return { sql: passes.join(''), params };
}

/** A column of `dimensions.ts`: a name of ours, yet checked, since it stands in the SQL as it is. */
function toName(column: string): string {
  if (!/^[a-z][a-z0-9_]*$/.test(column)) throw new Error(`"${column}" is no column name`);
  return column;
}
