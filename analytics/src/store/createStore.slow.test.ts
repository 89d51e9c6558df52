// The store on the real engine: migrations forward only, columns as the contract has them, and what
// an insert promises.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COLUMNS, ROW_TABLES } from './columns.ts';
import { createStore, type Store } from './createStore.ts';
import { toStatements } from './ddl.ts';
import { createEngine, type Engine } from './engine/createEngine.ts';
import { migrateDatabase } from './migrate.ts';
import { readMigrations } from './readMigrations.ts';

const directory = mkdtempSync(join(tmpdir(), 'retour-store-'));
let engine: Engine;
let store: Store;

beforeAll(async () => {
  engine = await createEngine({ directory });
  store = createStore({ url: engine.url, password: engine.password, database: 'retour' });
  expect(await store.migrate()).toEqual((await readMigrations()).map(({ name }) => name));
});

afterAll(async () => {
  await store.close();
  await engine.stop(0);
  rmSync(directory, { recursive: true });
});

/** Each test that changes migrations has a database of its own. */
async function open(database: string): Promise<Store> {
  const own = createStore({ url: engine.url, password: engine.password, database });
  await own.migrate();
  return own;
}

describe('createStore', () => {
  it.each(ROW_TABLES)('%s has the columns that the contract asks for', async (table) => {
    const found = await store.query({
      sql: `SELECT name, type FROM system.columns WHERE database = 'retour' AND table = {table:String}
        AND default_kind NOT IN ('ALIAS', 'EPHEMERAL') ORDER BY position`,
      params: { table },
    });
    expect(found).toEqual(COLUMNS[table]);
  });

  it('applies each migration once, and sets the retention at each start', async () => {
    expect(await store.migrate()).toEqual([]);
    const again = createStore({
      url: engine.url,
      password: engine.password,
      database: 'retour',
      retentionDays: { slices: 3 },
    });
    await again.migrate();
    await again.close();
    const [table] = await store.query<{ ddl: string }>({
      sql: "SELECT create_table_query ddl FROM system.tables WHERE database = 'retour' AND name = 'slices'",
    });
    expect(table?.ddl).toContain('toIntervalDay(3)');
  });

  it('refuses a migration that was changed after it was applied, and a database that is ahead', async () => {
    const own = await open('forward');
    const [first] = await readMigrations();
    expect.assert(first !== undefined);
    const changed = { ...first, checksum: 'f'.repeat(64) };
    const embedded = { kind: 'embedded' } as const;
    await expect(migrateDatabase(own, [changed], embedded)).rejects.toMatchObject({
      code: 'migration_changed',
    });
    await expect(migrateDatabase(own, [], embedded)).rejects.toMatchObject({
      code: 'migration_unknown',
    });
    const next = {
      number: 2,
      name: 'next',
      checksum: 'a',
      sql: 'CREATE TABLE {{table:n}} (a UInt8)\nENGINE = {{engine:MergeTree}} ORDER BY a;',
    };
    expect(await migrateDatabase(own, [first, next], embedded)).toEqual(['next']);
    await own.close();
  });

  it('keeps of one key the row with the highest version, whatever the order', async () => {
    const columns = ['property', 'view_text', 'ctx', 'received_day', 'context', 'version'];
    const view = '01900000-0000-7000-8000-000000000001';
    const line = (context: string, version: string): string =>
      `["p","${view}",0,${Date.now()},${JSON.stringify(context)},${version}]`;
    await store.insert({
      table: 'contexts',
      columns,
      lines: [line('newest', '18446744073709551615')],
    });
    await store.insert({
      table: 'contexts',
      columns,
      lines: [line('older', '18446744073709551614')],
    });
    expect(await store.query({ sql: 'SELECT view, context FROM contexts FINAL' })).toEqual([
      { view, context: 'newest' },
    ]);
  });

  it('orders views by the time in their ids', async () => {
    const ids = ['01900000-0000-7fff-bfff-ffffffffffff', '01900000-0001-7000-8000-000000000000'];
    const lines = ids.map((id) => `["ordered","${id}",${Date.now()}]`); // Younger than the retention.
    await store.insert({ table: 'views', columns: ['property', 'view_text', 'start'], lines });
    const found = await store.query({
      sql: "SELECT view FROM views WHERE property = 'ordered' ORDER BY view_id",
    });
    expect(found).toEqual(ids.map((view) => ({ view })));
  });

  it('tells rows that are refused from an engine that is away', async () => {
    const columns = ['property', 'kind', 'id', 'title', 'version'];
    const insert = store.insert({ table: 'labels', columns, lines: ['["p","asset","a","t","x"]'] });
    await expect(insert).rejects.toMatchObject({ kind: 'refused' });
    const unknown = store.insert({ table: 'labels', columns: ['nothing'], lines: ['[1]'] });
    await expect(unknown).rejects.toMatchObject({ kind: 'unavailable', code: 16 });
    const away = createStore({ url: 'http://127.0.0.1:9', password: '', database: 'retour' });
    const nobody = away.insert({ table: 'labels', columns, lines: ['["p","asset","a","t",1]'] });
    await expect(nobody).rejects.toMatchObject({ kind: 'unavailable', code: 0 });
    await away.close();
  });

  it('asks once more when the engine dies during a question', async () => {
    const asked = store.query<{ s: number }>({ sql: 'SELECT sleep(1) s' });
    const back = new Promise<void>((resolve) => engine.onUncleanStop(resolve));
    await new Promise((resolve) => setTimeout(resolve, 300));
    process.kill(engine.pid, 'SIGKILL');
    await back;
    expect(await asked).toEqual([{ s: 0 }]);
  });

  it('has DDL for a cluster that the engine can parse', async () => {
    const backend = { kind: 'cluster', cluster: 'retour' } as const;
    const migrations = await readMigrations();
    const statements = migrations.flatMap(({ sql }) => toStatements(sql, backend));
    const engines = statements.map((sql) => /ENGINE = (\w+)/.exec(sql)?.[1]);
    expect(new Set(engines)).toEqual(new Set(['ReplicatedReplacingMergeTree', 'Distributed']));
    for (const sql of statements) {
      expect(sql).toContain("ON CLUSTER 'retour'");
      const [{ explain } = { explain: '' }] = await store.query<{ explain: string }>({
        sql: `EXPLAIN AST ${sql}`,
      });
      expect(explain).toMatch(/^CreateQuery/);
    }
  });
});
