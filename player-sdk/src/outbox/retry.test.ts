import { describe, expect, it } from 'vitest';
import { isRefused, RETRY, toDelayMs, toRetryAfterMs, toVerdict, type Verdict } from './retry.ts';

const answer = (status: number) => ({ status, body: '', rttMs: 1 });

describe('toVerdict', () => {
  it.each<[Verdict, number[]]>([
    ['accepted', [200, 202, 204]],
    ['again', [0, 408, 425, 429, 500, 502, 503, 504]],
    ['clock', [409]],
    ['stopped', [410]],
    ['tooLarge', [413]],
    ['refused', [301, 400, 401, 403, 404, 405, 422]],
  ])('%s: %j', (verdict, statuses) => {
    expect(statuses.map((status) => toVerdict(answer(status)))).toEqual(
      statuses.map(() => verdict),
    );
  });
});

describe('isRefused', () => {
  it('is sure only where the body was not read', () => {
    expect([409, 429].every((status) => isRefused(answer(status)))).toBe(true);
    expect([0, 408, 425, 500, 503].some((status) => isRefused(answer(status)))).toBe(false);
  });
});

describe('toRetryAfterMs', () => {
  const wallMs = Date.parse('2026-07-04T12:00:00Z');
  it.each([
    [undefined, 0],
    ['7', 7_000],
    ['0', 0],
    ['-3', 0],
    ['soon', 0],
    ['', 0],
    ['Sat, 04 Jul 2026 12:00:30 GMT', 30_000],
    ['Sat, 04 Jul 2026 11:00:00 GMT', 0],
    ['999999999', RETRY.longestAfterMs],
  ])('%s is %i ms', (header, ms) => {
    expect(toRetryAfterMs(header, wallMs)).toBe(ms);
  });
});

describe('toDelayMs', () => {
  const wait = { retryAfter: undefined, wallMs: 0 };
  it('jitters over all of an exponential ceiling', () => {
    expect(
      [1, 2, 3, 4, 50].map((failures) => toDelayMs({ ...wait, failures, random: 0.5 })),
    ).toEqual([500, 1_000, 2_000, 4_000, 30_000]);
    expect(toDelayMs({ ...wait, failures: 9, random: 0 })).toBe(0);
  });

  it('never comes back before Retry-After', () => {
    expect(toDelayMs({ failures: 1, retryAfter: '5', wallMs: 0, random: 0 })).toBe(5_000);
    expect(toDelayMs({ failures: 1, retryAfter: '5', wallMs: 0, random: 0.5 })).toBe(5_500);
  });
});
