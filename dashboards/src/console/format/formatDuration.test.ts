import { describe, expect, it } from 'vitest';
import { durationText, formatPosition } from './formatDuration.ts';

describe('durationText', () => {
  it.each([
    [0, '0 ms'],
    [9_994, '9.99 s'],
    [9_996, '10.0 s'],
    [62_000, '1:02 min'],
    [3_599_600, '1:00 h'],
    [90_000_000, '25:00 h'],
  ])('%d', (ms, text) => {
    expect(durationText(ms).replaceAll('\u202f', ' ')).toBe(text);
  });
});

describe('formatPosition', () => {
  it.each([
    [0, '0:00.000'],
    [4_250, '0:04.250'],
    [724_250, '12:04.250'],
    [3_724_250.4, '1:02:04.250'],
    [-5, '0:00.000'],
  ])('%d', (ms, text) => expect(formatPosition(ms)).toBe(text));
});
