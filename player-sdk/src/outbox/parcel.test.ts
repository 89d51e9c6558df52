import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sizeBytes, toPayload } from './parcel.ts';

describe('sizeBytes', () => {
  it('counts UTF-8 as an encoder would', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff })),
        ),
        (codes) => {
          const text = String.fromCodePoint(...codes);
          expect(sizeBytes(text)).toBe(new TextEncoder().encode(text).length);
        },
      ),
    );
  });
});

describe('toPayload', () => {
  const parcel = (body: string) => ({ body, rows: 1, urgent: false });
  it('is the body itself, or an array of bodies', () => {
    expect(toPayload([parcel('{"a":1}')])).toBe('{"a":1}');
    expect(toPayload([parcel('{"a":1}'), parcel('{}')])).toBe('[{"a":1},{}]');
  });
});
