// Why the store did not do something, in the one distinction that its callers need.
import { ClickHouseError } from '@clickhouse/client';

/** `refused`: the same rows will be refused again. `unavailable`: the same may work later. */
export type StoreErrorKind = 'refused' | 'unavailable';

export interface StoreErrorFacts {
  readonly code?: number;
  readonly cause?: unknown;
}

export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly kind: StoreErrorKind;
  /** ClickHouse's code; 0 when no answer came. */
  readonly code: number;

  constructor(kind: StoreErrorKind, message: string, { code = 0, cause }: StoreErrorFacts = {}) {
    super(message, { cause });
    this.kind = kind;
    this.code = code;
  }
}

/**
 * The families of ClickHouse's error names that speak of the rows. All others (memory, space, a
 * missing table, a read-only replica, an unknown name) are not the rows' fault: whoever took them
 * for it would throw good rows away.
 */
const ABOUT_ROWS =
  /^(?:CANNOT_(?:PARSE|CONVERT|READ_ARRAY|INSERT_NULL)|INCORRECT_DATA|ILLEGAL_|TYPE_MISMATCH|ARGUMENT_OUT_OF_BOUND|VALUE_IS_OUT|TOO_LARGE_(?:STRING|ARRAY)|SIZES_OF_ARRAYS|UNEXPECTED_END|INVALID_|ATTEMPT_TO_READ_AFTER_EOF|BAD_ARGUMENTS)/;

export function toStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const text = error instanceof Error ? error.message : String(error);
  if (!(error instanceof ClickHouseError)) {
    return new StoreError('unavailable', `the engine did not answer: ${text}`, { cause: error });
  }
  const kind = ABOUT_ROWS.test(error.type ?? '') ? 'refused' : 'unavailable';
  return new StoreError(kind, `${text.trim()} (${error.type})`, {
    code: Number(error.code),
    cause: error,
  });
}
