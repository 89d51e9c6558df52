import { describe, expect, it } from 'vitest';
import {
  check,
  createScreening,
  EPOCH,
  eventsOf,
  type Screening,
  start,
} from '../../test/screening.ts';

describe('exit', () => {
  it('before the start is counted with the time waited', () => {
    check(
      (s) => {
        s.emit('request', { by: 'play' });
        s.stand(1_700);
        s.emit('detach', { reason: 'left' });
      },
      {
        summary: { exits: 1, exitsBeforeStart: 1, waitedMs: 1_700, exitKind: 2, starts: 0 },
        slices: [{ exits: 1, exitsBeforeStart: 1, waitedMs: 1_700, exitKind: 2, endState: 8 }],
        urgent: ['request', 'end'],
      },
    );
  });

  it('at the end of the content stays that when the player goes', () => {
    check(
      (s) => {
        start(s);
        s.play(3_000);
        s.emit('ended', {});
        s.pass(30_000);
        s.emit('detach', { reason: 'left' });
      },
      {
        summary: { exits: 1, exitKind: 1, endState: 8, playingMs: 3_000, last: EPOCH + 33_400 },
        events: [
          { type: 'ended', at: EPOCH + 3_400 },
          { type: 'exit', kind: 'ended' },
        ],
      },
    );
  });

  it('when another source comes ends the view for good', () => {
    const s = createScreening();
    start(s);
    s.play(3_000);
    const last = s.emit('source', {});
    expect(s.meter.over).toBe(true);
    expect(last).toMatchObject({ urgent: 'end', slices: [{ k: 0, exitKind: 4, open: 0 }] });
    const before = s.end();
    s.play(5_000);
    s.emit('request', { by: 'play' });
    expect(s.end()).toMatchObject({ events: before.events, slices: before.slices });
    expect(s.meter.nextDueAt).toBeUndefined();
  });

  it('of a page that is hidden is provisional, and taken back when the viewer returns', () => {
    const s = createScreening();
    start(s);
    s.play(3_000);
    expect(s.emit('visibility', { hidden: true }).urgent).toBe('hidden');
    s.emit('detach', { reason: 'hidden' });
    const hidden = s.end();
    expect(hidden.summary).toMatchObject({ exits: 1, exitKind: 6 });
    expect(hidden.slices).toMatchObject([{ exits: 1, exitKind: 6, endHidden: 1 }]);
    expect(eventsOf(hidden, 'exit')).toMatchObject([{ kind: 'hidden', provisional: true }]);
    s.play(20_000); // It goes on, audible.
    s.emit('visibility', { hidden: false });
    s.play(1_000);
    const back = s.end();
    expect(back.summary).toMatchObject({ exits: 0, exitKind: 0, hiddenMs: 20_000 });
    expect(back.slices.map(({ exits, exitKind }) => [exits, exitKind])).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    expect(eventsOf(back, 'exit')).toMatchObject([{ kind: 'none', rev: 1 }]);
    s.emit('detach', { reason: 'left' });
    expect(s.end().summary).toMatchObject({ exits: 1, exitKind: 2, playingMs: 24_000 });
  });

  it('of a page that is closed while hidden supersedes the provisional one', () => {
    check(
      (s) => {
        start(s);
        s.play(3_000);
        s.emit('visibility', { hidden: true });
        s.play(10_000);
        s.emit('detach', { reason: 'left' });
      },
      {
        summary: { exits: 1, exitKind: 2 },
        slices: [{ exits: 0 }, { exits: 1, exitKind: 2 }],
      },
    );
  });

  it('before the start, of a page that is hidden, is taken back by its first frame', () => {
    check(
      (s) => {
        s.emit('request', { by: 'play' });
        s.stand(300);
        s.emit('visibility', { hidden: true });
        s.stand(300);
        s.play(1_000);
      },
      { summary: { exits: 0, exitsBeforeStart: 0, waitedMs: 0, starts: 1, hiddenMs: 1_300 } },
    );
  });

  it('comes by itself after an hour of pause', () => {
    const s = createScreening();
    start(s);
    s.play(3_000);
    s.emit('pause', { by: 'user' });
    s.set({ paused: true });
    for (let i = 0; i < 361; i += 1) {
      s.pass(10_000);
      s.emit('tick', {});
    }
    const { summary } = s.end();
    expect(s.meter.over).toBe(true);
    expect(summary).toMatchObject({ exits: 1, exitKind: 5, pausedMs: 3_600_000 });
    expect(summary.last).toBe(EPOCH + 3_400 + 3_600_000);
  });

  it('comes by itself after an hour without a sign of life, which is not counted', () => {
    const s = createScreening();
    start(s);
    s.play(3_000);
    s.pass(3 * 86_400_000);
    const emission = s.emit('tick', {});
    expect(emission.slices.length).toBeLessThan(3);
    expect(s.meter.over).toBe(true);
    expect(s.end().summary).toMatchObject({ exits: 1, exitKind: 5, playingMs: 3_000 });
  });

  it('is not made where playback was never asked for', () => {
    const s = createScreening();
    s.emit('visibility', { hidden: true });
    s.emit('detach', { reason: 'left' });
    expect(s.meter.over).toBe(true);
    expect(s.peek()).toMatchObject({ slices: [], summary: undefined });
  });
});

