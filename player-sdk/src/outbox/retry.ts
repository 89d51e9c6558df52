// When to try again: pure. Full jitter, so that an audience which failed together returns spread.
import type { Answer } from '../contract/transport.ts';

/** First and longest wait of the backoff, and the longest Retry-After that is obeyed, ms. */
const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;
const LONGEST_AFTER_MS = 600_000;

export function isAccepted(status: number): boolean {
  return status >= 200 && status < 300;
}

/** Another try may do, with the bodies as they are. Not so 409: it needs another send time. */
export function isWorthAnotherTry(status: number): boolean {
  return !status || status >= 500 || [408, 425, 429].indexOf(status) >= 0;
}

/**
 * How long to wait, ms, after so many failures in a row; `chance` is from 0 to below 1. A
 * Retry-After (RFC 9110 §10.2.3: seconds or an HTTP date, held against the corrected time) is a floor:
 * the jitter comes on top.
 */
export function toDelayMs(
  { retryAfter }: Pick<Answer, 'retryAfter'>,
  failures: number,
  { timeMs, chance }: { readonly timeMs: number; readonly chance: number },
): number {
  const seconds = Number(retryAfter);
  const afterMs = seconds >= 0 ? seconds * 1000 : Date.parse(`${retryAfter}`) - timeMs;
  const floorMs = afterMs > 0 ? Math.min(afterMs, LONGEST_AFTER_MS) : 0;
  return floorMs + chance * Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1));
}
