import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sizeBytes } from './sizeBytes.ts';

describe('sizeBytes', () => {
  it('is exact for ASCII and never too little', () => {
    expect(sizeBytes('{"a":1}')).toBe(7);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const json = JSON.stringify(text);
        expect(sizeBytes(json)).toBeGreaterThanOrEqual(new TextEncoder().encode(json).length);
      }),
    );
  });
});
