// The engine against a person's way of counting: random views, sent twice and out of order, and every
// metric reckoned again here row by row. The seed is fixed; a failure prints the views.
import type { Slice } from '@retour/player-sdk/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quantileOf } from '../src/metrics/figure.ts';
import type { Metric, SummableField } from '../src/metrics/metric.ts';
import { REGISTRY } from '../src/metrics/registry.ts';
import { parseQuestion } from '../src/query/parse.ts';
import { runQuestion } from '../src/query/run.ts';
import { createWorld, START, type ViewFacts, type World } from './world.ts';

const metrics: readonly Metric[] = REGISTRY;
const CELLS = 6;
const SEED = 20_261;

type Row = Partial<Slice> & {
  readonly cell: number;
  readonly weight: number;
  readonly view: string;
};

const count = fc.nat(3);
const ms = fc.oneof(fc.constant(0), fc.nat(1_400));
const slice = fc.record({
  startingMs: ms,
  playingMs: ms,
  stalledMs: ms,
  seekingMs: ms,
  pausedMs: ms,
  adMs: ms,
  suspendedMs: ms,
  bits: fc.nat(50_000_000),
  ratedMediaMs: ms,
  stalls: count,
  framesDropped: fc.nat(20),
  framesRendered: fc.nat(300),
  liveLatencyMsMs: fc.nat(9_000_000),
  liveLatencyMs: ms,
  attempts: fc.nat(1),
  starts: fc.nat(1),
  startups: fc.nat(1),
  startupMs: fc.nat(5_000),
  contentStartups: fc.nat(1),
  contentStartupMs: fc.nat(5_000),
  startFailures: fc.nat(1),
  playFailures: fc.nat(1),
  exitsBeforeStart: fc.nat(1),
});
const viewFacts = fc.record({
  weight: fc.constantFrom(1, 1, 1, 10),
  country: fc.constantFrom('FR', 'DE'),
  /** Each slice begins in a cell, some way into it: two may share one. */
  slices: fc.array(fc.record({ cell: fc.nat(CELLS - 1), intoMs: fc.nat(150), facts: slice }), {
    minLength: 1,
    maxLength: 6,
  }),
});

const AUDIENCES = fc.sample(fc.array(viewFacts, { maxLength: 25 }), { seed: SEED, numRuns: 12 });

let world: World;
const viewOf = (audience: number, n: number) =>
  `01900000-0000-7000-8000-${(audience * 1_000 + n).toString(16).padStart(12, '0')}`;

beforeAll(async () => {
  world = await createWorld();
  for (const [audience, views] of AUDIENCES.entries()) {
    if (views.length === 0) continue;
    const facts = views.map(
      (view, n): ViewFacts => ({
        view: viewOf(audience, n),
        country: view.country,
        context: { weight: view.weight },
        slices: view.slices.map(({ cell, intoMs, facts }, k) => ({
          ...facts,
          k,
          rev: 1,
          start: START + cell * 10_000 + intoMs,
        })),
      }),
    );
    const early = facts.map((view) => ({
      ...view,
      slices: view.slices.map(({ k, start }) => ({
        ...{ k, start, rev: 0, playingMs: 77, attempts: 1 },
      })) as Partial<Slice>[], // k and start are set on every slice above.
    }));
    await world.put(`audience-${audience}`, facts.slice(0, 10));
    await world.put(`audience-${audience}`, early);
    await world.put(`audience-${audience}`, [...facts].reverse());
  }
});

afterAll(() => world.close());

const sum = (rows: readonly Row[], fields: readonly SummableField[]) =>
  rows.reduce(
    (total, row) => total + row.weight * fields.reduce((all, field) => all + (row[field] ?? 0), 0),
    0,
  );

/** Views that watched in the fullest cell: nobody stalls for minutes here. */
function peak(rows: readonly Row[], fields: readonly SummableField[]): number {
  const cells = Array.from({ length: CELLS }, (_, cell) => {
    const active = rows.filter(
      (row) => row.cell === cell && fields.some((field) => (row[field] ?? 0) > 0),
    );
    return [...new Map(active.map((row) => [row.view, row.weight])).values()].reduce(
      (all, weight) => all + weight,
      0,
    );
  });
  return Math.max(0, ...cells);
}

function expected({ parts, merge, empty }: Metric, rows: readonly Row[], minutes: number) {
  const part = parts[merge.of];
  if (part === undefined) throw new Error('a metric merges parts that it has');
  if ('watching' in part) return peak(rows, part.watching);
  if ('values' in part) {
    const level = merge.kind === 'quantile' ? merge.level : Number.NaN;
    const values = new Map<number, number>();
    for (const row of rows) {
      if ((row[part.where] ?? 0) === 0) continue;
      const value = row[part.values] ?? 0;
      values.set(value, (values.get(value) ?? 0) + row.weight);
    }
    return quantileOf(values, level) ?? empty.value;
  }
  if (merge.kind === 'total') return sum(rows, part.sum);
  if (merge.kind === 'perMinute') return sum(rows, part.sum) / minutes;
  if (merge.kind !== 'ratio') throw new Error(`no way to reckon a ${merge.kind} of a sum`);
  const over = parts[merge.over];
  const below = over !== undefined && 'sum' in over ? sum(rows, over.sum) : 0;
  return below === 0 ? empty.value : (sum(rows, part.sum) * merge.scale) / below;
}

function rowsOf(audience: number, country?: string): Row[] {
  const views = AUDIENCES[audience] ?? [];
  return views.flatMap((view, n) =>
    country !== undefined && view.country !== country
      ? []
      : view.slices.map(({ cell, facts }) => ({
          ...facts,
          cell,
          weight: view.weight,
          view: viewOf(audience, n),
        })),
  );
}

async function ask(audience: number, facts: object) {
  const request = { metrics: metrics.map(({ id }) => id), from: START, to: START + 60_000 };
  const question = parseQuestion(`audience-${audience}`, { ...request, ...facts });
  if (!question.ok) throw new Error(question.issue.message);
  const options = { reader: world.reader, now: START + 3_600_000, heartbeatMs: 10_000 };
  const answer = await runQuestion(question.value, options);
  if (!answer.ok) throw new Error(answer.issue.message);
  return answer.value.frames;
}

describe(`the engine and a person (seed ${SEED})`, () => {
  it.each(AUDIENCES.map((_, audience) => audience))('agree on audience %d', async (audience) => {
    const close = (found: unknown, wanted: number | null) =>
      wanted === null ? expect(found).toBeNull() : expect(found).toBeCloseTo(wanted, 6);
    const [totals] = await ask(audience, {});
    const [series] = await ask(audience, { intervalMs: 10_000 });
    const [table] = await ask(audience, { dimension: 'country' });
    for (const [i, metric] of metrics.entries()) {
      close(totals?.data.values[i]?.[0], expected(metric, rowsOf(audience), 1));
      for (let cell = 0; cell < CELLS; cell += 1) {
        const rows = rowsOf(audience).filter((row) => row.cell === cell);
        close(series?.data.values[i + 1]?.[cell], expected(metric, rows, 1 / 6));
      }
      for (const [line, country] of (table?.data.values[0] ?? []).entries()) {
        const rows = rowsOf(audience, String(country));
        close(table?.data.values[i + 2]?.[line], expected(metric, rows, 1));
      }
    }
  });
});
