import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BURST_S, createLeakyBucket, leak, pour, sizeOf } from './leakyBucket.ts';

describe('pour', () => {
  it('takes a burst of ten seconds’ worth, then no more', () => {
    const bucket = createLeakyBucket(0);
    const flow = { perSecond: 3, now: 0 };
    for (let n = 0; n < 30; n += 1) expect(pour(bucket, 1, flow)).toBe(0);
    expect(pour(bucket, 1, flow)).toBeGreaterThan(0);
    expect(bucket.level).toBe(30);
  });

  it('takes the sustained rate for ever, whatever was sent before', () => {
    const bucket = createLeakyBucket(0);
    let taken = 0;
    for (let now = 0; now < 600_000; now += 10)
      if (pour(bucket, 1, { perSecond: 20, now }) === 0) taken += 1;
    // The rate for ten minutes, and one burst.
    expect(taken).toBeGreaterThan(20 * 600 * 0.99);
    expect(taken).toBeLessThanOrEqual(20 * (600 + BURST_S));
  });

  it('takes what it refused once that was waited for, and rises over its size only by a single amount', () => {
    const step = fc.record({
      amount: fc.integer({ min: 1, max: 50 }),
      waitMs: fc.integer({ min: -5000, max: 5000 }),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.array(step, { maxLength: 60 }),
        (perSecond, steps) => {
          const bucket = createLeakyBucket(0);
          let now = 0;
          for (const { amount, waitMs } of steps) {
            now += waitMs;
            const before = leak(bucket, now);
            const retryAfterS = pour(bucket, amount, { perSecond, now });
            if (retryAfterS > 0) {
              expect(bucket.level).toBe(before);
              now += retryAfterS * 1000;
              expect(pour(bucket, amount, { perSecond, now })).toBe(0);
            }
            expect(bucket.level).toBeLessThanOrEqual(Math.max(sizeOf(perSecond), amount) * 1.001);
          }
        },
      ),
    );
  });

  it('takes nothing where the rate is nothing', () => {
    expect(pour(createLeakyBucket(0), 1, { perSecond: 0, now: 0 })).toBe(86_400);
  });

  it('leaks nothing when the clock goes back', () => {
    const bucket = createLeakyBucket(10_000);
    pour(bucket, 5, { perSecond: 1, now: 10_000 });
    expect(leak(bucket, 0)).toBe(5);
    expect(leak(bucket, 10_000)).toBeCloseTo(5 / Math.E);
  });
});
