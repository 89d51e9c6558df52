import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VIEW_ID } from '../contract/schema/readBeacon.ts';
import { toViewId } from './viewId.ts';

const random = (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes);

describe('toViewId', () => {
  it('is a canonical UUIDv7 whose text order is its order in time', () => {
    const wall = fc.integer({ min: 0, max: 2 ** 48 - 1 });
    fc.assert(
      fc.property(wall, wall, (a, b) => {
        const ids = [toViewId(a, random), toViewId(b, random)] as const;
        for (const id of ids) expect(id).toMatch(VIEW_ID);
        expect(Number.parseInt(ids[0].replace('-', '').slice(0, 12), 16)).toBe(a);
        if (a < b) expect(ids[0] < ids[1]).toBe(true);
      }),
    );
  });

  it('has 74 random bits', () => {
    expect(toViewId(0, (bytes) => bytes.fill(255))).toBe('00000000-0000-7fff-bfff-ffffffffffff');
    expect(toViewId(0, (bytes) => bytes)).toBe('00000000-0000-7000-8000-000000000000');
  });
});
