// The writer between the real log and the real engine: what is acknowledged is queryable, whatever
// crashes, repeats or cannot be read.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createEmbeddedLog,
  encodeRecord,
  type Log,
  type LogRecord,
  type NewRecord,
} from '@retour/collector/log';
import fc from 'fast-check';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore, type Store } from '../store/createStore.ts';
import { createEngine, type Engine } from '../store/engine/createEngine.ts';
import { createWriter, type Writer } from './createWriter.ts';
import { insertRows } from './insertRows.ts';
import { toRows } from './rows/toRows.ts';
import {
  SAMPLE_START,
  sampleBeacon,
  sampleHead,
  sampleRecord,
  sampleSlice,
  sampleSummary,
  sampleView,
} from './testing/sampleRecords.ts';
import { DEFAULT_WRITER_LIMITS } from './writerLimits.ts';

/** Samples stay within the tables' time to live for years. */
const RETENTION = { slices: 9_000, events: 9_000, views: 9_000, contexts: 9_000, rejected: 9_000 };

let directory: string;
let engine: Engine;
let store: Store;
let log: Log;
const writers: Writer[] = [];

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'retour-writer-'));
  engine = await createEngine({ directory: join(directory, 'engine') });
  store = createStore({
    url: engine.url,
    password: engine.password,
    database: 'retour',
    retentionDays: RETENTION,
  });
  await store.migrate();
  log = await createEmbeddedLog({ directory: join(directory, 'log'), now: Date.now });
});

afterEach(async () => {
  await Promise.all(writers.splice(0).map((writer) => writer.stop()));
  await log.close();
  await store.close();
  await engine.stop(0);
  rmSync(directory, { recursive: true });
});

async function start(registry = new Registry()): Promise<Writer> {
  const writer = await createWriter({ log, store, engine, now: Date.now, registry });
  writers.push(writer);
  return writer;
}

const toNew = ({ key, value }: LogRecord): NewRecord => ({ key, value });

/** Beacons as a player sends them: slice k with the summary's revision k, twice for an open slice. */
function recordsOf(view: number, slices: number): LogRecord[] {
  return Array.from({ length: slices }, (_, k) => [
    sampleRecord(
      sampleBeacon(sampleView(view), {
        slices: [sampleSlice(k, { open: 1, playingMs: 4_000, durationMs: 5_000 })],
        summary: sampleSummary(2 * k),
      }),
    ),
    sampleRecord(
      sampleBeacon(sampleView(view), {
        slices: [sampleSlice(k, { rev: 1 })],
        summary: sampleSummary(2 * k + 1),
      }),
    ),
  ]).flat();
}

async function count(table: string): Promise<number> {
  const [row] = await store.query<{ c: number }>({ sql: `SELECT count() c FROM ${table} FINAL` });
  return row?.c ?? 0;
}

/** All that readers can see of a view's rows, to the last digit. */
async function figures(): Promise<unknown> {
  const tables = ['slices', 'events', 'views', 'contexts', 'labels'];
  return Promise.all(
    tables.map((table) =>
      store.query({ sql: `SELECT * EXCEPT view_id FROM ${table} FINAL ORDER BY ALL` }),
    ),
  );
}

