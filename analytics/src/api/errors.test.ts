// The table of refusals, the documents and what the routes really answer are one.
import { describe, expect, it } from 'vitest';
import { buildTestApp, TEST_TOKEN } from '../../test/buildTestApp.ts';
import { READ_BOUNDS } from '../query/bounds.ts';
import { MAX_POINTS } from '../query/parse.ts';
import { TAIL_MS } from '../query/plan.ts';
import { StoreError } from '../store/storeError.ts';
import { API_ERRORS, type ApiErrorCode } from './errors.ts';
import { apiErrorSchema } from './messages.ts';

const T = Date.now();
const body = { metrics: ['playingTime'], from: T - 60_000, to: T };
const bearer = { authorization: `Bearer ${TEST_TOKEN}` };

interface Asked {
  readonly url?: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Record<string, string>;
  readonly payload?: object | string;
}

async function check(asked: Asked, code: ApiErrorCode, engineCode?: number): Promise<void> {
  const faults: unknown[] = [];
  const app = buildTestApp({
    onFault: (error) => faults.push(error),
    ...(engineCode !== undefined && {
      store: {
        query: () =>
          Promise.reject(new StoreError('unavailable', 'secret detail', { code: engineCode })),
      },
    }),
  });
  const answer = await app.inject({
    url: '/api/query',
    method: 'POST',
    headers: bearer,
    payload: body,
    ...asked,
  });
  await app.close();
  const refusal = apiErrorSchema.strict().parse(answer.json());
  expect(refusal).toMatchObject({ code, remedy: API_ERRORS[code].remedy });
  expect(answer.statusCode).toBe(API_ERRORS[code].status);
  expect(answer.body).not.toMatch(/secret|ClickHouse|SELECT/);
  expect(answer.body).not.toContain(TEST_TOKEN);
  if (answer.statusCode === 503) expect(answer.headers['retry-after']).toBe('1');
  expect(faults.length).toBe(answer.statusCode >= 500 ? 1 : 0);
}

const query = (facts: object): Asked => ({ payload: { ...body, ...facts } });
const get = (url: string): Asked => ({ url, method: 'GET' });
const VIEW = '01900000-0000-7000-8000-000000000001';

const CASES: readonly [code: ApiErrorCode, asked: Asked, engineCode?: number][] = [
  ['bad_request', query({ metrics: [] })],
  ['bad_request', query({ filters: 'all' })],
  [
    'bad_request',
    { payload: '{"metrics":', headers: { ...bearer, 'content-type': 'application/json' } },
  ],
  ['bad_request', get('/api/views/not-an-id')],
  ['bad_request', get('/api/views?limit=100000')],
  ['unauthorized', { headers: {} }],
  ['unauthorized', { headers: { authorization: 'Bearer another' } }],
  ['unauthorized', { headers: { authorization: `Basic ${TEST_TOKEN}` } }],
  ['not_found', get('/api/nothing')],
  ['view_not_found', get(`/api/views/${VIEW}`)],
  ['body_too_large', query({ filters: [{ dimension: 'asset', values: ['x'.repeat(70_000)] }] })],
  ['unknown_metric', query({ metrics: ['viewers'] })],
  ['unknown_dimension', query({ dimension: 'city' })],
  ['unknown_dimension', get('/api/views?filter=host:a')],
  ['unknown_dimension', get('/api/views?filter=nothing')],
  ['bad_range', query({ to: T - 90_000 })],
  ['range_too_old', query({ from: T - 9 * 3_600_000 })],
  ['too_many_points', query({ from: T - 7 * 3_600_000, intervalMs: 10_000 })],
  ['bad_cursor', get('/api/views?before=yesterday')],
  ['query_too_slow', query({}), 159],
  ['query_too_large', query({}), 396],
  ['engine_down', query({}), 0],
  ['query_failed', query({}), 62],
];

describe('API_ERRORS', () => {
  it.each(CASES.map(([code, asked, engineCode]) => ({ code, asked, engineCode })))(
    '$code is answered as the table says: $asked',
    async ({ code, asked, engineCode }) => {
      await check(asked, code, engineCode);
    },
  );

  it('has a way to meet every code', () => {
    // Met by other tests: a full quota, a full hub, and a fault of our own.
    const elsewhere = ['too_many_queries', 'too_many_live', 'internal'];
    const met = new Set([...CASES.map(([code]) => code), ...elsewhere]);
    expect(new Set(Object.keys(API_ERRORS))).toEqual(met);
  });

  it('names the bounds as they are', () => {
    expect(API_ERRORS.range_too_old.remedy).toContain(`${TAIL_MS / 3_600_000} hours`);
    expect(API_ERRORS.too_many_points.remedy).toContain(`${MAX_POINTS} points`);
    expect(READ_BOUNDS.executionS).toBe(10);
  });

  it('tells nothing of a fault of our own but that there was one', async () => {
    const app = buildTestApp({
      onFault: () => {},
      tokenOf: () => {
        throw new Error('secret detail');
      },
    });
    const answer = await app.inject({ url: '/api/status', headers: bearer });
    await app.close();
    expect(answer.statusCode).toBe(500);
    expect(answer.json()).toMatchObject({ code: 'internal' });
    expect(answer.body).not.toContain('secret');
  });

  it('is what docs/errors.md says (write it anew: vitest run -u)', async () => {
    const rows = Object.entries(API_ERRORS).map(
      ([code, { status, message, remedy }]) =>
        `| \`${code}\` | ${status} | ${message} | ${remedy} |`,
    );
    const text = [
      '# Refusals of the API',
      '',
      'Generated from `src/api/errors.ts`. Every refusal is `{ code, message, remedy }`; `message` may',
      'name what was expected and what came. 429 and 503 carry `Retry-After`.',
      '',
      '| code | status | message | remedy |',
      '|---|---|---|---|',
      ...rows,
      '',
    ].join('\n');
    await expect(text).toMatchFileSnapshot('../../docs/errors.md');
  });
});
