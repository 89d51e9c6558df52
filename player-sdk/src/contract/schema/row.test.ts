import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heartbeat } from '../examples/exampleRows.ts';
import { decodeSlice, encodeSlice, SLICE_POSITIONS, type Slice } from '../slice.ts';
import { decodeSummary, encodeSummary } from '../summary.ts';
import { validateSlice } from './slice.ts';
import { validateSummary } from './summary.ts';

const json = fc.jsonValue({ maxDepth: 3 });
const cells = fc.array(
  fc.oneof(fc.integer({ min: -70, max: 20_000 }), fc.string(), fc.array(fc.integer()), json),
  { maxLength: 80 },
);

/** A row as it travels, but for a cell or two. */
const nearly = (row: unknown) => {
  const cells = row as readonly unknown[]; // As it was encoded.
  const cell = fc.oneof(fc.integer({ min: -9, max: 9 }), json);
  return fc
    .array(fc.tuple(fc.nat(cells.length), cell), { maxLength: 2 })
    .map((changes) => Object.assign([...cells], Object.fromEntries(changes)));
};

describe('createRowCheck', () => {
  it('says something or nothing of any JSON, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(json, cells), (value) => {
        for (const found of [validateSlice(value), validateSummary(value)]) {
          if (found !== undefined) expect(found.detail.length).toBeLessThanOrEqual(200);
        }
      }),
    );
  });

  it('lets through only what decodes and encodes to the same row', () => {
    let [slices, summaries] = [0, 0];
    fc.assert(
      fc.property(nearly(heartbeat.slices[0]), nearly(heartbeat.summary), (slice, summary) => {
        if (validateSlice(slice) === undefined) {
          const row = decodeSlice(slice as never); // It was let through.
          expect(decodeSlice(encodeSlice(row))).toEqual(row);
          expect(validateSlice(encodeSlice(row))).toBeUndefined();
          slices += 1;
        }
        if (validateSummary(summary) === undefined) {
          const row = decodeSummary(summary as never); // It was let through.
          expect(decodeSummary(encodeSummary(row))).toEqual(row);
          summaries += 1;
        }
      }),
    );
    expect(Math.min(slices, summaries)).toBeGreaterThan(10);
  });

  it('takes every slice whose states add up within its cell', () => {
    const sums = ['bits', 'bytes', 'mediaMs', 'stalls', 'bufferMsMs'] as const;
    const slice = fc
      .record({
        k: fc.integer({ min: 0, max: 100_000 }),
        cell: fc.integer({ min: 0, max: 2 ** 39 }),
        playingMs: fc.integer({ min: 0, max: 5_000 }),
        stalledMs: fc.integer({ min: 0, max: 5_000 }),
        sums: fc.tuple(...sums.map(() => fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }))),
      })
      .map(({ cell, sums: values, ...given }) => ({
        ...decodeSlice([]),
        ...given,
        start: cell * 10_000,
        durationMs: given.playingMs + given.stalledMs,
        ...Object.fromEntries(sums.map((name, i) => [name, values[i]])),
      }));
    fc.assert(
      fc.property(slice, (row) => {
        expect(validateSlice(encodeSlice(row as Slice))).toBeUndefined(); // Numbers by the record above.
        expect(
          validateSlice(encodeSlice({ ...row, durationMs: row.durationMs + 1 } as Slice))?.reason,
        ).toMatch(/state_sum|range/);
      }),
    );
  });

  it('knows every code and list of the table', () => {
    for (const [name, kind] of SLICE_POSITIONS) {
      const value = kind === 'text' ? 'x'.repeat(201) : kind === 'list' ? [null] : -1;
      const row = { ...decodeSlice([]), [name]: kind === 'code' ? 1e6 : value } as Slice; // Wrong on purpose.
      const sent = SLICE_POSITIONS.map(([each]) => row[each]);
      if (value !== -1 || kind === 'code')
        expect([name, validateSlice(sent) !== undefined]).toEqual([name, true]);
    }
  });
});
