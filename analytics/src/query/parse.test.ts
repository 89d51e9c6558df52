import { describe, expect, it } from 'vitest';
import { parseQuestion, type QueryRequest } from './parse.ts';
import { planQuestion, TAIL_MS } from './plan.ts';

const T = 1_800_000_000_000;
const request: QueryRequest = { metrics: ['playingTime'], from: T + 1, to: T + 59_999 };

function check(facts: Partial<QueryRequest>, expected: object): void {
  expect(parseQuestion('main', { ...request, ...facts })).toMatchObject(expected);
}

describe('parseQuestion', () => {
  it('puts times on the grid, outwards', () => {
    check({}, { ok: true, value: { property: 'main', from: T, to: T + 60_000, intervalMs: null } });
    check(
      { intervalMs: 15_000, from: T + 25_000 },
      { value: { from: T + 20_000, intervalMs: 20_000 } },
    );
  });

  it('asks for a metric once', () => {
    const parsed = parseQuestion('main', { ...request, metrics: ['playingTime', 'playingTime'] });
    expect(parsed.ok && parsed.value.metrics.length).toBe(1);
  });

  it.each([
    [{ metrics: ['constructor'] }, 'unknown_metric'],
    [{ dimension: 'toString' }, 'unknown_dimension'],
    [{ dimension: 'asset_id' }, 'unknown_dimension'],
    [{ filters: [{ dimension: '__proto__', values: ['x'] }] }, 'unknown_dimension'],
    [{ from: T, to: T }, 'bad_range'],
    [{ from: -50_000, to: 10 }, 'bad_range'],
    [{ intervalMs: 10_000, to: T + 3_600_000 * 24 }, 'too_many_points'],
  ])('refuses %j: %s', (facts, code) => {
    check(facts, { ok: false, issue: { code } });
  });
});

describe('planQuestion', () => {
  it.each([
    [T + TAIL_MS, true],
    [T + TAIL_MS + 120_000, false],
  ])('reads slices of the last hours only: now %d is %s', (now, ok) => {
    const parsed = parseQuestion('main', request);
    if (!parsed.ok) throw new Error(parsed.issue.message);
    const planned = planQuestion(parsed.value, now);
    expect(planned.ok).toBe(ok);
    if (!planned.ok) expect(planned.issue.code).toBe('range_too_old');
  });
});
