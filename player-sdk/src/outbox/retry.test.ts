import { describe, expect, it } from 'vitest';
import { isAccepted, isWorthAnotherTry, toDelayMs } from './retry.ts';

const ACCEPTED = [200, 202, 204];
const AGAIN = [0, 408, 425, 429, 500, 502, 503, 504];
const NEITHER = [301, 400, 401, 403, 404, 405, 409, 410, 413, 422];
const ALL = [...ACCEPTED, ...AGAIN, ...NEITHER];

describe('isAccepted', () => {
  it('holds for what a collector took', () => {
    expect(ALL.filter(isAccepted)).toEqual(ACCEPTED);
  });
});

describe('isWorthAnotherTry', () => {
  it('holds where nobody said no', () => {
    expect(ALL.filter(isWorthAnotherTry)).toEqual(AGAIN);
  });
});

describe('toDelayMs', () => {
  const timeMs = Date.parse('2026-07-04T12:00:00Z');

  it.each([
    [undefined, 0],
    [null, 0],
    ['7', 7_000],
    ['0', 0],
    ['-3', 0],
    ['soon', 0],
    ['', 0],
    ['Sat, 04 Jul 2026 12:00:30 GMT', 30_000],
    ['Sat, 04 Jul 2026 11:00:00 GMT', 0],
    ['999999999', 600_000],
  ])('never comes back before Retry-After %s: %i ms', (header, ms) => {
    const answer = header === undefined ? {} : { retryAfter: header };
    expect(toDelayMs(answer, 1, { timeMs, chance: 0 })).toBe(ms);
    expect(toDelayMs(answer, 1, { timeMs, chance: 0.5 })).toBe(ms + 500);
  });

  it('jitters over all of an exponential ceiling', () => {
    const half = (failures: number) => toDelayMs({}, failures, { timeMs, chance: 0.5 });
    expect([1, 2, 3, 4, 50, 5_000].map(half)).toEqual([500, 1_000, 2_000, 4_000, 30_000, 30_000]);
    expect(toDelayMs({}, 9, { timeMs, chance: 0 })).toBe(0);
  });
});