describe('foldError', () => {
  it('fatal before the first frame is a start failure and no exit before start', () => {
    check(
      (s) => {
        s.emit('request', { by: 'play' });
        s.stand(500);
        s.emit('error', {
          fatal: true,
          category: 'network',
          code: 'manifestLoadError',
          message: 'x'.repeat(900),
        });
        s.pass(30_000);
        s.emit('tick', {});
      },
      {
        summary: {
          startFailures: 1,
          playFailures: 0,
          exits: 1,
          exitsBeforeStart: 0,
          exitKind: 3,
          endState: 9,
          errorCode: 'manifestLoadError',
          startingMs: 500,
        },
        events: [
          { type: 'error', fatal: true, code: 'manifestLoadError', message: 'x'.repeat(500) },
        ],
        urgent: ['request', 'error'],
      },
    );
  });

  it('fatal after it is a play failure; of the business, apart', () => {
    check(
      (s) => {
        start(s);
        s.play(1_000);
        s.emit('error', { fatal: true, category: 'business', code: 'concurrency', business: true });
      },
      { summary: { playFailures: 0, playFailuresBusiness: 1, startFailures: 0, exitKind: 3 } },
    );
  });

  it('recovered changes nothing', () => {
    check(
      (s) => {
        start(s);
        s.play(1_000);
        s.emit('error', { fatal: false, category: 'network', code: 'fragLoadError' });
        s.play(1_000);
      },
      {
        summary: { playingMs: 2_000, exits: 0, playFailures: 0, errorCode: '' },
        events: [{ type: 'error', fatal: false }],
        urgent: ['request', 'firstFrame'],
      },
    );
  });

  it('fatal is the end until playback is asked for again, and counts once', () => {
    check(
      (s) => {
        start(s);
        s.play(1_000);
        const fail = () => s.emit('error', { fatal: true, category: 'media', code: 'decode' });
        fail();
        s.pass(4_000);
        fail();
        s.emit('request', { by: 'play' });
        s.stand(200);
        s.play(1_000);
        fail();
      },
      {
        summary: { attempts: 1, playFailures: 1, playingMs: 2_000, startingMs: 600, exits: 1 },
      },
    );
  });

  it('is no exit before start where what was asked for had failed already', () => {
    const failed = { fatal: true, business: false, category: 'manifest', code: 'm404' } as const;
    const leave = (s: Screening) => {
      s.emit('request', { by: 'play' });
      s.look({ readyState: 0 });
      s.stand(5_000);
      s.emit('detach', { reason: 'left' });
    };
    check(
      (s) => {
        s.emit('error', { ...failed, message: '' });
        s.pass(3_000);
        leave(s);
      },
      {
        summary: {
          attempts: 1,
          startFailures: 1,
          exits: 1,
          exitsBeforeStart: 0,
          errorCode: 'm404',
        },
      },
    );
    check(
      (s) => {
        s.emit('error', { ...failed, message: '' });
        s.emit('source', {});
        leave(s);
      },
      { summary: { startFailures: 0, exitsBeforeStart: 1, errorCode: '' } },
    );
    check(
      (s) => {
        s.emit('error', { ...failed, message: '' });
        start(s);
        s.play(2_000);
        s.emit('detach', { reason: 'left' });
      },
      { summary: { starts: 1, startFailures: 0, playFailures: 0, errorCode: '' } },
    );
  });
});
