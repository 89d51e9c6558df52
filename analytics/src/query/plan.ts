// Chooses where the parts of a question are read from. Today there is one source, the slices of the
// last hours (the tail); closed minutes will come from rollups, and callers will not notice.
import type { Parsed } from './parse.ts';
import type { Question } from './question.ts';

/** How far back slices are read. What is older waits for the rollups. */
export const TAIL_MS = 6 * 3_600_000;

export interface Plan {
  readonly source: 'slices';
  readonly question: Question;
}

export function planQuestion(question: Question, now: number): Parsed<Plan> {
  const oldest = now - TAIL_MS;
  // An interval's width is forgiven: `from` was moved back to the start of its bucket.
  if (question.from + (question.intervalMs ?? 0) < oldest - 60_000) {
    const message =
      `from ${question.from} is more than ${TAIL_MS / 3_600_000} hours ago; ` +
      `figures are kept ready for questions from ${oldest} on`;
    return { ok: false, issue: { code: 'range_too_old', message } };
  }
  return { ok: true, value: { source: 'slices', question } };
}
