import { describe, expect, it } from 'vitest';
import { check, createScreening, EPOCH, type Screening, start } from '../../test/screening.ts';

/** The device sleeps; its monotonic clock does too. */
function sleep(s: Screening, ms: number, offset = 0): void {
  s.emit('clock', {
    time: EPOCH + s.at + ms + offset,
    source: 'server',
    discontinuity: true,
    gapMs: ms,
  });
}

describe('suspend', () => {
  it('counts a frozen page as suspended, whatever it was doing', () => {
    check(
      (s) => {
        start(s);
        s.play(5_000);
        s.emit('visibility', { hidden: true });
        s.emit('suspend', {});
        s.pass(600_000);
        s.emit('resume', {});
        s.emit('visibility', { hidden: false });
        s.play(5_000);
      },
      {
        summary: {
          suspendedMs: 600_000,
          playingMs: 10_000,
          stalls: 0,
          exits: 0,
          hiddenMs: 600_000,
        },
        events: [{ type: 'suspended', durationMs: 600_000, at: EPOCH + 5_400 }],
      },
    );
  });

  it('ends with any sign of a playhead that moves', () => {
    check(
      (s) => {
        start(s);
        s.play(5_000);
        s.emit('suspend', {});
        s.pass(9_000);
        s.look();
        s.play(1_000);
      },
      { summary: { suspendedMs: 9_250, playingMs: 5_750 } },
    );
  });

  it('is told once, where the device slept meanwhile', () => {
    check(
      (s) => {
        start(s);
        s.play(5_000);
        s.emit('visibility', { hidden: true });
        s.emit('suspend', {});
        s.pass(1_000);
        sleep(s, 600_000);
        s.pass(1_000);
        s.emit('resume', {});
        s.play(1_000);
      },
      {
        summary: { suspendedMs: 602_000, playingMs: 6_000 },
        events: [{ type: 'suspended', durationMs: 602_000, at: EPOCH + 5_400 }],
      },
    );
  });

  it("takes the pause that is told on awaking for the browser's", () => {
    check(
      (s) => {
        start(s);
        s.play(5_000);
        s.emit('visibility', { hidden: true });
        s.emit('suspend', {});
        s.pass(9_000);
        s.emit('resume', {});
        s.look({ paused: true });
        s.pass(2);
        s.emit('pause', { by: 'user' });
        s.look();
        s.emit('visibility', { hidden: false });
        s.pass(998);
        s.set({ paused: false });
        s.emit('play', { by: 'user' });
        s.play(2_000);
        s.emit('pause', { by: 'user' });
        s.look({ paused: true });
      },
      {
        summary: { suspendedMs: 9_000, playingMs: 7_000, pausedMs: 1_000, stalls: 0 },
        events: [
          { type: 'pause', by: 'browser' },
          { type: 'pause', by: 'user' },
        ],
      },
    );
  });

  it('keeps a pause a pause afterwards', () => {
    check(
      (s) => {
        start(s);
        s.play(1_000);
        s.emit('pause', { by: 'user' });
        s.look({ paused: true });
        s.pass(1_000);
        s.emit('suspend', {});
        s.pass(5_000);
        s.emit('resume', {});
        s.stand(1_000);
      },
      { summary: { pausedMs: 2_000, suspendedMs: 5_000 } },
    );
  });
});

describe('setClock', () => {
  it('counts a sleep as suspended, in the cells that it lasted', () => {
    check(
      (s) => {
        start(s);
        s.play(2_600); // Cell: 3 s + 3 s.
        sleep(s, 30_000);
        s.play(2_000);
      },
      {
        summary: { suspendedMs: 30_000, playingMs: 4_600, last: EPOCH + 35_000 },
        slices: [
          { start: EPOCH, durationMs: 3_000, suspendedMs: 0 },
          { start: EPOCH + 3_000, durationMs: 4_000, suspendedMs: 4_000 },
          { start: EPOCH + 7_000, durationMs: 10_000, suspendedMs: 10_000 },
          { start: EPOCH + 17_000, durationMs: 10_000, suspendedMs: 10_000 },
          { start: EPOCH + 27_000, durationMs: 8_000, suspendedMs: 6_000, playingMs: 2_000 },
        ],
      },
    );
  });

  it('ends the view when the sleep was longer than an hour', () => {
    const s = createScreening();
    start(s);
    s.play(2_000);
    sleep(s, 9 * 3_600_000);
    expect(s.meter.over).toBe(true);
    expect(s.end().summary).toMatchObject({ exitKind: 5, suspendedMs: 0, last: EPOCH + 2_400 });
  });

  it('takes a new offset at the next cut only', () => {
    check(
      (s) => {
        start(s);
        s.play(2_600);
        s.emit('clock', { time: EPOCH + 3_000 + 700, source: 'server' });
        s.play(6_000);
      },
      {
        slices: [
          { start: EPOCH, durationMs: 7_000, clock: 0 },
          { start: EPOCH + 7_700, durationMs: 2_000 },
        ],
        events: [{ type: 'requested', at: EPOCH }],
      },
    );
  });

  it('cuts at a clock that was stepped, without counting time that was not', () => {
    check(
      (s) => {
        start(s);
        s.play(2_600);
        s.emit('clock', {
          time: EPOCH + 3_000 - 7_200_000,
          source: 'device',
          discontinuity: true,
        });
        s.play(2_000);
      },
      {
        summary: { playingMs: 4_600, suspendedMs: 0, clock: 1 },
        slices: [
          { start: EPOCH, durationMs: 3_000, clock: 0 },
          { start: EPOCH + 3_000 - 7_200_000, durationMs: 2_000, clock: 1 },
        ],
      },
    );
  });

  it.each([
    ['slept', 60_000, 2],
    ['was set back', 0, 1.5],
  ])('loses no content at a look after a clock that %s', (_, gapMs, rate) => {
    check(
      (s) => {
        start(s);
        s.set({ rate });
        s.play(5_000);
        s.set({ position: s.position + 1_000 * rate }); // Since the last look.
        s.pass(1_000);
        const time = EPOCH + s.at - 10_000;
        s.emit('clock', { time, source: 'server', discontinuity: true, gapMs });
        s.look();
        s.play(2_000);
      },
      { summary: { suspendedMs: gapMs, playingMs: 8_000, mediaMs: 8_000 * rate } },
    );
  });

  it('cuts no cell more often than it may be cut, however often the clock steps', () => {
    const s = createScreening();
    start(s);
    for (let i = 0; i < 40; i += 1) {
      s.play(100);
      const time = EPOCH + s.at + (i % 2) * 3_600_000;
      s.emit('clock', { time, source: 'device', discontinuity: true });
    }
    expect(s.end()).toMatchObject({ summary: { slices: 5, playingMs: 4_000 } });
  });

  it('applies at once where no slice bears the old offset', () => {
    check(
      (s) => {
        s.emit('clock', { time: EPOCH + 60_000, source: 'server' });
        s.emit('request', { by: 'play' });
      },
      { summary: { start: EPOCH + 60_000 }, slices: [{ start: EPOCH + 60_000 }] },
    );
  });
});
