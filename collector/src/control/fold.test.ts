// The fold by itself: the same records give every process the same state, whoever folds them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ControlRecord, decodeControlRecord, encodeControlRecord } from './controlRecord.ts';
import { PROPERTY_DEFAULTS } from './firstProperty.ts';
import { createFold } from './fold.ts';

const record: fc.Arbitrary<ControlRecord> = fc
  .record({
    subject: fc.constantFrom('property', 'writeKey', 'of a newer version'),
    id: fc.constantFrom('a', 'b'),
    expected: fc.nat(3),
    name: fc.constantFrom('x', 'y', ''),
  })
  .map(({ subject, id, expected, name }) => ({
    ...{ subject, id, expected, at: 0, by: '' },
    value: { ...PROPERTY_DEFAULTS, id, name },
  }));

describe('createFold', () => {
  it('gives the same state to every process that folds the same records', () => {
    fc.assert(
      fc.property(fc.array(record), (records) => {
        const [one, other] = [createFold(), createFold()];
        for (const entry of records)
          expect(one.apply(entry)).toEqual(
            other.apply(decodeControlRecord(encodeControlRecord(entry))),
          );
        expect(one.all('property')).toEqual(other.all('property'));
      }),
    );
  });

  it('raises a revision by one for each record that expected it, and for no other', () => {
    fc.assert(
      fc.property(fc.array(record), (records) => {
        const fold = createFold();
        const model = new Map<string, number>();
        for (const entry of records) {
          const name = `${entry.subject}/${entry.id}`;
          const before = model.get(name) ?? 0;
          const wins = entry.expected === before;
          if (wins) model.set(name, before + 1);
          const { result, revision } = fold.apply(entry);
          expect(result === 'conflict').toBe(!wins);
          expect(revision).toBe(model.get(name) ?? 0);
        }
      }),
    );
  });

  it('keeps the value before when it does not understand the one that won', () => {
    const fold = createFold();
    const put = (expected: number, value: unknown) =>
      fold.apply({ subject: 'property', id: 'a', expected, value, at: 0, by: '' });
    const good = { ...PROPERTY_DEFAULTS, id: 'a' };
    expect(put(0, good)).toMatchObject({ result: 'applied' });
    expect(put(1, { id: 'a' })).toMatchObject({ result: 'unusable', revision: 2 });
    expect(put(2, { ...good, id: 'b' })).toMatchObject({ result: 'unusable', revision: 3 });
    expect(fold.get('property', 'a')).toEqual(good);
  });
});
