import { describe, expect, it } from 'vitest';
import { firstThatFits, fitText } from './fitText.ts';

describe('fitText', () => {
  it('keeps, cuts or drops', () => {
    expect(fitText('1080p', 100, 7)).toBe('1080p');
    expect(fitText('edge-a.example.net', 70, 7)).toBe('edge-a.ex…');
    expect(fitText('edge', 14, 7)).toBe('');
    expect(fitText('edge', -5, 7)).toBe('');
  });
  it('never cuts a character in two', () => {
    expect(fitText('🎬🎬🎬🎬🎬', 28, 7)).toBe('🎬🎬🎬…');
  });
});

describe('firstThatFits', () => {
  it('takes the longest of the offered that fits', () => {
    expect(firstThatFits(['playing 2 min', 'playing', '2 min'], 60, 8)).toBe('playing');
    expect(firstThatFits(['playing'], 10, 8)).toBe('');
  });
});
