// The store: one client of ClickHouse for both modes. It takes ready rows and bound questions; it
// builds no SQL of metrics and knows no contract.
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import type { RowTable } from './columns.ts';
import type { Backend } from './ddl.ts';
import { migrateDatabase } from './migrate.ts';
import { readMigrations } from './readMigrations.ts';
import { DEFAULT_RETENTION_DAYS, type RetentionDays, toRetention } from './retention.ts';
import { StoreError, toStoreError } from './storeError.ts';

export interface StoreOptions {
  readonly url: string;
  readonly username?: string;
  readonly password: string;
  /** A plain identifier. */
  readonly database: string;
  readonly backend?: Backend;
  readonly retentionDays?: Partial<RetentionDays>;
}

export interface InsertOptions {
  readonly table: RowTable;
  readonly columns: readonly string[];
  /** JSONCompactEachRow: one array a line, in the order of the columns. */
  readonly lines: readonly string[];
}

export interface QueryOptions {
  readonly sql: string;
  /** Bound as `{name:Type}`. */
  readonly params?: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
  /** Longest run, s. */
  readonly maxExecutionS?: number;
}

export interface Store {
  /** Resolves only when the engine says that it wrote every row. @throws StoreError */
  insert(options: InsertOptions): Promise<void>;
  /**
   * A question that changes nothing: asked once more when the engine went away meanwhile.
   * @throws StoreError
   */
  query<Row>(options: QueryOptions): Promise<Row[]>;
  /** A statement without an answer. @throws StoreError */
  command(sql: string): Promise<void>;
  /** Makes the database, brings its tables up to date, sets the retention. Names what was applied. */
  migrate(): Promise<readonly string[]>;
  ping(): Promise<boolean>;
  readonly retentionDays: RetentionDays;
  close(): Promise<void>;
}

/** One request at most takes this long; a query's own bound is shorter. */
const REQUEST_MS = 120_000;
/** A question waits 5 s for an engine that is being started again. */
const COMEBACK_LOOKS = 50;
const COMEBACK_STEP_MS = 100;

const INSERT_SETTINGS = {
  async_insert: 0,
  // Our own batches: a column that the table lacks is an error, never skipped.
  input_format_skip_unknown_fields: 0,
  input_format_json_named_tuples_as_objects: 0,
  // The lateness horizon bounds the days that a batch can touch.
  max_partitions_per_insert_block: '0',
  // Rows are replaced by their version. A block that is dropped as a duplicate would look unwritten.
  insert_deduplicate: 0,
} as const;

type Client = ReturnType<typeof createClient>;

export function createStore(options: StoreOptions): Store {
  const { url, username = 'default', password, database } = options;
  const backend = options.backend ?? { kind: 'embedded' };
  if (!/^[a-z][a-z0-9_]*$/i.test(database)) {
    throw new RangeError(`expected a database name of letters, digits and _, got "${database}"`);
  }
  const retentionDays = { ...DEFAULT_RETENTION_DAYS, ...options.retentionDays };
  const connect = (name: string | undefined): Client =>
    createClient({
      url,
      username,
      password,
      ...(name !== undefined && { database: name }),
      request_timeout: REQUEST_MS,
      max_open_connections: 16,
      clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
      log: { level: ClickHouseLogLevel.OFF },
    });
  const client = connect(database);
  const store: Store = {
    insert: (rows) => insert(client, rows),
    query: (query) => askTwice(client, query),
    command: (sql) => command(client, sql),
    async migrate() {
      const outside = connect(undefined);
      const everywhere = backend.kind === 'cluster' ? ` ON CLUSTER '${backend.cluster}'` : '';
      await command(outside, `CREATE DATABASE IF NOT EXISTS ${database}${everywhere}`);
      await outside.close();
      const applied = await migrateDatabase(store, await readMigrations(), backend);
      for (const statement of toRetention(retentionDays, backend)) await command(client, statement);
      return applied;
    },
    ping: async () => (await client.ping()).success,
    retentionDays,
    close: () => client.close(),
  };
  return store;
}

async function insert(client: Client, { table, columns, lines }: InsertOptions): Promise<void> {
  if (lines.length === 0) return;
  try {
    const { summary, stream } = await client.exec({
      query: `INSERT INTO ${table} (${columns.join(', ')}) FORMAT JSONCompactEachRow`,
      values: Readable.from(Buffer.from(`${lines.join('\n')}\n`), { objectMode: false }),
      clickhouse_settings: INSERT_SETTINGS,
    });
    stream.resume();
    const written = Number(summary?.written_rows ?? Number.NaN);
    // A cluster may count a row once more for each replica that took it.
    if (!(written >= lines.length)) {
      throw new StoreError(
        'unavailable',
        `sent ${lines.length} rows to ${table}, ${written} written`,
      );
    }
  } catch (error) {
    throw toStoreError(error);
  }
}

async function command(client: Client, sql: string): Promise<void> {
  try {
    await client.command({ query: sql });
  } catch (error) {
    throw toStoreError(error);
  }
}

async function askTwice<Row>(client: Client, query: QueryOptions): Promise<Row[]> {
  try {
    return await ask(client, query);
  } catch (error) {
    const failure = toStoreError(error);
    if (failure.code !== 0 || query.signal?.aborted === true) throw failure;
    if (!(await cameBack(client))) throw failure;
    return ask<Row>(client, query).catch((again: unknown) => Promise.reject(toStoreError(again)));
  }
}

async function ask<Row>(client: Client, query: QueryOptions): Promise<Row[]> {
  const { sql, params, signal, maxExecutionS } = query;
  const answer = await client.query({
    query: sql,
    format: 'JSONEachRow',
    ...(params !== undefined && { query_params: params }),
    ...(signal !== undefined && { abort_signal: signal }),
    ...(maxExecutionS !== undefined && {
      clickhouse_settings: { max_execution_time: maxExecutionS },
    }),
  });
  return answer.json<Row>();
}

async function cameBack(client: Client): Promise<boolean> {
  for (let look = 0; look < COMEBACK_LOOKS; look += 1) {
    if ((await client.ping()).success) return true;
    await setTimeout(COMEBACK_STEP_MS);
  }
  return false;
}
