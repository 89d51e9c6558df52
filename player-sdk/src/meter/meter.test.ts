// What every view has: a plain play, its slices, its revisions, its borders.
import { describe, it } from 'vitest';
import { check, EPOCH, start } from '../../test/screening.ts';

describe('createMeter', () => {
  it('measures a plain play', () => {
    check(
      (s) => {
        start(s, 400);
        s.play(25_000);
        s.emit('detach', { reason: 'left' });
      },
      {
        summary: {
          attempts: 1,
          starts: 1,
          contentStarts: 1,
          startupMs: 400,
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
          quartiles: 1,
          slices: 3,
          start: EPOCH,
          last: EPOCH + 25_400,
        },
        // 3 s into a cell: 7 s, then whole cells, then the rest.
        slices: [
          { k: 0, start: EPOCH, durationMs: 7_000, startingMs: 400, playingMs: 6_600, starts: 1 },
          { start: EPOCH + 7_000, durationMs: 10_000, ranges: [[6_600, 16_600]], exits: 0 },
          { start: EPOCH + 17_000, durationMs: 8_400, exits: 1, endPosition: 25_000, open: 0 },
        ],
        urgent: ['request', 'firstFrame', 'end'],
      },
    );
  });
});
