// Reads one HTTP request in ClickHouse's shape. Pure: it decides nothing about connections.
import { bindParameters, quote } from './bindParameters.ts';
import { EngineFault } from './engineFault.ts';

export type Statement =
  /** Ready rows, handed to the engine as they are. */
  | {
      readonly kind: 'insert';
      readonly table: string;
      readonly columns: readonly string[];
      readonly format: string;
      readonly data: Buffer;
    }
  /** Streamed block by block. */
  | { readonly kind: 'select'; readonly sql: string; readonly format: string }
  /** All else: answered in one piece. */
  | {
      readonly kind: 'other';
      readonly sql: string;
      readonly format: string;
      readonly reads: boolean;
    };

export interface EngineRequest {
  readonly statement: Statement;
  /** Statements that set up the fresh session that this request runs in. */
  readonly prelude: string;
  readonly database: string;
  readonly queryId: string;
}

/** Keys of the query string that are no settings. */
const RESERVED = new Set(
  'query database default_format query_id user password quota_key session_id session_timeout session_check role compress decompress wait_end_of_query buffer_size'.split(
    ' ',
  ),
);

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const INSERT =
  /^\s*INSERT\s+INTO\s+(?:TABLE\s+)?([\w.`]+)\s*(?:\(([^()]*)\))?\s*FORMAT\s+(\w+)[ \t]*(?:\r?\n|$)/i;
const LONGEST_INSERT_HEAD = 64 * 1024;
const COMMENTS = /^(?:\s+|--[^\n]*\n|\/\*[\s\S]*?\*\/|\()*/;
const READS = new Set(['SELECT', 'WITH', 'EXPLAIN', 'SHOW', 'DESCRIBE', 'DESC', 'EXISTS', 'KILL']);
const FORMAT_CLAUSE = /\bFORMAT\s+(\w+)\s*$/i;

export interface RawRequest {
  readonly search: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Already gunzipped. */
  readonly body: Buffer;
  /** Settings of every request, which the request's own override. */
  readonly defaults: Readonly<Record<string, string>>;
}

export function parseRequest(raw: RawRequest): EngineRequest {
  if (String(raw.headers['content-type'] ?? '').startsWith('multipart/')) {
    throw new EngineFault(
      48,
      'parameters in a multipart body: send them in the URL',
      'NOT_IMPLEMENTED',
    );
  }
  const { search, headers } = raw;
  const values = new Map<string, string>();
  const settings = new Map(Object.entries(raw.defaults));
  for (const [key, value] of search) {
    if (key.startsWith('param_')) values.set(key.slice('param_'.length), value);
    else if (!RESERVED.has(key)) settings.set(toSettingName(key), value);
  }
  const database = search.get('database') ?? String(headers['x-clickhouse-database'] ?? '');
  const format =
    search.get('default_format') ?? String(headers['x-clickhouse-format'] ?? 'TabSeparated');
  return {
    statement: toStatement(search.get('query') ?? '', raw.body, { values, format }),
    prelude: toPrelude(settings, database),
    database,
    queryId: search.get('query_id') ?? '',
  };
}

function toStatement(
  query: string,
  body: Buffer,
  bind: { readonly values: ReadonlyMap<string, string>; readonly format: string },
): Statement {
  const head = query === '' ? body.subarray(0, LONGEST_INSERT_HEAD).toString('utf8') : query;
  const insert = INSERT.exec(head);
  if (insert !== null) {
    const [text, table = '', columns = '', format = ''] = insert;
    return {
      kind: 'insert',
      table: table.replaceAll('`', ''),
      columns: columns
        .split(',')
        .map(toColumn)
        .filter((column) => column !== ''),
      format,
      data: query === '' ? body.subarray(Buffer.byteLength(text)) : body,
    };
  }
  const sql = bindParameters(
    query === '' ? body.toString('utf8') : `${query}\n${body.toString('utf8')}`,
    bind.values,
  )
    .trim()
    .replace(/;$/, '');
  if (sql === '') throw new EngineFault(62, 'Syntax error: empty query', 'SYNTAX_ERROR');
  const word = /^\w+/.exec(sql.replace(COMMENTS, ''))?.[0]?.toUpperCase() ?? '';
  const format = FORMAT_CLAUSE.exec(sql)?.[1] ?? bind.format;
  if (word === 'SELECT' || word === 'WITH') return { kind: 'select', sql, format };
  return { kind: 'other', sql, format, reads: READS.has(word) };
}

function toColumn(text: string): string {
  return text.trim().replaceAll('`', '');
}

function toSettingName(key: string): string {
  if (!NAME.test(key)) throw new EngineFault(115, `Unknown setting '${key}'`, 'UNKNOWN_SETTING');
  return key;
}

function toPrelude(settings: ReadonlyMap<string, string>, database: string): string {
  const sets = [...settings].map(([name, value]) => `${name} = ${quote(value)}`);
  if (database !== '' && !NAME.test(database)) {
    throw new EngineFault(81, `Database ${database} does not exist`, 'UNKNOWN_DATABASE');
  }
  return [
    ...(sets.length > 0 ? [`SET ${sets.join(', ')}`] : []),
    ...(database === '' ? [] : [`USE \`${database}\``]),
  ].join('; ');
}
