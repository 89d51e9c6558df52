// Runs one statement in a session of its own. A fresh session costs 0.2 ms and makes sure that no
// setting, no database and no parameter of one request is ever seen by another.
import { randomUUID } from 'node:crypto';
import { Session } from 'chdb';
import { quote } from './bindParameters.ts';
import { EngineFault, toEngineFault } from './engineFault.ts';
import type { EngineRequest, Statement } from './parseRequest.ts';

export interface Answer {
  /** Called once, before the first bytes: from here on the status is sent. */
  begin(summary: Summary): void;
  /** Resolves when more may be written. */
  write(bytes: Uint8Array): Promise<void>;
}

export interface Summary {
  readonly writtenRows: number;
  readonly writtenBytes: number;
}

const NOTHING_WRITTEN: Summary = { writtenRows: 0, writtenBytes: 0 };

/** Formats that the engine takes as raw rows; any other insert goes through its own parser. */
const RAW_FORMATS = ['JSONEachRow', 'JSONCompactEachRow', 'CSV', 'CSVWithNames', 'TSV'] as const;

/**
 * Runs a request against the engine on `directory`. When the signal aborts, the engine is told to
 * stop (`KILL QUERY … ASYNC`: SYNC would wait for itself) and the promise rejects once it did.
 */
export async function runStatement(
  directory: string,
  request: EngineRequest,
  options: { readonly answer: Answer; readonly signal: AbortSignal },
): Promise<void> {
  const { answer, signal } = options;
  const session = new Session(directory);
  const tag = randomUUID();
  const kill = (): void => killQuery(directory, tag);
  signal.addEventListener('abort', kill, { once: true });
  try {
    await session.queryAsync(joined(request.prelude, `SET log_comment = ${quote(tag)}`));
    signal.throwIfAborted();
    await run(session, request.statement, answer);
  } catch (error) {
    throw toEngineFault(error);
  } finally {
    signal.removeEventListener('abort', kill);
    session.close();
  }
}

async function run(session: Session, statement: Statement, answer: Answer): Promise<void> {
  switch (statement.kind) {
    case 'insert':
      return insert(session, statement, answer);
    case 'select':
      return select(session, statement, answer);
    case 'other': {
      const result = await session.queryAsync(statement.sql, { format: statement.format });
      answer.begin(NOTHING_WRITTEN);
      return answer.write(result.bytes());
    }
  }
}

async function insert(
  session: Session,
  statement: Extract<Statement, { kind: 'insert' }>,
  answer: Answer,
): Promise<void> {
  const format = RAW_FORMATS.find((raw) => raw === statement.format);
  if (format === undefined) {
    const formats = RAW_FORMATS.join(', ');
    throw new EngineFault(73, `Unknown format ${statement.format}: ${formats}`, 'UNKNOWN_FORMAT');
  }
  const { rowsWritten, bytesWritten } = await session.insert({
    table: statement.table,
    ...(statement.columns.length > 0 && { columns: statement.columns }),
    format,
    values: statement.data,
  });
  answer.begin({ writtenRows: rowsWritten, writtenBytes: bytesWritten });
}

/** The first block comes before the status, so that most faults are answered as such. */
async function select(
  session: Session,
  statement: Extract<Statement, { kind: 'select' }>,
  answer: Answer,
): Promise<void> {
  let begun = false;
  for await (const chunk of session.queryStream(statement.sql, { format: statement.format })) {
    if (!begun) answer.begin(NOTHING_WRITTEN);
    begun = true;
    await answer.write(chunk.raw());
  }
  if (!begun) answer.begin(NOTHING_WRITTEN);
}

/** Best effort: max_execution_time ends the query where this does not. */
function killQuery(directory: string, tag: string): void {
  const session = new Session(directory);
  session
    .queryAsync(`KILL QUERY WHERE Settings['log_comment'] = ${quote(tag)} ASYNC`)
    .catch(() => undefined)
    .finally(() => session.close());
}

function joined(...statements: readonly string[]): string {
  return statements.filter((statement) => statement !== '').join('; ');
}
