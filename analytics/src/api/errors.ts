// The table of the API's refusals: one code, one status, one remedy. Documentation, types and tests
// read it; a code that stood here once keeps its meaning.

export const API_ERRORS = {
  bad_request: {
    status: 400,
    message: 'The request does not have the shape that the API takes.',
    remedy: 'Compare it with /api/openapi.json; the message names the field.',
  },
  unauthorized: {
    status: 401,
    message: 'No valid read token came with the request.',
    remedy:
      'Send "Authorization: Bearer <read token>" of the property; over /api/live, in "token".',
  },
  not_found: {
    status: 404,
    message: 'There is nothing at this address.',
    remedy: 'The addresses are listed in /api/openapi.json.',
  },
  view_not_found: {
    status: 404,
    message: 'This property has no view with this id.',
    remedy: 'Check the id, and that the token belongs to the property that the view was sent to.',
  },
  body_too_large: {
    status: 413,
    message: 'The request is larger than the API takes.',
    remedy: 'Ask for fewer metrics or filters at once; 64 kB are enough for any question.',
  },
  unknown_metric: {
    status: 400,
    message: 'A metric of this name does not exist.',
    remedy: 'Take the ids from the catalogue (docs/metrics.md).',
  },
  unknown_dimension: {
    status: 400,
    message: 'A dimension of this name does not exist.',
    remedy: 'Take the ids from the catalogue (docs/metrics.md).',
  },
  bad_range: {
    status: 400,
    message: 'The range of time is empty.',
    remedy: 'Send from < to, both in epoch milliseconds.',
  },
  range_too_old: {
    status: 400,
    message: 'The range begins before what can be answered quickly.',
    remedy: 'Ask for the last 6 hours.',
  },
  too_many_points: {
    status: 400,
    message: 'The series would have more points than are given at once.',
    remedy: 'Raise intervalMs or shorten the range: 2000 points at most.',
  },
  bad_cursor: {
    status: 400,
    message: 'This is no cursor that the API gave.',
    remedy: 'Send "before" exactly as "next" of the page before had it.',
  },
  too_many_queries: {
    status: 429,
    message: 'This property has as many questions under way as it may have at once.',
    remedy: 'Wait for an answer before the next question, or retry after a second.',
  },
  too_many_live: {
    status: 429,
    message: 'This property has as many live screens, or as many distinct ones, as it may have.',
    remedy: 'Close some live screens, or let them show the same filters.',
  },
  query_too_slow: {
    status: 503,
    message: 'The answer took longer than a question may take.',
    remedy: 'Shorten the range, drop the dimension, or add a filter.',
  },
  query_too_large: {
    status: 422,
    message: 'The answer needs more rows or memory than a question may have.',
    remedy: 'Shorten the range, raise intervalMs, or add a filter.',
  },
  engine_down: {
    status: 503,
    message: 'The engine cannot be reached at the moment.',
    remedy:
      'Retry after some seconds; it is restarted by itself. Nothing that was accepted is lost.',
  },
  query_failed: {
    status: 500,
    message: 'The engine could not answer this question.',
    remedy: 'This is a fault of Retour: the log of the process has the cause. Please report it.',
  },
  internal: {
    status: 500,
    message: 'The API failed.',
    remedy: 'This is a fault of Retour: the log of the process has the cause. Please report it.',
  },
} as const satisfies Record<
  string,
  { readonly status: number; readonly message: string; readonly remedy: string }
>;

export type ApiErrorCode = keyof typeof API_ERRORS;

/** Thrown by routes; the error handler answers with its entry of the table. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ApiErrorCode;

  /** @param detail what was expected and what came; safe to show to the caller. */
  constructor(code: ApiErrorCode, detail?: string, cause?: unknown) {
    super(detail ?? API_ERRORS[code].message, { cause });
    this.code = code;
  }

  toAnswer(): { code: string; message: string; remedy: string } {
    return { code: this.code, message: this.message, remedy: API_ERRORS[this.code].remedy };
  }
}
