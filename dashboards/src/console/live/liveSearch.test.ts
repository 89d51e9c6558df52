import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSearch, writeSearch } from '../shell/addressSearch.ts';
import { fromSort, toFilters, toggleFilter, toLiveSearch, toSort } from './liveSearch.ts';

describe('toLiveSearch', () => {
  it('reads a dimension, an order and filters', () => {
    expect(
      toLiveSearch({ by: 'os', sort: '-rebufferingRatio', is: ['country:FR', 'os:iOS'] }),
    ).toEqual({
      by: 'os',
      sort: '-rebufferingRatio',
      is: ['country:FR', 'os:iOS'],
    });
  });
  it('leaves out what it does not know', () => {
    const raw = { by: '__proto__', sort: 'password', is: ['nothing:1', 'country', ':x', 4, null] };
    expect(toLiveSearch(raw)).toEqual({});
  });
  it('says each filter once and takes a single one', () => {
    expect(toLiveSearch({ is: 'country:FR' })).toEqual({ is: ['country:FR'] });
    expect(toLiveSearch({ is: ['country:FR', 'country:FR'] })).toEqual({ is: ['country:FR'] });
  });
  it('leaves out a value that the API would refuse', () => {
    expect(toLiveSearch({ is: [`asset:${'x'.repeat(501)}`] })).toEqual({});
  });
  it('survives any address, and reads its own writing back', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.array(fc.string()))),
        (raw) => {
          const search = toLiveSearch(raw);
          expect(toLiveSearch(parseSearch(writeSearch({ ...search })))).toEqual(search);
        },
      ),
    );
  });
  it('keeps values with colons, spaces, ampersands and any script', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), (value) => {
        const is = toggleFilter(undefined, 'asset', value);
        const back = toLiveSearch(parseSearch(writeSearch({ is })));
        expect(toFilters(back.is)).toEqual([{ dimension: 'asset', values: [value] }]);
      }),
    );
  });
});

describe('toFilters', () => {
  it('gathers the values of one dimension', () => {
    expect(toFilters(['country:FR', 'os:iOS', 'country:DE'])).toEqual([
      { dimension: 'country', values: ['FR', 'DE'] },
      { dimension: 'os', values: ['iOS'] },
    ]);
  });
  it('stays within the bounds of the API', () => {
    const many = Array.from({ length: 60 }, (_, n) => `asset:${n}`);
    expect(toFilters(many)[0]?.values).toHaveLength(50);
  });
});

describe('toggleFilter', () => {
  it('adds, and takes out again', () => {
    const is = toggleFilter(['os:iOS'], 'country', 'FR');
    expect(is).toEqual(['os:iOS', 'country:FR']);
    expect(toggleFilter(is, 'country', 'FR')).toEqual(['os:iOS']);
  });
});

describe('toSort', () => {
  it('reads what fromSort wrote', () => {
    for (const sort of ['-rebufferingRatio', 'rebufferingRatio', 'name', '-name']) {
      expect(fromSort(toSort(sort))).toBe(sort);
    }
  });
  it('falls back to the most watched first', () => {
    expect(toSort('nonsense')).toEqual({ column: 'concurrentViews', descending: true });
  });
});
