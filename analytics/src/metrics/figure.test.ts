import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figureOf, mergeOverTime, type PartValues, partsOf, quantileOf } from './figure.ts';
import { REGISTRY } from './registry.ts';

/** Parts of one cell for all metrics, as the engine would give them. */
const cell: fc.Arbitrary<PartValues> = fc
  .tuple(
    ...[...partsOf(REGISTRY)].map(([key, part]) =>
      fc.tuple(
        fc.constant(key),
        'values' in part
          ? fc
              .array(fc.tuple(fc.nat(20_000), fc.integer({ min: 1, max: 9 })), { maxLength: 6 })
              .map((pairs) => new Map(pairs))
          : fc.nat(1_000_000),
      ),
    ),
  )
  .map((entries) => new Map(entries));

describe('figureOf', () => {
  it('does not depend on how cells are put together', () => {
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 5 }), fc.nat(5), (cells, cut) => {
        const whole = mergeOverTime(cells);
        const halves = mergeOverTime([
          mergeOverTime(cells.slice(cut)),
          mergeOverTime(cells.slice(0, cut)),
        ]);
        for (const metric of REGISTRY) {
          expect(figureOf(metric, halves, 60_000)).toBe(figureOf(metric, whole, 60_000));
        }
      }),
    );
  });

  it('never sums concurrency over time', () => {
    const views = (count: number): PartValues =>
      new Map([...partsOf(REGISTRY.slice(0, 1)).keys()].map((key) => [key, count]));
    const merged = mergeOverTime([views(7), views(9), views(8)]);
    expect(figureOf(REGISTRY[0], merged, 30_000)).toBe(9);
  });
});

describe('quantileOf', () => {
  it('is the value that a person finds by counting the sorted list', () => {
    const pairs = fc.array(fc.tuple(fc.nat(50), fc.integer({ min: 1, max: 5 })), { minLength: 1 });
    fc.assert(
      fc.property(pairs, fc.constantFrom(0.05, 0.5, 0.95, 1), (entries, level) => {
        const distribution = new Map(entries);
        const list = [...distribution]
          .flatMap(([value, times]) => Array<number>(times).fill(value))
          .sort((a, b) => a - b);
        expect(quantileOf(distribution, level)).toBe(list[Math.ceil(level * list.length) - 1]);
      }),
    );
  });

  it('is nothing for nothing', () => {
    expect(quantileOf(new Map(), 0.5)).toBeUndefined();
  });
});
