// Brings a database up to date: forward only, each migration once, recorded with its checksum.
import { type Backend, toStatements } from './ddl.ts';
import type { Migration } from './readMigrations.ts';

export interface MigrationTarget {
  command(sql: string): Promise<void>;
  query<Row>(options: {
    readonly sql: string;
    readonly params?: Readonly<Record<string, unknown>>;
  }): Promise<Row[]>;
}

export type MigrationErrorCode = 'migration_changed' | 'migration_unknown';

export class MigrationError extends Error {
  override readonly name = 'MigrationError';
  readonly code: MigrationErrorCode;
  readonly remedy: string;

  constructor(code: MigrationErrorCode, message: string, remedy: string) {
    super(message);
    this.code = code;
    this.remedy = remedy;
  }
}

const RECORD = `
CREATE TABLE IF NOT EXISTS {{table:migrations}} (
  number UInt32,
  name String,
  checksum String,
  applied_at DateTime('UTC') DEFAULT now()
)
ENGINE = {{engine:MergeTree}}
ORDER BY number;
{{distributed:migrations:number}}`;

/**
 * Applies what is new and returns its names. A migration that stops half-way is not recorded: its
 * statements must bear a second run (CREATE … IF NOT EXISTS).
 * @throws MigrationError when an applied migration was changed, or when the database is ahead.
 */
export async function migrateDatabase(
  target: MigrationTarget,
  migrations: readonly Migration[],
  backend: Backend,
): Promise<string[]> {
  for (const statement of toStatements(RECORD, backend)) await target.command(statement);
  const applied = await target.query<{ number: number; name: string; checksum: string }>({
    sql: 'SELECT number, name, checksum FROM migrations ORDER BY number',
  });
  for (const { number, name, checksum } of applied) {
    const own = migrations.find((migration) => migration.number === number);
    if (own === undefined) throw ahead(number, name);
    if (own.checksum !== checksum) throw changed(own);
  }
  const fresh = migrations.filter(({ number }) => !applied.some((row) => row.number === number));
  for (const migration of fresh) await apply(target, migration, backend);
  return fresh.map(({ name }) => name);
}

async function apply(
  target: MigrationTarget,
  migration: Migration,
  backend: Backend,
): Promise<void> {
  for (const statement of toStatements(migration.sql, backend)) await target.command(statement);
  const { number, name, checksum } = migration;
  // Values of the build itself: a name of [a-z0-9_] and hexadecimal digits.
  await target.command(
    `INSERT INTO migrations (number, name, checksum) VALUES (${number}, '${name}', '${checksum}')`,
  );
}

function changed({ number, name }: Migration): MigrationError {
  return new MigrationError(
    'migration_changed',
    `migration ${number} (${name}) was applied with another text than this build has`,
    'Migrations go forward only: restore its text and write a new migration for the change.',
  );
}

function ahead(number: number, name: string): MigrationError {
  return new MigrationError(
    'migration_unknown',
    `the database has migration ${number} (${name}), which this build does not know`,
    'The data was written by a newer version: run that version or a newer one.',
  );
}
