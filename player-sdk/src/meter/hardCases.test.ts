// The cases in which players disagree, one test each, in the words in which they are asked for. What
// each comes to is written down here; the finer points of a rule are tested beside the rule.
import { describe, expect, it } from 'vitest';
import {
  check,
  createScreening,
  EPOCH,
  ORIGIN,
  type Screening,
  start,
} from '../../test/screening.ts';
import { createMeter } from './index.ts';

/** Plays for so long, then stands without anything in the buffer. */
function starve(s: Screening, playMs: number, standMs: number): void {
  start(s);
  s.play(playMs);
  s.set({ readyState: 2 });
  s.stand(standMs);
  s.set({ readyState: 4 });
}

function seekTo(s: Screening, to: number, by: 'user' | 'player' = 'user'): void {
  s.emit('seek', { by, from: s.position, to });
  s.look({ position: to });
}

describe('the start', () => {
  it('autoplay refused then gesture: the gesture alone is the attempt', () => {
    check(
      (s) => {
        s.emit('request', { by: 'autoplay' });
        s.stand(700);
        s.emit('refused', {});
        s.pass(20_000);
        start(s, 300);
        s.play(1_000);
      },
      { summary: { attempts: 1, startupMs: 300, startingMs: 300, start: EPOCH + 20_700 } },
    );
  });

  it('pause before the first frame: the startup is not timed, and nothing is a stall', () => {
    check(
      (s) => {
        s.emit('request', { by: 'play' });
        s.look({ readyState: 1 });
        s.stand(500);
        s.emit('pause', { by: 'user' });
        s.look({ paused: true, readyState: 4 });
        s.stand(3_000, 250);
        s.emit('play', { by: 'user' });
        s.look({ paused: false });
        s.play(1_000);
      },
      {
        summary: {
          starts: 1,
          startups: 0,
          startupMs: 0,
          pausedMs: 3_000,
          startingMs: 500,
          stalls: 0,
        },
      },
    );
  });

  it('exit before start: waited, left, no failure', () => {
    check(
      (s) => {
        s.emit('request', { by: 'play' });
        s.look({ readyState: 0 });
        s.stand(2_500);
        s.emit('detach', { reason: 'left' });
      },
      { summary: { attempts: 1, starts: 0, exitsBeforeStart: 1, waitedMs: 2_500, exitKind: 2 } },
    );
  });

  it.each([
    ['resume offset', 600_000],
    ['shifted-PTS start', 83],
    ['live join', 1_700_000_000],
  ])('%s: nothing before it was watched, no seek was the viewer’s', (_, position) => {
    check(
      (s) => {
        s.emit('request', { by: 'play' });
        s.look({ readyState: 0 });
        s.stand(400);
        seekTo(s, position, 'player');
        s.look({ readyState: 4 });
        s.stand(200);
        s.play(2_000);
      },
      {
        summary: {
          startupMs: 600,
          startups: 1,
          seeks: 0,
          stalls: 0,
          mediaMs: 2_000,
          ranges: [[position, position + 2_000, 1]],
        },
      },
    );
  });

  it('a pathway told during the startup cuts no slice', () => {
    check(
      (s) => {
        s.emit('request', { by: 'play' });
        s.stand(300);
        s.peek();
        s.emit('pathway', { host: 'a.example', pathway: 'A' });
        s.stand(200);
        s.play(2_000);
      },
      { slices: [{ host: 'a.example', pathway: 'A', startingMs: 500, playingMs: 2_000 }] },
    );
  });
});

