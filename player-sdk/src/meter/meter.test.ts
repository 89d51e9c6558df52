// Timelines of a scripted player, and what the meter must make of them.
import { describe, expect, it } from 'vitest';
import { createScreening, type Screening, start } from '../../test/screening.ts';
import type { Summary } from '../contract/index.ts';

function check(script: (screening: Screening) => void, expected: Partial<Summary>): void {
  const screening = createScreening();
  script(screening);
  const { summary } = screening.end();
  const found = Object.fromEntries(
    Object.keys(expected).map((name) => [name, summary[name as keyof Summary]]), // Its own keys.
  );
  expect(found).toEqual(expected);
}

describe('createMeter', () => {
  it('measures a plain play', () => {
    check(
      (s) => {
        start(s, 400);
        s.play(25_000);
        s.emit('detach', { reason: 'left' });
      },
      {
        attempts: 1,
        starts: 1,
        contentStarts: 1,
        startups: 1,
        startupMs: 400,
        contentStartups: 1,
        contentStartupMs: 400,
        startingMs: 400,
        playingMs: 25_000,
        stalledMs: 0,
        stalls: 0,
        mediaMs: 25_000,
        exits: 1,
        exitsBeforeStart: 0,
        ranges: [[0, 25_000, 1]],
        uniqueMs: 25_000,
        furthest: 25_000,
        slices: 3,
      },
    );
  });
});
