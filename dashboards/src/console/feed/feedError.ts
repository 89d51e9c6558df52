// What the console knows of a failed call: the API's own code, message and remedy, or why there was
// no answer at all.

/** A refusal by the API, or a call that never arrived (`status` 0). */
export class FeedError extends Error {
  readonly status: number;
  readonly code: string;
  readonly remedy: string;

  constructor(facts: { status: number; code: string; message: string; remedy: string }) {
    super(facts.message);
    this.name = 'FeedError';
    this.status = facts.status;
    this.code = facts.code;
    this.remedy = facts.remedy;
  }
}

export function isUnauthorised(error: unknown): boolean {
  return error instanceof FeedError && error.status === 401;
}

export function isMissing(error: unknown): boolean {
  return error instanceof FeedError && error.status === 404;
}

/** No answer: the network, or the server is down. */
export function toUnreachable(): FeedError {
  return new FeedError({
    status: 0,
    code: 'unreachable',
    message: 'Retour does not answer.',
    remedy:
      'Check that it is running and that this machine reaches it. This page tries again by itself.',
  });
}
