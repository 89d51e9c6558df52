// The text of the statements, golden: one per metric and one per shape. The diff is the review
// (write anew: vitest run -u). What they answer is tested on the real engine.
import { describe, expect, it } from 'vitest';
import { DIMENSIONS } from '../metrics/dimensions.ts';
import type { Metric } from '../metrics/metric.ts';
import { REGISTRY } from '../metrics/registry.ts';
import { withBounds } from './bounds.ts';
import {
  columnsOf,
  type PartsQuestion,
  type Statement,
  toLabelsStatement,
  toOpenStatement,
  toPartsStatement,
} from './sql.ts';
import {
  toContextStatement,
  toEventsStatement,
  toFirstViewStatement,
  toSlicesStatement,
  toViewStatement,
  toViewsStatement,
} from './viewSql.ts';

const EVIL = `x'); DROP TABLE slices; --`;
const VIEW = '01900000-0000-7000-8000-000000000001';
const metrics: readonly Metric[] = REGISTRY;
const filters = [{ dimension: DIMENSIONS.country, values: [EVIL] }];
const grouping = { column: DIMENSIONS.asset.column };
const span = { from: 0, to: 60_000 };

function parts(facts: Partial<PartsQuestion>): Statement {
  return toPartsStatement({
    property: EVIL,
    columns: columnsOf(metrics.slice(1, 2)),
    spans: [span],
    grouping: null,
    filters: [],
    intervalMs: null,
    limit: 20,
    settledUntil: 60_000,
    ...facts,
  });
}

const list = { property: EVIL, filters, since: 0, limit: 50, search: null, before: null };
const SHAPES: Readonly<Record<string, Statement>> = {
  series: parts({ intervalMs: 10_000 }),
  table: parts({ grouping }),
  filtered: parts({ filters }),
  'two spans': parts({ intervalMs: 10_000, spans: [span, { from: 600_000, to: 660_000 }] }),
  open: toOpenStatement({ property: EVIL, filters, grouping, span }),
  labels: toLabelsStatement(EVIL, 'asset', [EVIL]),
  views: toViewsStatement(list),
  'views found': toViewsStatement({ ...list, search: 'ab', before: { start: 5, view: VIEW } }),
  'first view': toFirstViewStatement(EVIL),
  view: toViewStatement(EVIL, VIEW),
  context: toContextStatement(EVIL, VIEW),
  slices: toSlicesStatement(EVIL, VIEW, { start: 0, last: 9 }),
  events: toEventsStatement(EVIL, VIEW, { start: 0, last: 9 }),
};

describe('toPartsStatement', () => {
  it.each(metrics)('asks for $id', async (metric) => {
    const { sql } = parts({ columns: columnsOf([metric]) });
    await expect(`${sql}\n`).toMatchFileSnapshot(`./golden/${metric.id}.sql`);
  });

  it('asks once for parts that metrics share', () => {
    const keys = columnsOf(metrics).map(({ key, settled }) => `${key} ${settled}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('every statement', () => {
  it.each(Object.entries(SHAPES))('%s: its text', async (name, { sql }) => {
    await expect(`${withBounds(sql)}\n`).toMatchFileSnapshot(`./golden/shape ${name}.sql`);
  });

  it.each(Object.entries(SHAPES))(
    '%s: names its property in every table that it reads',
    (_, { sql }) => {
      const reads = sql.match(/FROM (slices|events|views|contexts|labels)\b/g) ?? [];
      const fences = sql.match(/property = \{property:String\}/g) ?? [];
      expect(reads.length).toBeGreaterThan(0);
      expect(fences.length).toBeGreaterThanOrEqual(reads.length);
    },
  );

  it.each(Object.entries(SHAPES))('%s: binds values, never writes them', (_, { sql, params }) => {
    expect(sql).not.toContain('DROP');
    const named = [...sql.matchAll(/\{(\w+):/g)].map(([, name]) => name);
    expect(new Set(named)).toEqual(new Set(Object.keys(params)));
  });

  it('refuses a column that is no name', () => {
    expect(() => parts({ grouping: { column: EVIL } })).toThrow('is no column name');
  });
});
