import { describe, expect, it } from 'vitest';
import { formatTime, knownTimeZone, utcText } from './formatTime.ts';

const AT = Date.UTC(2026, 10, 21, 3, 21, 15, 42);

describe('formatTime', () => {
  it('writes the moment in the zone, with 24 hours', () => {
    expect(formatTime(AT, 'Europe/Paris', 'second')).toBe('04:21:15');
    expect(formatTime(AT, 'Asia/Kolkata', 'ms')).toBe('08:51:15.042');
    expect(formatTime(Date.UTC(2026, 0, 1), 'UTC', 'minute')).toBe('00:00');
  });
  it('reads an unknown zone as UTC and does not fail', () => {
    expect(formatTime(AT, 'Mars/Olympus', 'second')).toBe('03:21:15');
    expect(knownTimeZone('Mars/Olympus')).toBe('UTC');
  });
  it('follows daylight saving', () => {
    expect(formatTime(Date.UTC(2026, 6, 1, 12), 'Europe/Paris', 'minute')).toBe('14:00');
  });
});

describe('utcText', () => {
  it('is ISO, and empty for what is no moment', () => {
    expect(utcText(AT)).toBe('2026-11-21T03:21:15.042Z');
    expect(utcText(Number.NaN)).toBe('');
    expect(utcText(9e15)).toBe('');
  });
});
