import { describe, expect, it } from 'vitest';
import { readAnswer, toSettings } from './settings.ts';

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