describe('createWriter', () => {
  it('makes what is acknowledged queryable within half a second', async () => {
    await start();
    const waits: number[] = [];
    for (let view = 0; view < 20; view += 1) {
      const [record] = recordsOf(view, 1);
      expect.assert(record !== undefined);
      await log.append('beacons', [toNew(record)]);
      const acknowledgedAt = performance.now();
      await vi.waitUntil(async () => (await count('slices')) === view + 1, {
        interval: 5,
        timeout: 5_000,
      });
      waits.push(performance.now() - acknowledgedAt);
    }
    expect(waits.toSorted((a, b) => a - b)[18]).toBeLessThan(500);
  });

  it('isolates poison: what cannot be read or inserted is rejected with its body, all else is kept', async () => {
    const good = recordsOf(1, 20);
    const [some] = good;
    expect.assert(some !== undefined);
    // An enrichment that no collector makes: the beacon is right, the engine refuses its rows.
    const enrichment = { ...sampleHead().enrichment, asn: 'not a number' as unknown as number }; // On purpose.
    const refused = sampleRecord(sampleBeacon(sampleView(2), { slices: [sampleSlice(0)] }), {
      enrichment,
    });
    const unreadable = encodeRecord(sampleHead(), new Uint8Array([0xff, 0xfe]));
    const all = [
      ...good.slice(0, 13).map(toNew),
      toNew(refused),
      { key: 'x', value: unreadable },
      ...good.slice(13).map(toNew),
    ];
    await log.append('beacons', all);
    const registry = new Registry();
    await start(registry);
    await vi.waitUntil(async () => (await count('rejected')) === 2, { timeout: 20_000 });
    expect(await count('slices')).toBe(20);
    const rejected = await store.query({
      sql: 'SELECT stage, reason, encoding, property FROM rejected FINAL ORDER BY reason',
    });
    expect(rejected).toEqual([
      { stage: 'writer', reason: 'refused_by_engine', encoding: 'utf8', property: 'demo' },
      { stage: 'writer', reason: 'unreadable', encoding: 'base64', property: 'demo' },
    ]);
    const [kept] = await store.query<{ body: string }>({
      sql: "SELECT body FROM rejected WHERE reason = 'refused_by_engine'",
    });
    expect(JSON.parse(kept?.body ?? '')).toMatchObject({ view: sampleView(2) });
    await vi.waitUntil(async () => (await log.lag('beacons', 'writer')).records === 0);
    expect(await registry.metrics()).toContain(
      'retour_writer_rejected_total{reason="refused_by_engine"} 1',
    );
  });

  it('loses nothing when the engine is killed again and again during inserts', async () => {
    await start();
    const views = 60;
    const killer = (async () => {
      for (let round = 0; round < 5; round += 1) {
        await new Promise((resolve) => setTimeout(resolve, 300 + round * 70));
        const back = new Promise<void>((resolve) => engine.onUncleanStop(resolve));
        process.kill(engine.pid, 'SIGKILL');
        await back;
      }
    })();
    for (let view = 0; view < views; view += 1) {
      await log.append('beacons', recordsOf(view, 10).map(toNew));
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    await killer;
    await vi.waitUntil(
      async () =>
        (await log.lag('beacons', 'writer')).records === 0 &&
        (await count('slices')) === views * 10,
      { timeout: 60_000 },
    );
    expect([await count('slices'), await count('views')]).toEqual([views * 10, views]);
    const before = await figures();
    await writers.splice(0)[0]?.stop();
    await log.rewind('beacons', 'writer', 0);
    await start();
    await vi.waitUntil(async () => (await log.lag('beacons', 'writer')).records === 0, {
      timeout: 60_000,
    });
    expect(await figures()).toEqual(before);
  });

  it('starts at the oldest record when the last run of the engine ended uncleanly', async () => {
    await log.append('beacons', recordsOf(1, 3).map(toNew));
    const first = await start();
    await vi.waitUntil(async () => (await log.lag('beacons', 'writer')).records === 0);
    await first.stop();
    writers.length = 0;
    await store.command('TRUNCATE TABLE slices'); // As if a power cut had taken unsynced parts.
    const unclean = { startedUnclean: true, onUncleanStop: () => () => undefined };
    writers.push(await createWriter({ log, store, engine: unclean, now: Date.now }));
    await vi.waitUntil(async () => (await count('slices')) === 3, { timeout: 10_000 });
  });
});

describe('the rows', () => {
  it('give the same figures in any order and with any repetition', async () => {
    const records = [
      ...recordsOf(1, 4),
      ...recordsOf(2, 3),
      sampleRecord(
        sampleBeacon(sampleView(1), {
          events: [{ type: 'stall', seq: 0, rev: 0, at: SAMPLE_START, ctx: 0 }],
        }),
      ),
      sampleRecord(
        sampleBeacon(sampleView(1), {
          events: [{ type: 'stall', seq: 0, rev: 1, at: SAMPLE_START, ctx: 0, durationMs: 300 }],
        }),
      ),
      // Same revision, another receipt and place: one of them stays, always the same.
      sampleRecord(sampleBeacon(sampleView(1), { slices: [sampleSlice(0, { rev: 1 })] }), {
        receivedAt: SAMPLE_START + 99_000,
        enrichment: { ...sampleHead().enrichment, country: 'DE' },
      }),
    ];
    const write = async (some: readonly LogRecord[]): Promise<void> => {
      await insertRows(
        store,
        some.map((record) => toRows(record, DEFAULT_WRITER_LIMITS)),
      );
    };
    await write(records);
    const expected = await figures();
    expect(JSON.stringify(expected)).toContain('"duration_ms":300');
    const orders = fc.array(fc.nat(records.length - 1), { minLength: 0, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(orders, fc.nat(), async (repeats, turn) => {
        for (const table of ['slices', 'events', 'views', 'contexts', 'labels'])
          await store.command(`TRUNCATE TABLE ${table}`);
        const shifted = [
          ...records.slice(turn % records.length),
          ...records.slice(0, turn % records.length),
        ].reverse();
        const stream = [
          ...repeats.flatMap((i) => records[i] ?? []),
          ...shifted,
          ...repeats.flatMap((i) => records[i] ?? []),
        ];
        const cut = turn % stream.length;
        await write(stream.slice(0, cut));
        await write(stream.slice(cut));
        expect(await figures()).toEqual(expected);
      }),
      { numRuns: 12 },
    );
  });
});
