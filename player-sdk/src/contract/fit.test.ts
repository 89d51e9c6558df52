import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
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

/** What an untyped page may give in the place of anything. */
const anything = fc.oneof(
  fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true }),
  fc.string({ maxLength: 700 }),
  fc.double(),
);

/** Some or all of the keys, with whatever. */
function recordOf(...keys: readonly string[]): fc.Arbitrary<object> {
  return fc.record(Object.fromEntries(keys.map((key) => [key, anything])), { requiredKeys: [] });
}

/** The keys of the schema, read from it. */
function keysOf(name: keyof typeof contextSchema.shape): string[] {
  return Object.keys(z.toJSONSchema(contextSchema.shape[name]).properties ?? {});
}

function withRecord(...keys: readonly string[]): fc.Arbitrary<unknown> {
  return fc.oneof(anything, recordOf(...keys));
}

describe('toFitting', () => {
  it('brings within the schema whatever an untyped page may give', () => {
    const { rev, player, privacy, weight } = context;
    const given = fc
      .record({
        asset: fc
          .tuple(
            recordOf(...keysOf('asset')),
            withRecord('id', 'title'),
            withRecord('isan', 'eidr'),
          )
          .map(([asset, series, work]) => ({ ...asset, series, work, id: 'a' })),
        player: withRecord(...keysOf('player')).map((said) => ({ ...Object(said), ...player })),
        page: withRecord(...keysOf('page')),
        device: withRecord(...keysOf('device')),
        connection: withRecord(...keysOf('connection')),
        viewer: withRecord('id'),
        experiments: fc.oneof(anything, fc.dictionary(fc.string(), anything, { maxKeys: 15 })),
        custom: fc.oneof(anything, fc.dictionary(fc.string(), anything, { maxKeys: 40 })),
        recommendation: anything,
        drm: anything,
        token: fc.oneof(anything, fc.constant('t'.repeat(5_000))),
      })
      .map((said) => ({ ...said, rev, privacy, weight }));
    fc.assert(
      fc.property(given, (value) => {
        expect(contextSchema.safeParse(toFitting(value)).error).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  it('changes nothing that fits, and keeps fractions where they belong', () => {
    const fits = {
      ...context,
      asset: { id: 'a', streamType: 'live', durationMs: 5, series: { id: 's', title: 't' } },
      device: { pixelRatio: 2.625, mobile: false },
      page: { title: 'x'.repeat(500) },
      viewer: { id: 'v' },
      custom: { plan: 'premium' },
    };
    expect(toFitting(fits)).toEqual(fits);
  });

  it('keeps what can be meant, and leaves out what cannot', () => {
    expect(
      toFitting({
        asset: {
          id: 42,
          title: 7,
          streamType: 'on-demand',
          durationMs: 1.4,
          series: { title: 's' },
        },
        device: { screenWidth: -1, pixelRatio: Number.NaN, mobile: 'yes' },
        viewer: { id: undefined },
        custom: { seats: 3, trial: true, plan: undefined, list: ['a'] },
        experiments: 'none',
        token: 9,
        drm: false,
      }),
    ).toEqual({
      asset: { id: '42', title: '7', durationMs: 1 },
      device: {},
      custom: { seats: '3', trial: 'true' },
      token: '9',
    });
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
