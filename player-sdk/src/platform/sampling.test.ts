import { describe, expect, it } from 'vitest';
import { LIMITS } from '../contract/limits.ts';
import { toWeight } from './sampling.ts';
import { toViewId } from './viewId.ts';

const ids = Array.from({ length: 20_000 }, (_, i) =>
  toViewId(1_783_166_400_000 + i, (bytes) => crypto.getRandomValues(bytes)),
);

describe('toWeight', () => {
  it.each([1, 0.5, 0.3, 0.1, 0.01])(
    'keeps about the share %d, and its weights make up for the rest',
    (share) => {
      const weights = ids.map((id) => toWeight(id, share));
      const kept = weights.filter((weight) => weight > 0).length;
      const expected = ids.length / Math.round(1 / share);
      expect(Math.abs(kept - expected)).toBeLessThanOrEqual(5 * Math.sqrt(expected));
      for (const weight of weights) expect([0, Math.round(1 / share)]).toContain(weight);
    },
  );

  it('decides by the random end of the id alone', () => {
    const weights = ['019f2d3c-5a00', '01aaaaaa-0000'].flatMap((time) =>
      ['00000003', '00000004'].map((end) => toWeight(`${time}-7c1e-9b4a-0d1e${end}`, 0.5)),
    );
    expect(weights).toEqual([0, 2, 0, 2]);
  });

  it('keeps nothing of no share and all of too much', () => {
    expect(
      ids
        .slice(0, 100)
        .map((id) => toWeight(id, 0))
        .filter(Boolean),
    ).toEqual([]);
    expect(toWeight(ids[0] ?? '', Number.NaN)).toBe(0);
    expect(toWeight(ids[0] ?? '', 7)).toBe(1);
    const weights = new Set(ids.map((id) => toWeight(id, 1e-9)));
    expect([...weights].every((weight) => weight === 0 || weight === LIMITS.weight)).toBe(true);
  });
});