describe('stalls', () => {
  it.each([
    [200, 0],
    [250, 1],
    [300, 1],
    [1_000, 1],
  ])('stalls of %i ms: %i', (ms, stalls) => {
    check(
      (s) => {
        starve(s, 3_000, ms);
        s.play(3_000);
      },
      { summary: { stalls, stalledMs: stalls * ms, mediaMs: 6_000 } },
    );
  });

  it('a stall across a cut: one stall, its time in both slices', () => {
    check(
      (s) => {
        s.emit('pathway', { host: 'a', pathway: 'A' });
        starve(s, 2_000, 1_000);
        s.emit('pathway', { host: 'b', pathway: 'B' });
        s.stand(2_000);
        s.play(1_000);
      },
      {
        summary: { stalls: 1, stalledMs: 3_000 },
        slices: [
          { pathway: 'A', stalls: 1, stalledMs: 1_000 },
          { pathway: 'B', stalls: 0, stalledMs: 2_000 },
        ],
        events: [{ type: 'stall', durationMs: 3_000 }],
      },
    );
  });

  it('audio-only starvation: frames go on, the playhead stands, it is a stall', () => {
    check(
      (s) => {
        start(s);
        s.play(3_000);
        for (let i = 0; i < 10; i += 1) {
          s.set({ framesRendered: 75 + i * 3, bufferedEnd: 3_000, readyState: 2 });
          s.stand(100);
        }
        s.set({ readyState: 4 });
        s.play(1_000);
      },
      {
        summary: { stalls: 1, stalledMs: 1_000, framesRendered: 27 },
        events: [{ type: 'stall', hints: { bufferMs: 0 } }],
      },
    );
  });

  it('decoder stall with a full buffer: a stall that says so', () => {
    check(
      (s) => {
        start(s);
        s.play(3_000);
        s.set({ bufferedEnd: 33_000 });
        s.stand(1_000);
        s.play(1_000);
      },
      { events: [{ type: 'stall', hints: { bufferMs: 30_000, decoder: true } }] },
    );
  });

  it('pause during a stall: the stall ends where the pause begins', () => {
    check(
      (s) => {
        starve(s, 2_000, 800);
        s.emit('pause', { by: 'user' });
        s.look({ paused: true });
        s.stand(2_000, 250);
        s.emit('play', { by: 'user' });
        s.look({ paused: false });
        s.play(1_000);
      },
      { summary: { stalls: 1, stalledMs: 800, pausedMs: 2_000, playingMs: 3_000 } },
    );
  });

  it('seek during a stall: the waiting after it is the seek’s', () => {
    check(
      (s) => {
        starve(s, 2_000, 800);
        seekTo(s, 40_000);
        s.stand(700);
        s.play(1_000);
      },
      { summary: { stalls: 1, stalledMs: 800, seeks: 1, seekLatencyMs: 700, seekingMs: 700 } },
    );
  });

  it('stall after a seek: a stall of its own', () => {
    check(
      (s) => {
        start(s);
        s.play(2_000);
        seekTo(s, 40_000);
        s.stand(300);
        s.play(500);
        s.stand(600);
        s.play(1_000);
      },
      {
        summary: { seeks: 1, seekLatencyMs: 300, stalls: 1, stalledMs: 600 },
        events: [{ type: 'stall', durationMs: 600, hints: { afterSeek: true } }],
      },
    );
  });
});

