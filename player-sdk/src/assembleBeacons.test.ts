import { describe, expect, it } from 'vitest';
import { type Assembly, assembleBeacons } from './assembleBeacons.ts';
import type { Context } from './contract/context.ts';
import type { ViewEvent } from './contract/event.ts';
import { LIMITS } from './contract/limits.ts';
import { readBeacon } from './contract/schema/readBeacon.ts';
import { decodeSlice, type Slice } from './contract/slice.ts';
import { decodeSummary } from './contract/summary.ts';
import { createLabels } from './labels.ts';

const CTX: Context = {
  rev: 0,
  asset: { id: 'a' },
  player: { name: 'p', adapter: 'x' },
  privacy: 'exempt',
  weight: 1,
};
const summary = { ...decodeSummary([]), rev: 3 };

const slices = (n: number, given: Partial<Slice> = {}): Slice[] =>
  Array.from({ length: n }, (_, k) => ({ ...decodeSlice([]), k, ...given }));
const events = (n: number, ctx = 0): ViewEvent[] =>
  Array.from({ length: n }, (_, seq) => ({ type: 'ended', seq, rev: 0, at: 1, ctx }));

function assemble(given: Partial<Assembly['rows']>, options: Partial<Assembly> = {}) {
  const parcels = assembleBeacons({
    view: '019f2d3c-5a00-7c1e-9b4a-0d1e2f3a4b5c',
    contexts: [CTX],
    rows: { slices: [], events: [], ...given },
    lost: {},
    urgent: false,
    labels: createLabels(),
    ...options,
  });
  const beacons = parcels.map((parcel) => {
    const { beacon, issues } = readBeacon(JSON.parse(parcel.body));
    expect(issues).toEqual([]);
    return beacon;
  });
  return { beacons, parcels };
}

describe('assembleBeacons', () => {
  it('says nothing where there is nothing to say', () => {
    expect(assemble({}).parcels).toEqual([]);
  });

  it('makes one body of what fits, and counts its rows', () => {
    const { beacons, parcels } = assemble(
      { slices: slices(3), events: events(2), summary },
      { lost: { queueFull: 4 } },
    );
    expect(parcels.map((parcel) => parcel.rows)).toEqual([6]);
    expect(beacons[0]).toMatchObject({ lost: { queueFull: 4 } });
  });

  it.each([
    [61, 0],
    [0, 201],
    [500, 1_000],
    [1, 1],
  ])('keeps %i slices and %i events within the bounds, all of them, in order', (s, e) => {
    const { beacons } = assemble({
      slices: slices(s, { host: 'h'.repeat(200) }),
      events: events(e),
      summary,
    });
    expect(
      beacons.flatMap((beacon) => beacon?.slices ?? []).map((cells) => decodeSlice(cells).k),
    ).toEqual(slices(s).map((slice) => slice.k));
    expect(beacons.flatMap((beacon) => beacon?.events ?? []).map((event) => event.seq)).toEqual(
      events(e).map((event) => event.seq),
    );
    expect(beacons.filter((beacon) => beacon?.summary !== undefined)).toEqual([
      beacons[beacons.length - 1],
    ]);
  });

  it('keeps every body small enough for an unload, where rows can be parted', () => {
    const ranges = Array.from({ length: LIMITS.sliceRanges }, (_, i) => [
      i * 1e6,
      i * 1e6 + 999_999,
    ]);
    const { parcels } = assemble({ slices: slices(60, { ranges, host: 'é'.repeat(200) }) });
    expect(parcels.length).toBeGreaterThan(1);
    for (const { body } of parcels)
      expect(Buffer.byteLength(body)).toBeLessThan(LIMITS.unloadBytes);
  });

  it('parts rows by the context that they were made under, and leaves none behind', () => {
    const contexts = [2, 3].map((rev) => ({ ...CTX, rev }));
    const { beacons } = assemble(
      {
        slices: slices(4).map((slice, i) => ({ ...slice, ctx: i })),
        events: events(1, 3),
        summary,
      },
      { contexts },
    );
    expect(
      beacons.map((beacon) => [
        beacon?.ctx.rev,
        beacon?.slices?.length,
        beacon?.summary !== undefined,
      ]),
    ).toEqual([
      [2, 3, false],
      [3, 1, true],
    ]);
  });
});
