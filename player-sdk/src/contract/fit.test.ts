import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutText, toFitting } from './fit.ts';
import { LIMITS } from './limits.ts';
import { contextSchema } from './schema/context.ts';

const context = {
  rev: 0,
  asset: { id: 'a' },
  player: { name: 'p', adapter: 'x' },
  privacy: 'exempt',
  weight: 1,
};

describe('toFitting', () => {
  it('brings every context within the schema', () => {
    const text = fc.string({ maxLength: 700 });
    const given = fc.record({
      rev: fc.constant(0),
      privacy: fc.constant('exempt'),
      weight: fc.constant(1),
      asset: fc.record({
        id: fc.oneof(text.filter(Boolean), fc.nat()),
        title: fc.oneof(text, fc.constant(undefined), fc.constant(null)),
        durationMs: fc.oneof(
          fc.double({ min: 0, max: 1e12 }),
          fc.constant(Number.NaN),
          fc.constant(Infinity),
        ),
      }),
      player: fc.record({ name: text, adapter: text }),
      custom: fc.dictionary(text, fc.oneof(text, fc.nat(), fc.boolean()), { maxKeys: 40 }),
      device: fc.record({ pixelRatio: fc.double({ min: 0.5, max: 4, noNaN: true }) }),
      token: fc.constant('t'.repeat(5_000)),
    });
    fc.assert(
      fc.property(given, (value) => {
        expect(contextSchema.safeParse(toFitting(value)).error).toBeUndefined();
      }),
    );
  });

  it('changes nothing that fits, and keeps fractions where they belong', () => {
    const fits = { ...context, device: { pixelRatio: 2.625 }, page: { title: 'x'.repeat(500) } };
    expect(toFitting(fits)).toEqual(fits);
  });

  it('drops what no number can be', () => {
    expect(toFitting({ a: -1, b: Number.NaN, c: 1.4, d: () => 1, e: undefined })).toEqual({ c: 1 });
  });
});

describe('cutText', () => {
  it('never leaves half a character, nor more than was asked for', () => {
    const broken = fc
      .array(fc.integer({ min: 0, max: 0xffff }))
      .map((codes) => String.fromCharCode(...codes));
    fc.assert(
      fc.property(fc.oneof(broken, fc.constant('🎬'.repeat(9))), fc.nat(12), (text, chars) => {
        const cut = cutText(text, chars);
        expect(cut.length).toBeLessThanOrEqual(chars);
        expect(cut).not.toMatch(/\p{Surrogate}/u);
      }),
    );
    expect(cutText('a🎬b', 4)).toBe('a🎬b');
    expect(cutText('x'.repeat(999), LIMITS.idChars)).toHaveLength(200);
  });
});
