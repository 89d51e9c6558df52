import { afterEach, describe, expect, it } from 'vitest';
import { setClock } from './setClock.ts';

const TrueDate = Date;
const trueNow = Date.now;
const HOURS_MS = 7_200_000;

afterEach(() => {
  globalThis.Date = TrueDate;
  Date.now = trueNow;
});

describe('setClock', () => {
  it('sets all that a Date says of now, again and again, and no other moment', () => {
    for (const aheadMs of [HOURS_MS, -HOURS_MS]) {
      setClock(aheadMs);
      const at = trueNow() + aheadMs;
      const said = [Date.now(), TrueDate.parse(new Date().toJSON()), TrueDate.parse(Date())];
      for (const ms of said) expect(Math.abs(ms - at)).toBeLessThan(2000);
      expect(new Date(5).getTime()).toBe(5);
      expect(new Date()).toBeInstanceOf(Date);
    }
  });
});
