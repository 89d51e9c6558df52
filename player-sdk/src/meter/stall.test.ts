import { describe, expect, it } from 'vitest';
import {
  check,
  createScreening,
  EPOCH,
  eventsOf,
  type Screening,
  start,
} from '../../test/screening.ts';

/** Two looks, each after the playhead ran and then stood for so long, ms; then it stands on. */
interface Scenes {
  readonly hidden?: boolean;
  readonly says?: boolean;
  readonly seen: readonly [number, number];
  readonly last: readonly [number, number];
}

/** Plays for 5 s, stands still for so long, plays on. */
function standFor(ms: number, every = 100) {
  return (s: Screening) => {
    start(s);
    s.play(5_000);
    s.stand(ms, every);
    s.play(5_000);
  };
}

describe('openStall', () => {
  it.each([
    [200, 0],
    [249, 0],
    [250, 1],
    [300, 1],
    [1_000, 1],
    [30_000, 1],
  ])('counts %i ms without progress as %i stalls, looked at often', (ms, stalls) => {
    check(standFor(ms), {
      summary: {
        stalls,
        stalledMs: stalls * ms,
        playingMs: 10_000 + (1 - stalls) * ms,
        mediaMs: 10_000,
      },
    });
  });

  it.each([30, 70, 100, 130, 240])('is exact when looks fall %i ms beside it', (offset) => {
    check(
      (s) => {
        start(s);
        s.play(5_000);
        s.play(offset, 0); // It runs on, then stands; nobody looks at that moment.
        s.pass(250 - offset);
        s.look();
        s.stand(500, 250);
        s.pass(offset);
        s.play(250 - offset, 0);
        s.look();
        s.play(1_000);
      },
      { summary: { stalls: 1, stalledMs: 750, playingMs: 6_250, mediaMs: 6_250 } },
    );
  });

  it('begins at the last progress and ends at the next', () => {
    check(standFor(1_000), {
      events: [{ type: 'stall', seq: 2, at: EPOCH + 5_400, pos: 5_000, durationMs: 1_000, rev: 1 }],
      urgent: ['request', 'firstFrame', 'stall'],
    });
  });

  it('is told while it lasts, and again when it ends', () => {
    const s = createScreening();
    start(s);
    s.play(5_000);
    s.stand(300);
    const told = s.emissions.flatMap(({ events }) => events.filter(({ type }) => type === 'stall'));
    expect(told).toMatchObject([{ rev: 0 }]);
    expect(told[0]).not.toHaveProperty('durationMs');
    s.stand(100);
    s.play(250);
    expect(eventsOf(s.end(), 'stall')).toMatchObject([{ rev: 1, durationMs: 400 }]);
  });

  it('is not opened by what the player says, only by the playhead', () => {
    check(
      (s) => {
        start(s);
        s.play(1_000);
        s.emit('waiting', {});
        s.play(1_000);
        s.emit('waiting', {});
        s.stand(200);
        s.play(1_000);
      },
      { summary: { stalls: 0, stalledMs: 0, playingMs: 3_200 } },
    );
  });

  it('is cut with the slices, and counted where it began', () => {
    check(
      (s) => {
        start(s);
        s.play(6_000); // The cell ends 600 ms later.
        s.stand(2_000);
        s.play(1_000);
      },
      {
        slices: [
          { durationMs: 7_000, stalledMs: 600, stalls: 1, endState: 3 },
          { durationMs: 2_400, stalledMs: 1_400, stalls: 0, playingMs: 1_000 },
        ],
        summary: { stalls: 1, stalledMs: 2_000 },
      },
    );
  });

  it('reaches back over the end of a cell', () => {
    check(
      (s) => {
        start(s);
        s.play(6_500); // 100 ms before the cell ends.
        s.stand(400);
        s.play(1_000);
      },
      {
        slices: [
          { stalls: 1, stalledMs: 100 },
          { stalls: 0, stalledMs: 300 },
        ],
      },
    );
  });

  it('ends at a pause, and begins anew when playback is asked for again', () => {
    check(
      (s) => {
        start(s);
        s.play(2_000);
        s.stand(1_000);
        s.emit('pause', { by: 'user' });
        s.set({ paused: true });
        s.stand(5_000);
        s.set({ paused: false });
        s.emit('play', { by: 'user' });
        s.stand(600);
        s.play(1_000);
      },
      { summary: { stalls: 2, stalledMs: 1_600, pausedMs: 5_000, playingMs: 3_000 } },
    );
  });

  it('ends at a seek, whose waiting is no stall', () => {
    check(
      (s) => {
        start(s);
        s.play(2_000);
        s.stand(1_000);
        s.emit('seek', { by: 'user', from: 2_000, to: 40_000 });
        s.look({ seeking: true, position: 40_000 });
        s.stand(700);
        s.set({ seeking: false });
        s.stand(200);
        s.play(1_000);
      },
      {
        summary: { stalls: 1, stalledMs: 1_000, seeks: 1, seekLatencyMs: 900, seekingMs: 900 },
      },
    );
  });

  it('is told as ended when the viewer seeks out of it', () => {
    const s = createScreening();
    start(s);
    s.play(2_000);
    s.stand(1_000);
    const { events } = s.emit('seek', { by: 'user', from: 2_000, to: 40_000 });
    expect(events).toMatchObject([
      { type: 'stall', rev: 1, durationMs: 1_000 },
      { type: 'seek', rev: 0 },
    ]);
  });

  it('says that it came soon after a seek, what was buffered, and from where', () => {
    check(
      (s) => {
        s.emit('pathway', { host: 'a.example', pathway: 'A' });
        s.emit('rendition', { bitrate: 2_000_000 });
        start(s);
        s.play(2_000);
        s.emit('seek', { by: 'user', from: 2_000, to: 40_000 });
        s.look({ position: 40_000 });
        s.play(1_000);
        s.set({ bufferedEnd: 41_400 });
        s.stand(500);
        s.play(500);
      },
      {
        events: [
          {
            type: 'stall',
            durationMs: 500,
            hints: {
              bufferMs: 400,
              host: 'a.example',
              pathway: 'A',
              bitrate: 2_000_000,
              afterSeek: true,
            },
          },
        ],
      },
    );
  });

  it('tells a decoder that stands still over a full buffer', () => {
    check(
      (s) => {
        start(s);
        s.play(6_000);
        s.set({ bufferedEnd: 20_000 });
        s.stand(500);
        s.play(500);
      },
      { events: [{ type: 'stall', hints: { bufferMs: 14_000, decoder: true } }] },
    );
  });

  it('counts a standstill that was noticed only afterwards, between two looks', () => {
    check(
      (s) => {
        start(s);
        s.play(5_000);
        s.play(400, 0);
        s.pass(600);
        s.look(); // Half of the second was played.
        s.play(1_000, 1_000);
        s.play(1_000, 1_000);
      },
      { summary: { stalls: 1, stalledMs: 600, playingMs: 7_400, mediaMs: 7_400 } },
    );
  });

  it('is none while a playhead that is slow keeps moving', () => {
    check(
      (s) => {
        start(s);
        s.set({ rate: 0.5 });
        s.play(4_000);
        s.set({ rate: 2 });
        s.play(4_000);
      },
      { summary: { stalls: 0, playingMs: 8_000, mediaMs: 10_000 } },
    );
  });

  it('is none when the rate goes up between two looks', () => {
    check(
      (s) => {
        start(s);
        s.play(2_000);
        s.play(125, 0);
        s.set({ rate: 2 });
        s.play(125, 0);
        s.look();
        s.play(1_000);
      },
      { summary: { stalls: 0, playingMs: 3_250, mediaMs: 4_375 } },
    );
  });

  it.each<[string, number, number, (s: Screening) => void]>([
    [
      'seldom looks',
      700,
      1_300,
      (s) => {
        s.play(900, 0);
        s.pass(100);
        s.look();
        s.pass(600);
        s.play(400, 0);
      },
    ],
    [
      'a word of the player, and one late look',
      600,
      400,
      (s) => {
        s.emit('waiting', {});
        s.look();
        s.pass(600);
        s.play(400, 0);
      },
    ],
    [
      'a word of the player, and nobody for a minute',
      30_000,
      30_000,
      (s) => {
        s.emit('waiting', {});
        s.look();
        s.pass(30_000);
        s.play(30_000, 0);
      },
    ],
    [
      'a word of the player, told with a look at what was played before it',
      30_000,
      150,
      (s) => {
        s.play(50, 0);
        s.emit('waiting', {});
        s.look();
        s.pass(30_000);
        s.play(100, 0);
      },
    ],
    [
      'a shorter standstill right after it, which is none',
      250,
      360,
      (s) => {
        s.play(125, 0);
        s.pass(125);
        s.look();
        s.pass(125);
        s.play(125, 0);
        s.look();
        s.pass(140);
        s.play(110, 0);
      },
    ],
  ])('is one, as long as it was, with %s', (_, stalledMs, playedMs, happen) => {
    check(
      (s) => {
        start(s);
        s.play(2_000);
        happen(s);
        s.look();
        s.play(2_000);
      },
      { summary: { stalls: 1, stalledMs, mediaMs: 4_000 + playedMs } },
    );
  });

  it.each<[string, number, Scenes]>([
    ['looks are a second apart', 2_700, { hidden: true, seen: [999, 1], last: [300, 700] }],
    ['a timer is late', 1_400, { seen: [249, 1], last: [100, 400] }],
    ['the playhead is a frame behind', 1_240, { seen: [220, 30], last: [10, 240] }],
    [
      'the playhead creeps on after it was said to wait',
      2_970,
      { hidden: true, says: true, seen: [0, 0], last: [30, 970] },
    ],
  ])('is one, not two, where %s', (_, stalledMs, { hidden = false, says, seen, last }) => {
    const s = createScreening();
    const every = hidden ? 1_000 : undefined;
    start(s);
    s.play(2_000);
    s.emit('visibility', { hidden });
    if (says) s.emit('waiting', {});
    for (const [playedMs, stoodMs] of [seen, last]) {
      s.play(playedMs, 0);
      s.pass(stoodMs);
      s.look();
    }
    s.stand(hidden ? 2_000 : 1_000, every);
    s.play(3_000, every);
    const { summary } = s.end();
    expect(summary.stalls).toBe(1);
    expect(Math.abs(summary.stalledMs - stalledMs)).toBeLessThanOrEqual(30);
  });

  it('is one that ends in a pause, seen at a look', () => {
    check(
      (s) => {
        start(s);
        s.play(2_000);
        s.stand(240, 240);
        s.pass(200);
        s.look({ paused: true });
        s.emit('pause', { by: 'user' });
        s.pass(2_000);
      },
      { summary: { stalls: 1, stalledMs: 440, playingMs: 2_000, pausedMs: 2_000 } },
    );
  });

  it.each([400, 5_200])('counts %d ms in which the page was hidden after 200', (stoodMs) => {
    check(
      (s) => {
        start(s);
        s.play(5_000);
        s.stand(200);
        s.emit('visibility', { hidden: true });
        s.emit('detach', { reason: 'hidden' });
        s.stand(stoodMs - 200);
        s.play(3_000);
      },
      { summary: { stalls: 1, stalledMs: stoodMs, playingMs: 8_000, mediaMs: 8_000 } },
    );
  });

  it('ends where the playhead went on, in a hidden page that is looked at once a minute', () => {
    check(
      (s) => {
        start(s);
        s.play(5_000);
        s.emit('visibility', { hidden: true });
        s.stand(2_000);
        s.pass(40_000);
        s.play(18_000, 0);
        s.emit('tick', {});
        s.look();
        s.play(2_000);
      },
      { summary: { stalls: 1, stalledMs: 42_000, playingMs: 25_000, mediaMs: 25_000 } },
    );
  });

  it('tells for how long the oldest request had waited when it began', () => {
    check(
      (s) => {
        start(s);
        s.play(2_000);
        for (let waitingMs = 1_100; waitingMs <= 1_500; waitingMs += 100) {
          s.pass(100);
          s.look({ waitingMs });
        }
      },
      {
        events: [{ type: 'stall', hints: expect.objectContaining({ waitingMs: 1_000 }) as never }],
      },
    );
  });
});
