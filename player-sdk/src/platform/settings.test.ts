import { describe, expect, it } from 'vitest';
import { readServerTime, readSettings, toStricter } from './settings.ts';

describe('readSettings', () => {
  it('reads what the collector sends', () => {
    const settings = { time: 5, heartbeatMs: 20_000, sampling: 0.1, privacy: 'none' };
    expect(readSettings(JSON.stringify(settings))).toEqual(settings);
  });

  it.each([
    '',
    '<html>',
    'null',
    '[]',
    '7',
    '{"time":"x","heartbeatMs":1,"sampling":2,"privacy":"open"}',
  ])('takes nothing from %s', (body) => {
    expect(readSettings(body)).toEqual({});
    expect(readServerTime(body)).toBeUndefined();
  });
});

describe('toStricter', () => {
  it('is the stricter one, whichever comes first', () => {
    expect(toStricter('consented', 'exempt')).toBe('exempt');
    expect(toStricter('none', 'exempt')).toBe('none');
    expect(toStricter('exempt', 'exempt')).toBe('exempt');
  });
});
