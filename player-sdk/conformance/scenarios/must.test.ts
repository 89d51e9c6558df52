import { describe, expect, it } from 'vitest';
import type { Truth } from '../metrics.ts';
import { checkHappened, type Must } from './must.ts';
import { toKnown } from './scenario.ts';
import { SCENARIOS } from './scenarios.ts';

const TRUTH: Truth = { stalls: toKnown(3), seeks: toKnown(0), adMs: toKnown(1999.6) };

describe('checkHappened', () => {
  it.each<Must>([
    {},
    { stalls: 2, seeks: 0 },
    { stalls: { atLeast: 1 }, adMs: { atLeast: 1500, atMost: 2000 } },
  ])('lets a script be that did what it is named after: %j', (must) => {
    expect(() => checkHappened(TRUTH, must)).not.toThrow();
  });

  it('says what happened instead, and what was not even seen', () => {
    const must = {
      stalls: 0,
      seeks: 1,
      adMs: { atLeast: 3000 },
      suspendedMs: { atLeast: 1, atMost: 9 },
    };
    expect(() => checkHappened(TRUTH, must)).toThrow(
      'The script did not happen: expected Stalls ≤ 0, but came 3; Seeks ≥ 1, but came 0; Time of ads ≥ 3000, but came 2000; Page asleep ≥ 1 and ≤ 9, but came nothing.',
    );
  });
});

describe('SCENARIOS', () => {
  it('say what they are named after', () => {
    const named = /stall|seek|pause|starved|refused|Stall|Seek|Start|Roll|Ad$|Players|\d{3}/;
    const silent = SCENARIOS.filter(({ name, must }) => named.test(name) && must === undefined);
    expect(silent.map(({ name }) => name)).toEqual(['shiftedStart']); // It is the stream's.
  });
});
