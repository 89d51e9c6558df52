// Runs read statements on the store, each within its bounds. The only place of the query room that
// does IO. It never writes, and never takes a statement that `sql.ts` or `viewSql.ts` did not make.
import type { Store } from '../store/createStore.ts';
import { toStoreError } from '../store/storeError.ts';
import { withBounds } from './bounds.ts';
import type { Statement } from './sql.ts';

/** One row, by column. */
export type Row = Readonly<Record<string, unknown>>;

export interface Reader {
  /** @throws ReadFailure, and nothing else. */
  read(statement: Statement): Promise<readonly Row[]>;
}

export type ReadFailureCode = 'query_too_slow' | 'query_too_large' | 'engine_down' | 'query_failed';

export class ReadFailure extends Error {
  override readonly name = 'ReadFailure';
  readonly code: ReadFailureCode;

  constructor(code: ReadFailureCode, cause: unknown) {
    super(`the engine did not answer: ${code}`, { cause });
    this.code = code;
  }
}

export function createReader(store: Pick<Store, 'query'>): Reader {
  return {
    async read({ sql, params }) {
      try {
        return await store.query<Row>({ sql: withBounds(sql), params });
      } catch (error) {
        throw new ReadFailure(failureCodeOf(toStoreError(error).code), error);
      }
    },
  };
}

/** ClickHouse's codes that say which bound was met; 0 is the store's own: no answer came. */
function failureCodeOf(code: number): ReadFailureCode {
  switch (code) {
    case 0:
      return 'engine_down';
    case 159: // TIMEOUT_EXCEEDED
    case 160: // TOO_SLOW
      return 'query_too_slow';
    case 158: // TOO_MANY_ROWS
    case 241: // MEMORY_LIMIT_EXCEEDED
    case 307: // TOO_MANY_BYTES
    case 396: // TOO_MANY_ROWS_OR_BYTES
      return 'query_too_large';
    default:
      return 'query_failed';
  }
}
