// When to try again: pure. Full jitter, so that an audience which failed together returns spread.
import type { Answer } from '../contract/transport.ts';

/** First and longest wait of the backoff, and the longest Retry-After that is obeyed, ms. */
export const RETRY = { firstMs: 1_000, longestMs: 60_000, longestAfterMs: 600_000 } as const;

/** What an answer means for the bodies that it answers. */
export type Verdict = 'accepted' | 'again' | 'clock' | 'tooLarge' | 'refused' | 'stopped';

export function toVerdict({ status }: Answer): Verdict {
  if (status >= 200 && status < 300) return 'accepted';
  if (status === 409) return 'clock';
  if (status === 410) return 'stopped';
  if (status === 413) return 'tooLarge';
  if (status === 408 || status === 425 || status === 429) return 'again';
  return status === 0 || status >= 500 ? 'again' : 'refused';
}

/**
 * Whether the sender surely took nothing: 409 and 429 are answered before a byte of the body is
 * read. A 5xx may come from something in between, after the body was taken.
 */
export function isRefused({ status }: Answer): boolean {
  return status === 409 || status === 429;
}

export interface Wait {
  /** Failures in a row, this one included: from 1. */
  readonly failures: number;
  readonly retryAfter: string | undefined;
  /** Epoch ms, for a Retry-After that is a date. */
  readonly wallMs: number;
  /** From 0 to below 1. */
  readonly random: number;
}

/** How long to wait, ms. A Retry-After is a floor: the jitter comes on top of it. */
export function toDelayMs({ failures, retryAfter, wallMs, random }: Wait): number {
  const ceiling = Math.min(RETRY.longestMs, RETRY.firstMs * 2 ** Math.min(failures - 1, 16));
  return Math.round(toRetryAfterMs(retryAfter, wallMs) + random * ceiling);
}

/** RFC 9110 §10.2.3: seconds or an HTTP date. What is neither is 0. */
export function toRetryAfterMs(header: string | undefined, wallMs: number): number {
  if (header === undefined) return 0;
  const seconds = Number(header);
  const ms = Number.isNaN(seconds) ? Date.parse(header) - wallMs : seconds * 1000;
  return ms > 0 ? Math.min(ms, RETRY.longestAfterMs) : 0;
}
