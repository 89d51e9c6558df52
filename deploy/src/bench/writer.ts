// `bench writer`: rows a second from the log into the engine, beside the engine's own insert rate for
// the same rows. Rounds take turns; medians. The rows of the floor are read back from the engine, so
// that both sides insert exactly the same.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  COLUMNS,
  createEngine,
  createStore,
  type Engine,
  type Store,
} from '@retour/analytics/store';
import { createWriter, WRITER_GROUP } from '@retour/analytics/writer';
import { createEmbeddedLog, encodeRecord, type Log } from '@retour/collector/log';
import { encodeBeacon } from '@retour/player-sdk/contract';
import type { Bench, Figures } from './bench.ts';
import { BENCH_ENRICHMENT } from './enrichment.ts';
import { insertReady, type ReadyTable } from './floors/engineInsert.ts';
import { createHeartbeat } from './heartbeat.ts';

export const writerBench: Bench = { run };

const ROUNDS = 3;
const BEACONS = 60_000;
const APPEND_AT_ONCE = 1_000;
/** Of one table, in one insert: what the writer puts into one. */
const ROWS_AT_ONCE = 5_000;
const TABLES = ['slices', 'views', 'contexts', 'labels'] as const;

async function run(say: (line: string) => void): Promise<Figures> {
  const directory = await mkdtemp(join(tmpdir(), 'retour-bench-'));
  const engine = await createEngine({ directory: join(directory, 'engine') });
  const log = await createEmbeddedLog({ directory: join(directory, 'log'), now: Date.now });
  try {
    await fill(log);
    const writer: number[] = [];
    const floor: number[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const written = await writeOnce({ engine, log, database: `writer_${round}` });
      const tables = await readBack(written.store);
      const floorMs = await insertOnce(engine, `floor_${round}`, tables.ready);
      await written.store.close();
      const rates = {
        writer: toRate(tables.rows, written.ms),
        floor: toRate(tables.rows, floorMs),
      };
      say(
        `${round === 0 ? 'warm-up' : `round ${round}`}: ${tables.rows} rows  ` +
          `writer ${rates.writer.toFixed(0)} rows/s  engine alone ${rates.floor.toFixed(0)} rows/s`,
      );
      if (round === 0) continue;
      writer.push(rates.writer);
      floor.push(rates.floor);
    }
    const ratio = median(writer.map((rate, n) => rate / (floor[n] ?? Number.NaN)));
    say(`ratio ${ratio.toPrecision(3)}`);
    return { writerRowsPerSecond: median(writer), engineRowsPerSecond: median(floor), ratio };
  } finally {
    await log.close();
    await engine.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

async function fill(log: Log): Promise<void> {
  const now = Date.now();
  for (let at = 0; at < BEACONS; at += APPEND_AT_ONCE) {
    const records = Array.from({ length: APPEND_AT_ONCE }, (_, n) => {
      const beacon = createHeartbeat(at + n, now);
      const head = {
        property: 'bench',
        receivedAt: now,
        skewMs: 0,
        unload: false,
        token: 'absent',
        enrichment: BENCH_ENRICHMENT,
      } as const;
      const body = new TextEncoder().encode(JSON.stringify(encodeBeacon(beacon)));
      return { key: beacon.view, value: encodeRecord(head, body) };
    });
    await log.append('beacons', records);
  }
}

interface Written {
  readonly store: Store;
  readonly ms: number;
}

interface WriteOptions {
  readonly engine: Engine;
  readonly log: Log;
  readonly database: string;
}

/** The whole log, from its oldest record to its last. */
async function writeOnce({ engine, log, database }: WriteOptions): Promise<Written> {
  const { url, password } = engine;
  const store = createStore({ url, password, database });
  await store.migrate();
  await log.rewind('beacons', WRITER_GROUP, 0);
  const startedAt = performance.now();
  const writer = await createWriter({ log, store, now: Date.now });
  while ((await log.lag('beacons', WRITER_GROUP)).records > 0) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const ms = performance.now() - startedAt;
  await writer.stop();
  return { store, ms };
}

async function readBack(
  store: Store,
): Promise<{ readonly ready: readonly ReadyTable[]; readonly rows: number }> {
  const ready: ReadyTable[] = [];
  let rows = 0;
  for (const table of TABLES) {
    const columns = COLUMNS[table].map(({ name }) => name);
    const selected = columns.map((name) => (name === 'view_id' ? 'view' : name)).join(', ');
    const inserted = columns.map((name) => (name === 'view_id' ? 'view_text' : name)).join(', ');
    const found = await store.query<{ line: string }>({
      sql: `SELECT formatRowNoNewline('JSONCompactEachRow', ${selected}) line FROM ${table} SETTINGS output_format_json_named_tuples_as_objects = 0`,
    });
    rows += found.length;
    const bodies: string[] = [];
    for (let at = 0; at < found.length; at += ROWS_AT_ONCE) {
      const lines = found.slice(at, at + ROWS_AT_ONCE).map(({ line }) => line);
      bodies.push(`${lines.join('\n')}\n`);
    }
    ready.push({
      statement: `INSERT INTO ${table} (${inserted}) FORMAT JSONCompactEachRow`,
      bodies,
    });
  }
  return { ready, rows };
}

async function insertOnce(
  engine: Engine,
  database: string,
  tables: readonly ReadyTable[],
): Promise<number> {
  const store = createStore({ url: engine.url, password: engine.password, database });
  await store.migrate();
  await store.close();
  return insertReady(engine, database, tables);
}

function toRate(rows: number, ms: number): number {
  return (rows * 1000) / ms;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