describe('the playhead', () => {
  it('seek inside the buffer: timed, and no stall', () => {
    check(
      (s) => {
        s.set({ bufferedEnd: 30_000 });
        start(s);
        s.play(2_000);
        seekTo(s, 12_000);
        s.play(1_000, 50);
      },
      { summary: { seeks: 1, seeksTimed: 1, seekLatencyMs: 0, stalls: 0, mediaMs: 3_000 } },
    );
  });

  it('rapid scrubbing: one seek, from the first to the frame at the last', () => {
    check(
      (s) => {
        start(s);
        s.play(2_000);
        for (let i = 0; i < 30; i += 1) {
          seekTo(s, 10_000 + i * 500);
          s.stand(50, 50);
        }
        s.stand(200);
        s.play(1_000);
      },
      {
        summary: { seeks: 1, seeksTimed: 1, seekLatencyMs: 1_700, stalls: 0, mediaMs: 3_000 },
        events: [{ type: 'seek', from: 2_000, to: 24_500, latencyMs: 1_700 }],
      },
    );
  });

  it('gap jump: the content between was not watched, no seek was the viewer’s', () => {
    check(
      (s) => {
        start(s);
        s.play(2_000);
        seekTo(s, 2_400, 'player');
        s.play(1_000);
      },
      {
        summary: {
          seeks: 0,
          stalls: 0,
          mediaMs: 3_000,
          ranges: [
            [0, 2_000, 1],
            [2_400, 3_400, 1],
          ],
        },
      },
    );
  });

  it('loop wrap: it plays on, and what is seen again is watched again', () => {
    check(
      (s) => {
        s.set({ duration: 3_000 });
        start(s);
        s.play(2_900);
        s.pass(250);
        s.look({ position: 150 });
        s.play(850);
      },
      { summary: { playingMs: 4_000, mediaMs: 4_000, uniqueMs: 3_000, seeks: 0, stalls: 0 } },
    );
  });

  it.each([
    ['live catch-up rate', 1.05],
    ['playback rate', 2],
    ['playback rate', 0.5],
  ])('%s %f: content by the rate, time by the clock', (_, rate) => {
    check(
      (s) => {
        start(s);
        s.set({ rate });
        s.look();
        s.play(10_000);
      },
      { summary: { playingMs: 10_000, mediaMs: 10_000 * rate, stalls: 0, stalledMs: 0 } },
    );
  });

  it('live with DVR, seek back, live edge: the latency counts near the edge only', () => {
    check(
      (s) => {
        const live = (latencyMs: number) => {
          for (let i = 0; i < 8; i += 1) {
            s.set({ programTime: EPOCH + s.at + 250 - latencyMs });
            s.play(250);
          }
        };
        s.set({ duration: Number.POSITIVE_INFINITY });
        s.emit('context', {
          context: { ...s.context, asset: { id: 'channel', streamType: 'live' } },
        });
        s.look({ position: 4_000_000, programTime: EPOCH - 5_000 });
        start(s);
        live(5_000);
        seekTo(s, 1_000_000);
        live(3_005_000);
        s.emit('seek', { by: 'user', from: 1_002_000, to: 4_004_000 });
        s.look({ position: 4_004_000, programTime: EPOCH + s.at - 5_000 });
        live(5_000);
      },
      { summary: { seeks: 2, quartiles: 0, playingMs: 6_000, stalls: 0, liveLatencyMs: 4_000 } },
    );
  });

  it('duration unknown or growing: quartiles only of a length that is known', () => {
    const s = createScreening();
    s.emit('context', { context: { ...s.context, asset: { id: 'event' } } });
    s.set({ duration: Number.NaN });
    start(s);
    s.play(20_000);
    expect(s.end().summary.quartiles).toBe(0);
    s.set({ duration: 40_000 });
    s.play(1_000);
    expect(s.end().summary.quartiles).toBe(0b0011);
    s.set({ duration: 400_000 });
    s.play(1_000);
    expect(s.end().summary.quartiles).toBe(0b0011); // What is reached stays reached.
  });

  it('a length that the page knows: quartiles are of that, where the player counts ads as well', () => {
    const s = createScreening();
    s.emit('context', { context: { ...s.context, asset: { id: 'film', durationMs: 20_000 } } });
    s.set({ duration: 25_000 });
    start(s);
    s.play(20_000);
    expect(s.end().summary.quartiles).toBe(0b1111);
  });
});

