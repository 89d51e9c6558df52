import { describe, it } from 'vitest';
import { check, EPOCH, type Screening, start } from '../../test/screening.ts';

/** As a media element does it: the position is the target at once, the frame comes later. */
function seekTo(s: Screening, from: number, to: number, ms: number): void {
  s.emit('seek', { by: 'user', from, to });
  s.look({ seeking: true, position: to, readyState: 1 });
  s.stand(ms);
  s.look({ seeking: false, readyState: 4 });
}

describe('openSeek', () => {
  it('times a seek to the playhead moving again, buffering included', () => {
    check(
      (s) => {
        start(s);
        s.play(5_000);
        seekTo(s, 5_000, 30_000, 600);
        s.emit('waiting', {});
        s.stand(900);
        s.play(5_000);
      },
      {
        summary: {
          seeks: 1,
          seeksTimed: 1,
          seekLatencyMs: 1_500,
          seekingMs: 1_500,
          stalls: 0,
          stalledMs: 0,
          playingMs: 10_000,
          ranges: [
            [0, 5_000, 1],
            [30_000, 35_000, 1],
          ],
        },
        events: [
          {
            type: 'seek',
            by: 'user',
            from: 5_000,
            to: 30_000,
            latencyMs: 1_500,
            rev: 1,
            at: EPOCH + 5_400,
          },
        ],
      },
    );
  });

  it('takes rapid scrubbing for one seek, from the first to the last', () => {
    check(
      (s) => {
        start(s);
        s.play(5_000);
        for (const to of [9_000, 20_000, 31_000]) seekTo(s, 5_000, to, 200);
        s.stand(150, 50);
        s.play(2_000);
      },
      {
        summary: { seeks: 1, seeksTimed: 1, seekLatencyMs: 750, mediaMs: 7_000 },
        events: [{ type: 'seek', from: 5_000, to: 31_000, latencyMs: 750 }],
      },
    );
  });

  it('credits what ran between the last look and the seek', () => {
    check(
      (s) => {
        start(s);
        s.play(5_000);
        s.play(180, 0);
        seekTo(s, 5_180, 30_000, 0);
        s.stand(100);
        s.play(1_000);
      },
      {
        summary: {
          playingMs: 6_180,
          seekingMs: 100,
          ranges: [
            [0, 5_180, 1],
            [30_000, 31_000, 1],
          ],
        },
      },
    );
  });

  it('ends in a pause when the frame at the target is there; the pause is not the seek', () => {
    check(
      (s) => {
        start(s);
        s.play(5_000);
        s.emit('pause', { by: 'user' });
        s.look({ paused: true });
        s.stand(3_000);
        seekTo(s, 5_000, 30_000, 400);
        s.stand(6_000);
        s.set({ paused: false });
        s.emit('play', { by: 'user' });
        s.play(1_000);
      },
      {
        summary: {
          seeks: 1,
          seeksTimed: 1,
          seekLatencyMs: 400,
          seekingMs: 400,
          pausedMs: 9_000,
          playingMs: 6_000,
          stalls: 0,
        },
        events: [{ type: 'pause', by: 'user', durationMs: 9_000 }],
      },
    );
  });

  it('goes on in a pause that begins during it', () => {
    check(
      (s) => {
        start(s);
        s.play(5_000);
        s.emit('seek', { by: 'user', from: 5_000, to: 30_000 });
        s.look({ seeking: true, position: 30_000, readyState: 1 });
        s.stand(500);
        s.emit('pause', { by: 'user' });
        s.look({ paused: true });
        s.stand(700);
        s.look({ seeking: false, readyState: 4 });
        s.stand(2_000);
      },
      { summary: { seekLatencyMs: 1_200, pausedMs: 2_000 } },
    );
  });

  it('counts seeks of unknown origin, once playback has started', () => {
    check(
      (s) => {
        start(s);
        s.play(1_000);
        s.emit('seek', { by: 'unknown', from: 1_000, to: 9_000 });
        s.look({ position: 9_000 });
        s.stand(300);
        s.play(1_000);
      },
      { summary: { seeks: 1, seekLatencyMs: 300 } },
    );
  });

  it('is never ended by an exit: what was not shown was not timed', () => {
    check(
      (s) => {
        start(s);
        s.play(1_000);
        seekTo(s, 1_000, 30_000, 5_000);
        s.emit('detach', { reason: 'left' });
      },
      { summary: { seeks: 1, seeksTimed: 0, seekLatencyMs: 0, seekingMs: 5_000, exits: 1 } },
    );
  });
});
