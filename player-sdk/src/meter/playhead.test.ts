import { describe, it } from 'vitest';
import { check, EPOCH, start } from '../../test/screening.ts';

describe('look', () => {
  it("does not count the player's jump over a gap, nor take it for progress", () => {
    check(
      (s) => {
        start(s);
        s.play(5_000);
        s.stand(600);
        s.emit('seek', { by: 'player', from: 5_000, to: 5_200 });
        s.look({ position: 5_200 });
        s.stand(400);
        s.play(2_000);
      },
      {
        summary: {
          seeks: 0,
          seekingMs: 0,
          stalls: 1,
          stalledMs: 1_000,
          mediaMs: 7_000,
          ranges: [
            [0, 5_000, 1],
            [5_200, 7_200, 1],
          ],
        },
      },
    );
  });

  it('does not take a jump that nobody announced for content watched', () => {
    check(
      (s) => {
        start(s);
        s.play(5_000);
        s.set({ position: 90_000 }); // To the live edge.
        s.play(5_000);
        s.set({ position: 30_000 });
        s.play(5_000);
      },
      {
        summary: { playingMs: 15_000, stalls: 0, seeks: 0, mediaMs: 14_500, uniqueMs: 14_500 },
      },
    );
  });

  it('does not take the time for played in which the element was away and came back elsewhere', () => {
    check(
      (s) => {
        start(s);
        s.play(5_000);
        s.pass(600_000); // Detached, and nobody looked.
        s.look({ position: 0 });
        s.play(5_000);
      },
      { summary: { playingMs: 12_000, stalls: 0, seeks: 0, mediaMs: 10_000 } },
    );
  });

  it('follows a loop', () => {
    check(
      (s) => {
        start(s);
        s.set({ duration: 4_000 });
        s.play(3_900);
        s.pass(250);
        s.look({ position: 150 });
        s.play(2_000);
      },
      {
        summary: {
          playingMs: 6_150,
          mediaMs: 6_150,
          uniqueMs: 4_000,
          ranges: [
            [0, 4_000, 1],
            [0, 2_150, 1],
          ],
          seeks: 0,
        },
      },
    );
  });

  it('credits what was played at any rate: less or more content than time', () => {
    check(
      (s) => {
        start(s);
        for (const rate of [1, 1.5, 0.25, 1.05, 2]) {
          s.set({ rate });
          s.play(4_000);
        }
      },
      { summary: { playingMs: 20_000, mediaMs: 23_200, stalls: 0 } },
    );
  });

  it('ignores the flutter of a clock', () => {
    check(
      (s) => {
        start(s);
        for (let i = 0; i < 20; i += 1) {
          s.play(250);
          s.look({ position: 250 * (i + 1) - 20 });
          s.set({ position: 250 * (i + 1) });
        }
      },
      { summary: { playingMs: 5_000, mediaMs: 5_000, ranges: [[0, 5_000, 1]] } },
    );
  });

  it('credits playing over a gap without looks as far as the playhead went, and no stall', () => {
    check(
      (s) => {
        start(s);
        s.play(5_000);
        s.play(20_000, 0);
        s.pass(40_000); // Frozen, say.
        s.look();
        s.play(5_000);
      },
      {
        summary: {
          playingMs: 30_000,
          suspendedMs: 40_000,
          stalledMs: 0,
          stalls: 0,
          mediaMs: 30_000,
        },
        events: [{ type: 'suspended', durationMs: 40_000, at: EPOCH + 25_400 }],
      },
    );
  });

  it('credits all of it where the playhead went all the way, in every cell on its way', () => {
    check(
      (s) => {
        start(s);
        s.play(55_000, 55_000);
        s.emit('detach', { reason: 'left' });
      },
      {
        slices: [
          { durationMs: 7_000, mediaMs: 6_600, ranges: [[0, 6_600]] },
          { durationMs: 10_000, mediaMs: 10_000, ranges: [[6_600, 16_600]] },
          { durationMs: 10_000, mediaMs: 10_000 },
          { durationMs: 10_000, mediaMs: 10_000 },
          { durationMs: 10_000, mediaMs: 10_000 },
          { durationMs: 8_400, mediaMs: 8_400, ranges: [[46_600, 55_000]] },
        ],
      },
    );
  });

  it('takes a long gap in which the player said that it waits for a stall', () => {
    check(
      (s) => {
        start(s);
        s.play(5_000);
        s.emit('waiting', {});
        s.look();
        s.pass(20_000); // Timers of a hidden page.
        s.play(100, 100);
        s.play(1_000);
      },
      { summary: { stalls: 1, stalledMs: 20_000, suspendedMs: 0, playingMs: 6_100 } },
    );
  });

  it('takes no gap over a minute for anything that was lived through', () => {
    check(
      (s) => {
        start(s);
        s.play(5_000);
        s.stand(1_000);
        s.pass(600_000);
        s.look();
        s.stand(1_000);
        s.play(1_000);
      },
      { summary: { stalls: 1, stalledMs: 2_000, suspendedMs: 600_000 } },
    );
  });

  it('credits what ran on before a pause that came between two looks', () => {
    check(
      (s) => {
        start(s);
        s.play(5_000);
        s.play(200, 0);
        s.emit('pause', { by: 'user' });
        s.look({ paused: true });
        s.stand(5_000);
        s.look({ position: 5_240 }); // A frame forward, by hand.
      },
      {
        summary: { playingMs: 5_200, pausedMs: 5_000, mediaMs: 5_200, ranges: [[0, 5_200, 1]] },
      },
    );
  });

  it('expects no progress of a player that says it is paused before the pause is told', () => {
    check(
      (s) => {
        start(s);
        s.play(5_000);
        s.set({ paused: true });
        s.stand(600);
        s.emit('pause', { by: 'user' });
        s.stand(1_000);
      },
      {
        summary: { stalls: 0, playingMs: 5_000, pausedMs: 1_600 },
        events: [{ type: 'pause', by: 'user' }],
      },
    );
  });

  it('counts frames by the differences of a counter that may start again', () => {
    check(
      (s) => {
        s.look({ framesRendered: 1_000, framesDropped: 3 });
        start(s);
        s.set({ framesRendered: 1_060, framesDropped: 5 });
        s.play(250);
        s.set({ framesRendered: 12, framesDropped: 0 });
        s.play(250);
        s.set({ framesRendered: 20 });
        s.play(250);
      },
      { summary: { framesRendered: 80, framesDropped: 2 } },
    );
  });

  it('takes a frame that is dropped after it was decoded for no other source', () => {
    check(
      (s) => {
        s.look({ framesRendered: 0, framesDropped: 0 });
        start(s);
        s.set({ framesRendered: 100, framesDropped: 0 });
        s.play(250);
        s.set({ framesRendered: 99, framesDropped: 1 });
        s.play(250);
        s.set({ framesRendered: 104, framesDropped: 1 });
        s.play(250);
      },
      { summary: { framesRendered: 104, framesDropped: 1 } },
    );
    check(
      (s) => {
        s.look({ framesRendered: 0, framesDropped: 0 });
        start(s);
        let [decoded, framesDropped] = [1_000, 0];
        s.set({ framesRendered: decoded, framesDropped });
        s.play(100, 100);
        for (let i = 0; i < 100; i += 1) {
          decoded += 2 + (i % 2);
          framesDropped += 3 - (i % 2);
          s.set({ framesRendered: decoded - framesDropped, framesDropped });
          s.play(100, 100);
        }
      },
      { summary: { framesRendered: 1_000, framesDropped: 250 } },
    );
  });
});
