import { describe, expect, it } from 'vitest';
import type { ViewEvent } from './contract/event.ts';
import { type Rows, toDeviceKeys, toShiftMs } from './contract/rebase.ts';
import { decodeSlice } from './contract/slice.ts';
import { decodeSummary } from './contract/summary.ts';
import { createLabels } from './labels.ts';

const T0 = 1_783_166_400_000;

function rows(
  given: { readonly k?: number; readonly device?: boolean; readonly at?: number } = {},
): Rows {
  const { k = 0, device = true, at = T0 } = given;
  const clock = device ? 1 : 0;
  const event: ViewEvent = {
    type: 'ended',
    seq: k,
    rev: 0,
    at: at + 7,
    ctx: 0,
    ...(device && { clock: 'device' }),
  };
  return {
    slices: [{ ...decodeSlice([]), k, start: at, clock }],
    events: [event],
    summary: { ...decodeSummary([]), start: T0, last: at + 9, clock },
  };
}

/** Start of the slice, time of the event, start and last of the summary, less T0. */
function timesOf({ slices, events, summary }: Rows): (number | undefined)[] {
  return [slices[0]?.start, events[0]?.at, summary?.start, summary?.last].map(
    (time) => (time ?? 0) - T0,
  );
}

describe('createLabels', () => {
  it('moves what is not known outside, now and in later revisions', () => {
    const labels = createLabels();
    const before = labels.put(rows());
    const move = labels.rebase(-50_000);
    expect(timesOf(move(before))).toEqual([-50_000, -49_993, -50_000, -49_991]);
    expect(timesOf(labels.put(rows()))).toEqual([-50_000, -49_993, -50_000, -49_991]);
  });

  it('moves what has no body yet', () => {
    const labels = createLabels();
    labels.rebase(20_000);
    expect(timesOf(labels.put(rows()))).toEqual([20_000, 20_007, 20_000, 20_009]);
  });

  it('never moves what the server has labelled, but keeps the start that the view already has', () => {
    const labels = createLabels();
    labels.put(rows());
    labels.rebase(20_000);
    const later = labels.put(rows({ k: 1, device: false, at: T0 + 30_000 }));
    expect(timesOf(later)).toEqual([30_000, 30_007, 20_000, 30_009]);
  });

  it('never moves what may be known outside', () => {
    const labels = createLabels();
    const known = labels.put(rows({ k: 0 }));
    labels.freeze(toDeviceKeys(known));
    const unknown = labels.put(rows({ k: 1, at: T0 + 10_000 }));
    const move = labels.rebase(100_000);
    expect(timesOf(labels.put(rows({ k: 0 }))).slice(0, 3)).toEqual([0, 7, 0]);
    expect(timesOf(move(unknown)).slice(0, 3)).toEqual([110_000, 110_007, 0]);
  });

  it('keeps the summary in order where only its end may move', () => {
    const labels = createLabels();
    labels.freeze(toDeviceKeys(labels.put(rows())));
    labels.rebase(-100_000);
    expect(timesOf(labels.put(rows())).slice(2)).toEqual([0, 0]);
  });

  it('never moves what was labelled before a discontinuity, with or without a body', () => {
    const labels = createLabels();
    const old = labels.put(rows({ k: 0 }));
    const open = rows({ k: 1, at: T0 + 10_000 });
    labels.freezeAll({ slices: open.slices, events: open.events });
    const fresh = labels.put(rows({ k: 2, at: T0 + 20_000 }));
    const move = labels.rebase(60_000);
    expect(timesOf(move(old)).slice(0, 3)).toEqual([0, 7, 0]);
    expect(timesOf(labels.put(open)).slice(0, 2)).toEqual([10_000, 10_007]);
    expect(timesOf(move(fresh)).slice(0, 2)).toEqual([80_000, 80_007]);
  });

  it('never moves a start that the server has labelled, though a discontinuity made the clock the device’s', () => {
    const labels = createLabels();
    labels.put(rows({ device: false }));
    labels.freezeAll({ slices: [], events: [] });
    labels.rebase(-180_000);
    const later = labels.put(rows({ k: 1, at: T0 + 10_000 }));
    expect(timesOf(later)).toEqual([-170_000, -169_993, 0, 0]);
  });

  it('tells the start of another request as its own clock had it, where the first was refused', () => {
    const labels = createLabels();
    labels.put(rows());
    labels.rebase(3_600_000);
    const again = rows({ k: 1, device: false, at: T0 + 20_000 });
    Object.assign(again.summary ?? {}, { start: T0 + 20_000 });
    expect(timesOf(labels.put(again)).slice(2)).toEqual([20_000, 20_009]);
  });

  it('corrects itself when a better answer comes', () => {
    const labels = createLabels();
    labels.rebase(30_000);
    const first = labels.put(rows());
    expect(timesOf(labels.rebase(20_000)(first)).slice(0, 3)).toEqual([20_000, 20_007, 20_000]);
  });
});

describe('toShiftMs', () => {
  it('keeps the residue, so that slices stay in their cells', () => {
    expect([0, 4_999, 5_000, -4_999, -5_001, 299_000].map(toShiftMs)).toEqual([
      0, 0, 10_000, -0, -10_000, 300_000,
    ]);
  });
});
