import { describe, expect, it } from 'vitest';
import { forgetToken, keepToken, readToken, type TokenPlace, takeToken } from './token.ts';

function placeAt(hash: string, search = '?by=os'): TokenPlace & { readonly shown: string[] } {
  const kept = new Map<string, string>();
  const shown: string[] = [];
  return {
    shown,
    location: { hash, pathname: '/live', search },
    history: { replaceState: (_data, _unused, url) => shown.push(url) },
    storage: {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    },
  };
}

describe('takeToken', () => {
  it('keeps the token and removes it from the address, and nothing else of it', () => {
    const place = placeAt('#token=rt_secret&part=2');
    takeToken(place);
    expect(readToken(place.storage)).toBe('rt_secret');
    expect(place.shown).toEqual(['/live?by=os#part=2']);
  });
  it('leaves an address without a token alone', () => {
    const place = placeAt('#part=2');
    takeToken(place);
    expect(place.shown).toEqual([]);
    expect(readToken(place.storage)).toBeNull();
  });
  it('removes an empty token without forgetting the one that is kept', () => {
    const place = placeAt('#token=');
    keepToken(place.storage, 'rt_old');
    takeToken(place);
    expect(place.shown).toEqual(['/live?by=os']);
    expect(readToken(place.storage)).toBe('rt_old');
  });
  it('never takes it from the query string', () => {
    const place = placeAt('', '?token=rt_secret');
    takeToken(place);
    expect(readToken(place.storage)).toBeNull();
  });
});

describe('forgetToken', () => {
  it('forgets', () => {
    const place = placeAt('');
    keepToken(place.storage, 'rt');
    forgetToken(place.storage);
    expect(readToken(place.storage)).toBeNull();
  });
});
