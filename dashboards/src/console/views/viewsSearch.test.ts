import { describe, expect, it } from 'vitest';
import { toViewId, toViewsSearch } from './viewsSearch.ts';

const ID = '01978f3a-1000-7abc-8def-0123456789ab';

describe('toViewId', () => {
  it.each([
    [ID, ID],
    [`  ${ID.toUpperCase()}\n`, ID],
    [ID.replaceAll('-', ''), ID],
    [`https://retour.example/views/${ID}?x=1`, ID],
    ['01978f3a-1000', null],
    [`${ID.replaceAll('-', '')}00`, null],
    ['harbour-s02e04', null],
    ['', null],
  ])('%j', (text, id) => expect(toViewId(text)).toBe(id));
});

describe('toViewsSearch', () => {
  it('reads a search and filters', () => {
    expect(toViewsSearch({ search: ' news ', is: 'country:FR' })).toEqual({
      search: 'news',
      is: ['country:FR'],
    });
  });
  it('leaves out dimensions that a view has many of, and nonsense', () => {
    expect(toViewsSearch({ search: '', is: ['host:a', 'pathway:A', 'x:y', 3] })).toEqual({});
  });
});
