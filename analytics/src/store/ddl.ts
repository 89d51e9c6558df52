// Turns a migration's text into the statements of one backend. The embedded engine has no replicas
// and no shards; a cluster has both, and its clients read and write through Distributed tables.

export type Backend =
  | { readonly kind: 'embedded' }
  /** `cluster` is a name in the server's remote_servers; its shards' weights add up to 1024. */
  | { readonly kind: 'cluster'; readonly cluster: string };

const TABLE = /\{\{table:(\w+)\}\}/g;
const ENGINE = /\{\{engine:(\w*MergeTree)(?:\(([^)]*)\))?\}\}/g;
const DISTRIBUTED = /^\{\{distributed:(\w+):(.+)\}\}$/gm;
const UNKNOWN = /\{\{[^}]*\}\}/;

/** The statements of a migration, in order, without comments. */
export function toStatements(sql: string, backend: Backend): string[] {
  const text = expand(sql.replace(/^--.*$/gm, ''), backend);
  const unknown = UNKNOWN.exec(text)?.[0];
  if (unknown !== undefined) throw new Error(`unknown template ${unknown} in a migration`);
  return text
    .split(/;[ \t]*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}

/** The name of the table that holds the rows itself: what ALTER must address. */
export function toLocalTable(table: string, backend: Backend): string {
  return backend.kind === 'embedded' ? table : `${table}_local ON CLUSTER '${backend.cluster}'`;
}

function expand(sql: string, backend: Backend): string {
  const tables = sql.replace(TABLE, (_, table: string) => toLocalTable(table, backend));
  if (backend.kind === 'embedded') {
    return tables
      .replace(ENGINE, (_, engine: string, args?: string) => `${engine}(${args ?? ''})`)
      .replace(DISTRIBUTED, '');
  }
  return tables
    .replace(ENGINE, (_, engine: string, args?: string) => {
      const path = "'/clickhouse/tables/{shard}/{database}/{table}', '{replica}'";
      return `Replicated${engine}(${args === undefined ? path : `${path}, ${args}`})`;
    })
    .replace(DISTRIBUTED, (_, table: string, shardBy: string) =>
      [
        `CREATE TABLE IF NOT EXISTS ${table} ON CLUSTER '${backend.cluster}' AS ${table}_local`,
        `ENGINE = Distributed('${backend.cluster}', currentDatabase(), ${table}_local, ${shardBy});`,
      ].join('\n'),
    );
}
