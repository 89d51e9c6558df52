import { describe, expect, it } from 'vitest';
import { CONTEXT, check, createScreening, EPOCH, ORIGIN, start } from '../../test/screening.ts';

describe('takeSlices', () => {
  it('gives a slice 1 s after its end, and asks for the tick that it needs', () => {
    const s = createScreening();
    start(s);
    s.play(6_500);
    expect(s.meter.nextDueAt).toBeCloseTo(ORIGIN + 8_000, 0);
    s.play(1_000);
    expect(s.emissions.flatMap(({ slices }) => slices)).toEqual([]);
    s.pass(101);
    expect(s.emit('tick', {}).slices).toMatchObject([{ k: 0, rev: 0, durationMs: 7_000 }]);
  });

  it('closes every cell that went by when a tick is late', () => {
    const s = createScreening();
    start(s);
    s.play(3_000);
    s.emit('pause', { by: 'user' });
    s.look({ paused: true });
    s.pass(50_000);
    const { slices } = s.emit('tick', {});
    expect(slices.map(({ durationMs }) => durationMs)).toEqual([
      7_000, 10_000, 10_000, 10_000, 10_000,
    ]);
    expect(slices.map(({ pausedMs }) => pausedMs)).toEqual([3_600, 10_000, 10_000, 10_000, 10_000]);
  });
});

describe('peekSlices', () => {
  it('shows the open slice, which a later revision replaces', () => {
    const s = createScreening();
    start(s);
    s.play(3_000);
    const [first] = s.peek().slices;
    const [second] = s.peek().slices;
    expect(first).toMatchObject({ k: 0, rev: 0, open: 1, durationMs: 3_400, endState: 2 });
    expect(second).toMatchObject({ k: 0, rev: 1, open: 1, durationMs: 3_400 });
    s.play(4_400);
    const waiting = s.peek();
    expect(waiting.slices).toMatchObject([
      { k: 0, rev: 2, open: 0, durationMs: 7_000 },
      { k: 1, rev: 0, open: 1, durationMs: 800 },
    ]);
    expect(waiting.summary).toMatchObject({ rev: 2, slices: 2, playingMs: 7_400 });
  });
});

describe('cutSlice', () => {
  const paths = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];

  it('cuts at a change of the pathway, at most four times in a cell, then reads mixed', () => {
    check(
      (s) => {
        s.emit('pathway', { host: 'a.example', pathway: 'A' });
        start(s);
        for (const pathway of paths) {
          s.play(500);
          s.emit('pathway', { host: `${pathway.toLowerCase()}.example`, pathway });
        }
        s.play(5_000);
      },
      {
        slices: [
          { pathway: 'A', host: 'a.example', durationMs: 1_400 },
          { pathway: 'B', durationMs: 500 },
          { pathway: 'C', durationMs: 500 },
          { pathway: 'D', durationMs: 500 },
          { pathway: 'mixed', host: 'mixed', durationMs: 4_100 },
          { pathway: 'G', host: 'g.example', durationMs: 1_900 },
        ],
      },
    );
  });

  it('cuts at the very moment, even where the playhead was not looked at', () => {
    check(
      (s) => {
        s.emit('pathway', { pathway: 'A' });
        start(s);
        s.play(2_000);
        s.play(130, 0);
        s.emit('pathway', { pathway: 'B' });
        s.play(120, 0);
        s.look();
      },
      { slices: [{ durationMs: 2_530 }, { start: EPOCH + 2_530, durationMs: 120, pathway: 'B' }] },
    );
  });
});

describe('beginSlice', () => {
  it('names the revision of the context that held when it began', () => {
    check(
      (s) => {
        start(s);
        s.play(3_000);
        s.emit('context', { context: { ...CONTEXT, rev: 1 } });
        s.emit('interaction', { kind: 'like' });
        s.play(5_000);
      },
      {
        slices: [{ ctx: 0 }, { ctx: 1 }],
        events: [{ type: 'interaction', ctx: 1 }],
        summary: { ctx: 1 },
      },
    );
  });

  it('counts every fractional moment whole: Σ states is the duration, to the ms', () => {
    const s = createScreening();
    start(s);
    for (let i = 0; i < 3_000; i += 1) s.play(16.6833, 16.6833);
    const { slices, summary } = s.end();
    for (const slice of slices) {
      expect(slice.startingMs + slice.playingMs + slice.stalledMs).toBe(slice.durationMs);
    }
    expect(slices.slice(1, -1).every(({ durationMs }) => durationMs === 10_000)).toBe(true);
    expect(Math.abs(summary.playingMs - 50_050)).toBeLessThanOrEqual(1);
    expect(Math.abs(summary.mediaMs - 50_050)).toBeLessThanOrEqual(1);
  });
});
