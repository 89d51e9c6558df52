import { describe, expect, it } from 'vitest';
import { toCleanText, toStricter } from './privacy.ts';

describe('toCleanText', () => {
  it.each([
    ['GET https://me:SECRET@cdn.example/a.ts?t=SECRET#SECRET', 'GET https://cdn.example/a.ts'],
    ['//me:SECRET@cdn.example/a.ts?SECRET failed', '//cdn.example/a.ts failed'],
    ['GET /seg.ts?v&token=SECRET', 'GET /seg.ts'],
    ['/a?b[0]=SECRET: 404', '/a 404'],
    ['seg.ts?token[]=SECRET', 'seg.ts'],
    ['/a#access_token=SECRET', '/a'],
    ['seg.ts?SECRET: 404', 'seg.ts 404'],
    ['GET /a/b#SECRET', 'GET /a/b'],
    ['?q=SECRET of "?x=SECRET"', ' of ""'],
    ['"https:\\/\\/me:SECRET@h\\/a?SECRET"', '"https:\\/\\/h\\/a"'],
    ['"https://cdn.example/a?q=SECRET" is gone', '"https://cdn.example/a" is gone'],
    ['Why? Because of #4: 404 // not found', 'Why? Because of #4: 404 // not found'],
  ])('%s', (text, clean) => expect(toCleanText(text)).toBe(clean));

  it.each(['?', '/?', '//a', '#x', '//?'])('takes no time for a long text of %s', (text) => {
    const start = performance.now();
    toCleanText(text.repeat(100_000));
    expect(performance.now() - start).toBeLessThan(200);
  });
});

describe('toStricter', () => {
  it('is the stricter one, whichever comes first', () => {
    expect(toStricter('consented', 'exempt')).toBe('exempt');
    expect(toStricter('none', 'exempt')).toBe('none');
    expect(toStricter('exempt', 'exempt')).toBe('exempt');
  });
  it.each(['Consented', '', true, null, undefined])('takes %o for the strictest', (mode) => {
    expect(toStricter(mode as never, 'consented')).toBe('none');
    expect(toStricter('consented', mode as never)).toBe('none');
  });
});
