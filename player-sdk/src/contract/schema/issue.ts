// What is wrong with an item of a beacon, as the collector and the writer record it.
import type { z } from 'zod';

/** Closed and append-only: the reasons stand in the rejected table for ever. */
export const ISSUE_REASONS = [
  'shape', // a key is missing, or a value is not of its type
  'range', // a number outside of its bounds, or not an integer
  'too_long', // a text or a list beyond its LIMITS
  'unknown_code', // a code that this version has no word for
  'unknown_event', // an event type that this version does not know
  'unsupported_version', // `v` is not 1
  'too_many', // more slices or events in one beacon than LIMITS allows
  'state_sum', // the states of a slice do not add up to its duration, or hidden exceeds it
  'straddles_cell', // a slice that reaches over 10 s of the clock
  'backwards', // an interval that ends before it begins, or buckets out of order
] as const;

export type IssueReason = (typeof ISSUE_REASONS)[number];

export interface Issue {
  /** `beacon` for all of it; else `slices[3]`, `events[0]`, `summary`, `lost`, `slices[60…]`. */
  readonly item: string;
  readonly reason: IssueReason;
  /** What was expected and what came, without the sender's own text: ≤ 200 characters. */
  readonly detail: string;
}

/** What is wrong, before it is known of which item. */
export type Fault = Omit<Issue, 'item'>;

export function fault(reason: IssueReason, detail: string): Fault {
  return { reason, detail: detail.slice(0, 200) };
}

/** The first of zod's issues tells enough: the raw body is kept. */
export function toFault(error: z.core.$ZodError): Fault {
  const first = error.issues[0];
  if (first === undefined) return fault('shape', 'does not fit its schema');
  const where = first.path.map(toStep).join('.');
  return fault(toReason(first), `${where === '' ? '' : `${where}: `}${first.message}`);
}

/** Keys of a dictionary are the sender's own words: cut, so that the detail stays a sentence. */
function toStep(step: PropertyKey): string {
  return String(step).slice(0, 40);
}

function toReason(issue: z.core.$ZodIssue): IssueReason {
  switch (issue.code) {
    case 'too_big':
      return issue.origin === 'string' || issue.origin === 'array' ? 'too_long' : 'range';
    case 'too_small':
      return 'range';
    case 'invalid_value':
      return 'unknown_code';
    case 'custom':
      return 'too_long';
    default:
      return 'shape';
  }
}
