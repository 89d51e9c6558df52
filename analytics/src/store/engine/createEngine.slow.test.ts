// The real engine in its real process: the HTTP shape, crashes, deaths, and what a stop leaves.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { afterEach, describe, expect, it } from 'vitest';
import { createEngine, type Engine, type EngineOptions } from './createEngine.ts';
import { engineEntry } from './engineEntry.ts';

const directories: string[] = [];
const engines: Engine[] = [];

afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.stop(0)));
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true });
});

function newDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'retour-engine-'));
  directories.push(directory);
  return directory;
}

async function start(options: Partial<EngineOptions> = {}): Promise<Engine> {
  const engine = await createEngine({ directory: newDirectory(), ...options });
  engines.push(engine);
  return engine;
}

function clientOf({ url, password }: Engine): ReturnType<typeof createClient> {
  return createClient({ url, password, log: { level: ClickHouseLogLevel.OFF } });
}

async function rows<Row>(engine: Engine, query: string, params = {}): Promise<Row[]> {
  const client = clientOf(engine);
  const answer = await client.query({ query, format: 'JSONEachRow', query_params: params });
  const found = await answer.json<Row>();
  await client.close();
  return found;
}

describe('createEngine', () => {
  it('binds every kind of parameter as a server does, quotes included', async () => {
    const engine = await start();
    const text = "it's \\ a\ttab, a\nline, \u{1F4FA} and {name:String}";
    const [row] = await rows(
      engine,
      "SELECT {s:String} s, {n:UInt64} n, {a:Array(String)} a, {e:Nullable(String)} e, '{s:String}' q",
      {
        s: text,
        n: 42,
        a: ["it's", 'a\\b'],
        e: null,
      },
    );
    expect(row).toEqual({ s: text, n: 42, a: ["it's", 'a\\b'], e: null, q: '{s:String}' });
  });

  it('keeps parameters of queries at once apart', async () => {
    const engine = await start();
    const asked = Array.from({ length: 60 }, (_, n) => n);
    const found = await Promise.all(
      asked.map((n) => rows<{ n: number }>(engine, 'SELECT {n:UInt32} n, sleep(0.01)', { n })),
    );
    expect(found.map(([row]) => row?.n)).toEqual(asked);
  });

  it('lets no setting of one request reach another', async () => {
    const engine = await start();
    const client = clientOf(engine);
    const ask = async (clickhouse_settings: Record<string, number>): Promise<unknown> => {
      const query = "SELECT getSetting('max_block_size') b, getSetting('async_insert') a";
      const answer = await client.query({ query, format: 'JSONEachRow', clickhouse_settings });
      return (await answer.json())[0];
    };
    const before = await ask({});
    expect(await ask({ max_block_size: 77, async_insert: 1 })).toEqual({ b: 77, a: true });
    expect(await ask({})).toEqual(before);
    expect(before).toMatchObject({ a: false });
    await client.close();
  });

  it('takes inserts, gzipped too, says how many rows it wrote, and streams a big answer', async () => {
    const engine = await start();
    const client = createClient({
      url: engine.url,
      password: engine.password,
      compression: { request: true },
    });
    await client.command({
      query: 'CREATE TABLE t (n UInt64, s String) ENGINE = MergeTree ORDER BY n',
    });
    const values = Array.from({ length: 50_000 }, (_, n) => [n, `row ${n}`]);
    const { summary } = await client.insert({ table: 't', values, format: 'JSONCompactEachRow' });
    expect(summary?.written_rows).toBe('50000');
    const answer = await client.query({
      query: 'SELECT number, toString(sipHash64(number)) h FROM numbers(1000000)',
      format: 'JSONEachRow',
    });
    let count = 0;
    for await (const part of answer.stream()) count += part.length;
    expect(count).toBe(1_000_000);
    const [found] = await rows<{ c: number }>(engine, 'SELECT count() c FROM t');
    expect(found?.c).toBe(50_000);
    await client.close();
  });

  it('answers faults with their code and name, before and after the first bytes', async () => {
    const engine = await start();
    const client = clientOf(engine);
    await expect(rows(engine, 'SELECT nothing')).rejects.toMatchObject({
      code: '47',
      type: 'UNKNOWN_IDENTIFIER',
    });
    await expect(rows(engine, 'SELECT * FROM nowhere')).rejects.toMatchObject({ code: '60' });
    await expect(rows(engine, 'SELECT {x:UInt8}')).rejects.toMatchObject({ code: '456' });
    await client.command({ query: 'CREATE TABLE t (n UInt64) ENGINE = Memory' });
    const insert = client.insert({
      table: 't',
      values: [[1], ['x']],
      format: 'JSONCompactEachRow',
    });
    await expect(insert).rejects.toMatchObject({ type: expect.stringMatching(/^CANNOT_PARSE/) });
    // A few kB: the client finds a late fault only where one read of the socket holds it whole.
    const late = await client.query({
      query: 'SELECT throwIf(number = 900) FROM numbers(1000) SETTINGS max_block_size = 100',
      format: 'JSONEachRow',
    });
    const reading = (async () => {
      for await (const part of late.stream()) expect(part.length).toBeGreaterThan(0);
    })();
    await expect(reading).rejects.toMatchObject({ code: '395' });
    await client.close();
  });

  it('serves nobody without the password', async () => {
    const { url, password } = await start();
    const ask = (auth: Record<string, string>): Promise<Response> =>
      fetch(`${url}/?query=SELECT+1`, { method: 'POST', headers: auth });
    const refused = await ask({});
    expect([refused.status, refused.headers.get('x-clickhouse-exception-code')]).toEqual([
      401,
      '516',
    ]);
    expect((await ask({ 'X-ClickHouse-Key': 'wrong' })).status).toBe(401);
    expect(await (await ask({ 'X-ClickHouse-Key': password })).text()).toBe('1\n');
    expect(await (await fetch(`${url}/ping`)).text()).toBe('Ok.\n');
  });

  it('reads a statement and its data from a gzipped body alone', async () => {
    const { url, password } = await start();
    const headers = { 'X-ClickHouse-Key': password };
    await fetch(url, {
      method: 'POST',
      headers,
      body: 'CREATE TABLE t (n UInt64) ENGINE = Memory',
    });
    const body = gzipSync('INSERT INTO t (n) FORMAT JSONCompactEachRow\n[1]\n[2]\n');
    const written = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'Content-Encoding': 'gzip' },
      body,
    });
    expect(JSON.parse(written.headers.get('x-clickhouse-summary') ?? '')).toMatchObject({
      written_rows: '2',
    });
    const sum = await fetch(`${url}/?default_format=CSV`, {
      method: 'POST',
      headers,
      body: 'SELECT sum(n) FROM t',
    });
    expect(await sum.text()).toBe('3\n');
  });

  it('stops a query whose client left, and one that takes too long', async () => {
    const engine = await start({ limits: { readers: 1, executionS: 1 } });
    const client = clientOf(engine);
    const gone = new AbortController();
    const endless = 'SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) % 7 = 9';
    const asked = client.query({
      query: endless,
      abort_signal: gone.signal,
      clickhouse_settings: { max_execution_time: 60 },
    });
    await setTimeout(300);
    gone.abort();
    await expect(asked).rejects.toThrow();
    // The only place for readers is free again at once.
    const began = performance.now();
    await rows(engine, 'SELECT 1');
    expect(performance.now() - began).toBeLessThan(2_000);
    await expect(rows(engine, endless)).rejects.toMatchObject({ code: '159' });
    await client.close();
  });

  it('refuses a queue without end', async () => {
    const engine = await start({ limits: { readers: 1, queue: 1 } });
    const asked = await Promise.allSettled(
      [1, 2, 3, 4].map(() => rows(engine, 'SELECT sleep(0.5)')),
    );
    const refused = asked.filter((one) => one.status === 'rejected');
    expect(refused.map((one) => one.reason.code)).toEqual(['202', '202']);
  });

  it('comes back on the same URL after a crash, with what it acknowledged', async () => {
    const engine = await start();
    const client = clientOf(engine);
    await client.command({ query: 'CREATE TABLE t (n UInt64) ENGINE = MergeTree ORDER BY n' });
    await client.insert({ table: 't', values: [[7]], format: 'JSONCompactEachRow' });
    const { url, pid } = engine;
    const back = new Promise<void>((resolve) => engine.onUncleanStop(resolve));
    process.kill(pid, 'SIGKILL');
    await back;
    expect([engine.url, engine.restarts]).toEqual([url, 1]);
    expect(engine.pid).not.toBe(pid);
    expect(await rows(engine, 'SELECT n FROM t')).toEqual([{ n: 7 }]);
    await client.close();
  });

  it('names the directory that another engine holds', async () => {
    const { pid } = await start();
    const [directory = ''] = directories;
    await expect(createEngine({ directory })).rejects.toMatchObject({
      code: 'engine_directory_taken',
      message: `another process (${process.pid}) has the engine's directory open: ${directory}`,
    });
    expect(() => process.kill(pid, 0)).not.toThrow();
  });

  it('drains at a stop, and knows at the next start whether the last one was clean', async () => {
    const directory = newDirectory();
    const first = await start({ directory });
    expect(first.startedUnclean).toBe(false);
    const asked = rows(first, 'SELECT sleep(0.5) s');
    await setTimeout(100);
    await first.stop();
    expect(await asked).toEqual([{ s: 0 }]);
    expect(() => process.kill(first.pid, 0)).toThrow();
    const second = await start({ directory });
    expect(second.startedUnclean).toBe(false);
    await second.stop();
    expect(readdirSync(directory)).not.toContain('retour-engine-running');
  });

  it('dies with its parent, however the parent dies', async () => {
    const directory = newDirectory();
    const parent = fork(
      new URL('./parent.fixture.mjs', import.meta.url),
      [await engineEntry(), directory],
      {
        execArgv: [],
      },
    );
    await once(parent, 'message');
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    // The next engine gets the directory although nobody stopped the last one.
    const engine = await start({ directory });
    expect(engine.startedUnclean).toBe(true);
  });
});
