import { describe, expect, it } from 'vitest';
import { readAnswer, toSettings, toStricter } from './settings.ts';

describe('toSettings', () => {
  it('reads what the collector sends', () => {
    const settings = { heartbeatMs: 20_000, sampling: 0.1, privacy: 'none' };
    expect(toSettings(readAnswer(JSON.stringify({ time: 5, ...settings })))).toEqual(settings);
  });

  it.each([
    '',
    '<html>',
    'null',
    '[]',
    '7',
    '"text"',
    `{"sampling":0,"x":"${'x'.repeat(2e6)}"}`,
    '{"time":"x","heartbeatMs":1,"sampling":2,"privacy":"open"}',
  ])('takes nothing from %s', (body) => {
    expect(toSettings(readAnswer(body))).toEqual({});
    expect(Number(readAnswer(body).time)).toBeNaN();
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
