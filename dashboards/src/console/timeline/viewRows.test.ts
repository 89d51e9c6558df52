import { describe, expect, it } from 'vitest';
import type { ViewDetail } from '../feed/messages.ts';
import { toTimelineData } from './lanePlan.ts';
import { toViewRows } from './viewRows.ts';

const VIEW = { start: 1_000, last: 9_000 };

function detail(part: Record<string, unknown>): ViewDetail {
  return { view: VIEW, slices: [], events: [], ...part } as unknown as ViewDetail; // Only what is read.
}

describe('toViewRows', () => {
  it('orders rows and spans all of them', () => {
    const rows = toViewRows(
      detail({
        slices: [
          { k: 1, start: 10_000, durationMs: 4_000 },
          { k: 0, start: 2_000, durationMs: 8_000 },
        ],
        events: [
          { seq: 1, at: 3_000, type: 'stall', durationMs: 400, rev: 1, ctx: 0 },
          { seq: 0, at: 1_500, type: 'requested', by: 'play' },
        ],
      }),
    );
    expect(rows.slices.map((slice) => slice.k)).toEqual([0, 1]);
    expect(rows.events.map((event) => event.seq)).toEqual([0, 1]);
    expect([rows.from, rows.to]).toEqual([1_000, 14_000]);
    expect(rows.events[1]?.facts).toEqual({ durationMs: 400 });
  });
  it('turns the integrals into levels, and knows where there is none', () => {
    const [slice] = toViewRows(
      detail({
        slices: [
          { start: 0, durationMs: 10, bufferMs: 4, bufferMsMs: 20_000, bufferMin: 1, bufferMax: 9 },
        ],
      }),
    ).slices;
    expect(slice?.buffer).toEqual({ mean: 5_000, min: 1, max: 9 });
    expect(slice?.latency).toBeNull();
  });
  it('survives rows that say nothing, or nonsense', () => {
    const rows = toViewRows(
      detail({ slices: [{}, { start: 'x', renditions: 'y' }], events: [{}, { type: 5 }] }),
    );
    expect(rows.to).toBeGreaterThan(rows.from);
    expect(() => toTimelineData(rows)).not.toThrow();
  });
});