describe('the page', () => {
  it('hidden muted (the browser pauses): paused by the browser, and no stall', () => {
    check(
      (s) => {
        start(s);
        s.play(2_000);
        s.emit('visibility', { hidden: true });
        s.emit('pause', { by: 'browser' });
        s.look({ paused: true });
        s.pass(30_000);
        s.emit('visibility', { hidden: false });
        s.emit('play', { by: 'browser' });
        s.look({ paused: false });
        s.play(1_000);
      },
      {
        summary: { playingMs: 3_000, pausedMs: 30_000, hiddenMs: 30_000, stalls: 0, exits: 0 },
        events: [{ type: 'pause', by: 'browser', durationMs: 30_000 }],
      },
    );
  });

  it('hidden audible: it plays on while looks come once a second, then once a minute', () => {
    check(
      (s) => {
        start(s);
        s.play(2_000);
        s.emit('visibility', { hidden: true });
        s.play(10_000, 1_000);
        s.play(120_000, 60_000);
        s.emit('visibility', { hidden: false });
        s.play(1_000);
      },
      { summary: { playingMs: 133_000, mediaMs: 133_000, hiddenMs: 130_000, stalls: 0, exits: 0 } },
    );
  });

  it.each([
    ['frozen tab', (s: Screening) => s.emit('suspend', {}), (s: Screening) => s.emit('resume', {})],
    [
      'device sleep',
      () => {},
      (s: Screening) =>
        s.emit('clock', {
          time: EPOCH + s.at,
          source: 'server',
          discontinuity: true,
          gapMs: 0,
        }),
    ],
    [
      'back/forward cache',
      (s: Screening) => s.emit('suspend', {}),
      (s: Screening) => s.emit('resume', {}),
    ],
  ])('%s: no false playing or stalled time', (_, before, after) => {
    check(
      (s) => {
        start(s);
        s.play(2_000);
        before(s);
        s.pass(40_000);
        after(s);
        s.play(1_000);
      },
      {
        summary: { playingMs: 3_000, mediaMs: 3_000, suspendedMs: 40_000, stalls: 0, stalledMs: 0 },
      },
    );
  });

  it('tab discard: what was noted when it was hidden stands', () => {
    const s = createScreening();
    start(s);
    s.play(2_000);
    s.emit('visibility', { hidden: true });
    s.emit('detach', { reason: 'hidden' });
    expect(s.end()).toMatchObject({
      summary: { exits: 1, exitKind: 6, playingMs: 2_000 },
      slices: [{ exits: 1, exitKind: 6 }],
    });
  });

  it.each([29_000, -29_000, 31_000, -31_000, 7_200_000, -7_200_000])(
    'clock stepped mid-slice by %i ms: no time is gained or lost, and each slice keeps its start',
    (stepMs) => {
      check(
        (s) => {
          start(s);
          s.play(2_600);
          s.peek();
          s.emit('clock', { time: EPOCH + s.at + stepMs, source: 'device', discontinuity: true });
          s.play(2_000);
        },
        {
          summary: { playingMs: 4_600, suspendedMs: 0, stalls: 0, start: EPOCH },
          slices: [
            { k: 0, start: EPOCH, durationMs: 3_000, clock: 0 },
            { k: 1, start: EPOCH + 3_000 + stepMs, durationMs: 2_000, clock: 1 },
          ],
        },
      );
    },
  );
});

describe('the source', () => {
  it.each([
    ['with `emptied`', 0],
    ['without', 2_000],
  ])('source change %s: the view ends, replaced, and counts nothing of the next', (_, position) => {
    check(
      (s) => {
        start(s);
        s.play(2_000);
        s.emit('source', {});
        s.look({ position });
        s.play(5_000);
      },
      { summary: { exits: 1, exitKind: 4, playingMs: 2_000, mediaMs: 2_000 } },
    );
  });

  it('playlist: each item is a view of its own, whose time begins with it', () => {
    const first = createScreening();
    start(first);
    first.play(2_000);
    first.emit('ended', {});
    first.emit('source', {});
    expect(first.end().summary).toMatchObject({ exits: 1, exitKind: 1, playingMs: 2_000 });
    const at = ORIGIN + first.at;
    const clock = { time: EPOCH + first.at, source: 'server' } as const;
    const next = createMeter({ ctx: first.context, at, clock });
    next.fold({ type: 'request', at: at + 500, by: 'autoplay' });
    expect(next.peek(at + 1_000).summary).toMatchObject({
      attempts: 1,
      start: EPOCH + first.at + 500,
      mediaMs: 0,
    });
  });
});
