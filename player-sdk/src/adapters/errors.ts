// Errors of all players in the contract's words. Each adapter has a table of its player's codes; the
// code itself stays what the player says. docs/errors.md is written from these tables.
import type { ErrorCategory } from '../contract/event.ts';
import type { SignalFacts } from '../contract/signal.ts';

/** First match wins; what nothing matches is unknown. */
export type ErrorTable = readonly (readonly [code: RegExp, category: ErrorCategory])[];

/** A fault in the player's own words. */
export interface Fault {
  readonly code: string;
  readonly fatal: boolean;
  readonly message?: string | null | undefined;
  /** HTTP status of the request that failed, where one did. */
  readonly status?: number | null | undefined;
}

export function toCategory(table: ErrorTable, code: string): ErrorCategory {
  for (const [pattern, category] of table) if (pattern.test(code)) return category;
  return 'unknown';
}

export function toErrorFacts(
  table: ErrorTable,
  { code, fatal, message, status }: Fault,
): SignalFacts['error'] {
  const category = toCategory(table, code);
  return {
    fatal,
    // Payment required, or barred by law: the service works as it was meant to.
    category:
      status === 402 || status === 451
        ? 'business'
        : category === 'media' && (status as number) >= 400 // Undefined compares to false.
          ? 'network'
          : category,
    code,
    message: message || undefined,
    status: status || undefined,
  };
}

/** MediaError.code is an index of these, after MEDIA_ERR_; video.js adds the last. */
export const MEDIA_ERRORS: readonly string[] =
  'UNKNOWN ABORTED NETWORK DECODE SRC_NOT_SUPPORTED ENCRYPTED'.split(' ');

export const ELEMENT_ERRORS: ErrorTable = [
  [/NETWORK/, 'network'],
  [/DECODE|SRC/, 'media'],
  [/ENCRYPTED/, 'drm'],
];

/** Of a media element, or of video.js, which numbers its errors alike. */
export function toElementFault(
  { code, message }: { readonly code: number; readonly message?: string | null },
  fatal: boolean,
): Fault {
  return {
    code: `MEDIA_ERR_${MEDIA_ERRORS[code] || MEDIA_ERRORS[0]}`,
    fatal,
    message,
    // Browsers tell "404: Not Found" as an unsupported source.
    status: Number(/^[45]\d\d(?=:)/.exec(message || '')),
  };
}
