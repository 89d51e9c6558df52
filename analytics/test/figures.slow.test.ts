// Every worked case on the real engine, through the real rows, SQL and merge. Each case has a
// property of its own in the same tables: a figure that leaked would spoil another's.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DIMENSIONS } from '../src/metrics/dimensions.ts';
import { parseQuestion } from '../src/query/parse.ts';
import { type QueryResponse, readOpenViews, runQuestion } from '../src/query/run.ts';
import { CASES } from './cases.ts';
import { createWorld, START, type World } from './world.ts';

let world: World;

beforeAll(async () => {
  world = await createWorld();
  for (const [i, { views }] of CASES.entries()) {
    if (views.length > 0) await world.put(`case-${i}`, views);
  }
});

afterAll(() => world.close());

/** The figures of one request, long after all of it was reported. */
async function ask(
  property: string,
  request: Omit<Parameters<typeof parseQuestion>[1], 'from' | 'to'> & {
    fromS?: number;
    toS?: number;
  },
): Promise<QueryResponse> {
  const { fromS = 0, toS = 60, ...rest } = request;
  const question = parseQuestion(property, {
    ...rest,
    from: START + fromS * 1_000,
    to: START + toS * 1_000,
  });
  if (!question.ok) throw new Error(question.issue.message);
  const options = { reader: world.reader, now: START + 3_600_000, heartbeatMs: 10_000 };
  const answer = await runQuestion(question.value, options);
  if (!answer.ok) throw new Error(answer.issue.message);
  return answer.value;
}

describe('figures on the real engine', () => {
  it.each(CASES.map((one, i) => ({ ...one, property: `case-${i}` })))(
    '$metric: $shows',
    async ({ metric, property, expected, fromS, toS }) => {
      const range = { ...(fromS !== undefined && { fromS }), ...(toS !== undefined && { toS }) };
      const { frames, completeUntil } = await ask(property, { metrics: [metric], ...range });
      expect(completeUntil).toBe(START + (toS ?? 60) * 1_000);
      expect(frames[0]?.data.values).toEqual([[expected]]);
      // The same figure, read as one bucket of a series (a bucket begins on its own grid).
      if (fromS !== undefined || toS !== undefined) return;
      const series = await ask(property, { metrics: [metric], intervalMs: 60_000 });
      expect(series.frames[0]?.data.values).toEqual([[START], [expected]]);
    },
  );

  it('splits, filters, names and limits groups, the most watched first', async () => {
    const of = (assetId: string, title: string) => ({ asset: { id: assetId, title } });
    await world.put('groups', [
      { slices: [{ playingMs: 9_000, stalledMs: 1_000 }], context: of('a', 'Alpha') },
      { slices: [{ playingMs: 10_000 }, { playingMs: 10_000 }], context: of('b', 'Beta') },
      { slices: [{ playingMs: 5_000 }], context: of('c', ''), country: 'DE' },
    ]);
    const request = { metrics: ['playingTime', 'concurrentViews'], dimension: 'asset' };
    const { frames } = await ask('groups', request);
    expect(frames[0]?.schema.fields.map(({ name }) => name)).toEqual([
      'value',
      'label',
      'playingTime',
      'concurrentViews',
    ]);
    expect(frames[0]?.data.values).toEqual([
      ['b', 'a', 'c'],
      ['Beta', 'Alpha', 'c'],
      [20_000, 9_000, 5_000],
      [1, 1, 1],
    ]);
    const two = await ask('groups', { ...request, limit: 2, intervalMs: 30_000 });
    expect(two.frames.map(({ schema }) => schema.name)).toEqual(['Beta', 'Alpha']);
    expect(two.frames[0]?.data.values).toEqual([
      [START, START + 30_000],
      [20_000, 0],
      [1, 0],
    ]);
    const german = await ask('groups', {
      ...request,
      filters: [{ dimension: 'country', values: ['DE'] }],
    });
    expect(german.frames[0]?.data.values[0]).toEqual(['c']);
  });

  it('takes text from outside as text', async () => {
    const evil = "FR') OR 1 = 1 --\\'";
    const filters = [{ dimension: 'country', values: [evil] }];
    const { frames } = await ask('groups', { metrics: ['playingTime'], filters });
    expect(frames[0]?.data.values).toEqual([[0]]);
    await world.put('groups', [{ slices: [{ playingMs: 1_000 }], country: evil }]);
    const found = await ask('groups', { metrics: ['playingTime'], filters });
    expect(found.frames[0]?.data.values).toEqual([[1_000]]);
  });

  it.each([
    ['query_too_large', 'SELECT number FROM numbers(250000)'],
    ['query_too_large', 'SELECT sum(number) FROM numbers(300000000)'],
    ['query_too_large', 'SELECT length(groupArray(number)) FROM numbers(190000000)'],
    ['query_failed', 'SELECT nothing'],
  ])('stops at its bounds: %s', async (code, sql) => {
    await expect(world.reader.read({ sql, params: {} })).rejects.toMatchObject({ code });
  });

  it('filters the newest revision, never an older one that would pass', async () => {
    const view = '01900000-0000-7000-8000-0000000000fe';
    await world.put('moved', [{ view, slices: [{ rev: 0, playingMs: 1_000, host: 'a' }] }]);
    await world.put('moved', [{ view, slices: [{ rev: 1, playingMs: 2_000, host: 'b' }] }]);
    const on = async (host: string) => {
      const filters = [{ dimension: 'host', values: [host] }];
      const { frames } = await ask('moved', { metrics: ['playingTime'], filters });
      return frames[0]?.data.values;
    };
    expect(await on('a')).toEqual([[0]]);
    expect(await on('b')).toEqual([[2_000]]);
  });

  it('counts an open view where it is now, not where it was', async () => {
    const slices = [
      { playingMs: 10_000, host: 'a' },
      { playingMs: 10_000, host: 'b' },
    ];
    await world.put('switched', [{ slices }]);
    const watchingOn = async (host: string) => {
      const dimension = { ...DIMENSIONS.host };
      const open = await readOpenViews(
        {
          property: 'switched',
          filters: [{ dimension, values: [host] }],
          grouping: null,
          to: START + 30_000,
        },
        { reader: world.reader, now: START + 25_000, heartbeatMs: 10_000 },
      );
      return open.watching.get('') ?? 0;
    };
    expect(await watchingOn('a')).toBe(0);
    expect(await watchingOn('b')).toBe(1);
  });

  it('counts a row once, however often and in whatever order its revisions came', async () => {
    const view = '01900000-0000-7000-8000-0000000000ff';
    const late = { view, slices: [{ rev: 1, playingMs: 8_000, stalledMs: 2_000, stalls: 1 }] };
    const early = { view, slices: [{ rev: 0, durationMs: 3_000, playingMs: 3_000 }] };
    await world.put('twice', [late]);
    await world.put('twice', [early, late]);
    const { frames } = await ask('twice', { metrics: ['playingTime', 'rebufferingRatio'] });
    expect(frames[0]?.data.values).toEqual([[8_000], [20]]);
  });
});
