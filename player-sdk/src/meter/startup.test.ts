import { describe, expect, it } from 'vitest';
import { check, createScreening, EPOCH, type Screening, start } from '../../test/screening.ts';
import { EXIT_KINDS } from '../contract/index.ts';

describe('request', () => {
  it('counts one attempt, at the earliest of the requests', () => {
    check(
      (s) => {
        s.pass(1_000);
        s.emit('request', { by: 'api' });
        s.pass(200);
        s.emit('request', { by: 'play' });
        s.emit('play', { by: 'user' });
        s.stand(300);
        s.play(1_000);
      },
      {
        summary: { attempts: 1, start: EPOCH + 1_000, startupMs: 500, contentStartupMs: 500 },
        events: [{ type: 'requested', by: 'api', at: EPOCH + 1_000, seq: 0 }],
      },
    );
  });

  it('makes nothing before it, and gives what was told before with it', () => {
    const s = createScreening();
    s.emit('ready', { sinceCreatedMs: 120.4 });
    s.emit('segment', { kind: 'manifest', host: 'a', bytes: 900, ok: true });
    s.emit('visibility', { hidden: false });
    s.pass(60_000);
    s.emit('tick', {});
    expect(s.peek()).toMatchObject({ slices: [], summary: undefined });
    expect(s.emissions.flatMap(({ events }) => events)).toEqual([]);
    expect(s.meter.nextDueAt).toBeUndefined();
    s.emit('request', { by: 'play' });
    const { summary, slices, events } = s.end();
    expect(summary).toMatchObject({ start: EPOCH + 60_000, bytes: 900, requests: 1 });
    expect(slices).toMatchObject([{ k: 0, start: EPOCH + 60_000, bytes: 900, durationMs: 0 }]);
    expect(events).toMatchObject([
      { type: 'playerReady', seq: 0, at: EPOCH, durationMs: 120 },
      { type: 'requested', seq: 1 },
    ]);
  });

  it('goes on after the end of the same source, without a second attempt or startup', () => {
    check(
      (s) => {
        start(s);
        s.play(3_000);
        s.emit('ended', {});
        s.look({ ended: true, paused: true });
        s.pass(20_000); // No time is counted.
        s.emit('tick', {});
        s.set({ ended: false, paused: false, position: 0 });
        s.emit('request', { by: 'play' });
        s.emit('play', { by: 'user' });
        s.look({ seeking: true });
        s.set({ seeking: false });
        s.stand(150, 50);
        s.play(2_000);
        s.emit('detach', { reason: 'left' });
      },
      {
        summary: {
          attempts: 1,
          starts: 1,
          startups: 1,
          startingMs: 550,
          playingMs: 5_000,
          pausedMs: 0,
          seeks: 0,
          exits: 1,
          exitKind: 2,
          ranges: [
            [0, 3_000, 1],
            [0, 2_000, 1],
          ],
          uniqueMs: 3_000,
          mediaMs: 5_000,
        },
        events: [
          { type: 'exit', kind: 'none', rev: 1 },
          { type: 'exit', kind: 'left', rev: 0 },
        ],
      },
    );
  });

  it('counts from when the page is first seen: in a background tab browsers load nothing', () => {
    check(
      (s) => {
        s.emit('visibility', { hidden: true });
        s.emit('request', { by: 'autoplay' });
        s.emit('request', { by: 'play' });
        s.look({ readyState: 0 });
        s.pass(3_600_000);
        s.emit('tick', {});
        s.emit('visibility', { hidden: false });
        start(s, 700);
        s.play(2_000);
      },
      {
        unseen: true,
        summary: {
          attempts: 1,
          startups: 1,
          startupMs: 700,
          startingMs: 700,
          start: EPOCH + 3_600_000,
        },
        events: [{ type: 'requested', by: 'autoplay', at: EPOCH + 3_600_000 }],
      },
    );
  });

  it('counts at once where what was asked for unseen moves or fails, and never where it is paused', () => {
    const ask = (s: Screening) => {
      s.emit('visibility', { hidden: true });
      s.emit('request', { by: 'play' });
      s.pass(5_000);
    };
    check(
      (s) => {
        ask(s);
        s.look({ readyState: 4 });
        s.play(2_000);
      },
      {
        unseen: true,
        summary: { attempts: 1, starts: 1, startups: 0, startingMs: 0, playingMs: 1_750 },
      },
    );
    check(
      (s) => {
        ask(s);
        s.emit('error', { fatal: true, category: 'network', code: 'gone' });
      },
      { unseen: true, summary: { attempts: 1, startFailures: 1, startingMs: 0 } },
    );
    for (const end of ['pause', 'refused'] as const) {
      const s = createScreening(undefined, true);
      ask(s);
      s.emit(end, end === 'pause' ? { by: 'browser' } : {});
      s.emit('visibility', { hidden: false });
      s.emit('tick', {});
      expect(s.peek().summary).toBeUndefined();
    }
  });

  it('is made out by a playhead that moves although nobody asked', () => {
    check(
      (s) => {
        s.play(2_000);
      },
      { summary: { attempts: 1, starts: 1, startups: 0, contentStartups: 0 } },
    );
  });
});

describe('refuse', () => {
  it('takes the attempt back; the gesture after it is one', () => {
    check(
      (s) => {
        s.emit('request', { by: 'autoplay' });
        s.look({ paused: true, readyState: 1 });
        s.emit('seek', { by: 'user', from: 0, to: 5_000 });
        s.stand(300);
        s.peek();
        s.emit('refused', {});
        s.pass(20_000);
        s.emit('tick', {});
        s.set({ paused: false });
        s.emit('request', { by: 'play' });
        s.emit('play', { by: 'user' });
        s.look({ readyState: 4 });
        s.stand(100);
        s.play(2_000);
      },
      {
        summary: {
          attempts: 1,
          starts: 1,
          startups: 1,
          startupMs: 100,
          startingMs: 100,
          exits: 0,
          start: EPOCH + 20_300,
        },
        slices: [
          { attempts: 0, durationMs: 0, startingMs: 0 },
          { attempts: 1, startingMs: 100, start: EPOCH + 20_300 },
        ],
      },
    );
  });

  it('takes back an attempt whose slice has gone out already', () => {
    check(
      (s) => {
        s.emit('request', { by: 'autoplay' });
        s.stand(12_000);
        s.emit('refused', {});
        s.emit('detach', { reason: 'left' });
      },
      { summary: { attempts: 0, exits: 0 }, slices: [{ attempts: 0 }, { attempts: 0 }] },
    );
  });

  it('takes back the whole wait for what is refused, from slices that have gone out too', () => {
    const nothing = { startingMs: 0, durationMs: 0, attempts: 0 };
    check(
      (s) => {
        s.emit('request', { by: 'autoplay' });
        s.stand(28_000);
        s.emit('refused', {});
        s.pass(20_000);
      },
      {
        summary: { attempts: 0, startingMs: 0, adBreaks: 0 },
        slices: [nothing, nothing, nothing, nothing],
      },
    );
  });

  it('leaves nothing of a long wait in the next startup, nor in an exit before it', () => {
    const waitInVain = (s: Screening) => {
      s.emit('request', { by: 'autoplay' });
      s.stand(40_000);
      s.emit('refused', {});
      s.pass(20_000);
      s.set({ paused: false });
      s.emit('request', { by: 'play' });
      s.look({ readyState: 4 });
      s.stand(300);
    };
    check(
      (s) => {
        waitInVain(s);
        s.play(2_000);
      },
      { summary: { attempts: 1, starts: 1, startups: 1, startupMs: 300, contentStartupMs: 300 } },
    );
    check(
      (s) => {
        waitInVain(s);
        s.emit('detach', { reason: 'left' });
      },
      { summary: { attempts: 1, exitsBeforeStart: 1, waitedMs: 300 } },
    );
  });

  it('takes back no attempt that had failed before', () => {
    check(
      (s) => {
        s.emit('request', { by: 'play' });
        s.emit('error', { fatal: true, category: 'network', code: 'x' });
        s.pass(1_000);
        s.emit('request', { by: 'api' });
        s.emit('refused', {});
      },
      { summary: { attempts: 1, startFailures: 1, exits: 1, exitsBeforeStart: 0 } },
    );
  });

  it('leaves a view that is at its end there: nobody waits', () => {
    check(
      (s) => {
        start(s);
        s.play(3_000);
        s.emit('ended', {});
        s.pass(5_000);
        s.emit('request', { by: 'api' });
        s.pass(400);
        s.emit('refused', {});
        s.pass(60_000);
        s.emit('tick', {});
      },
      {
        summary: { exits: 1, startingMs: 800, attempts: 1, exitKind: EXIT_KINDS.indexOf('ended') },
      },
    );
  });

  it('means nothing once there was a frame', () => {
    check(
      (s) => {
        start(s);
        s.play(1_000);
        s.emit('refused', {});
        s.play(1_000);
      },
      { summary: { attempts: 1, playingMs: 2_000 } },
    );
  });
});

describe('showFrame', () => {
  it('is when the playhead first moved, between two looks', () => {
    check(
      (s) => {
        s.emit('request', { by: 'play' });
        s.look({ readyState: 4 });
        s.stand(1_000, 250);
        s.pass(170);
        s.play(80, 0);
        s.look();
        s.play(1_000);
      },
      {
        summary: { startupMs: 1_170, startingMs: 1_170, playingMs: 1_080, mediaMs: 1_080 },
        events: [{ type: 'firstFrame', of: 'content', at: EPOCH + 1_170, startupMs: 1_170 }],
      },
    );
  });

  it.each([
    ['a resume offset', 600_000],
    ['a start that is not at zero', 83],
  ])('is not %s', (_, position) => {
    check(
      (s) => {
        s.emit('request', { by: 'play' });
        s.look({ readyState: 0 });
        s.stand(500);
        s.emit('seek', { by: 'player', from: 0, to: position });
        s.look({ position, seeking: true, readyState: 1 });
        s.stand(500);
        s.look({ seeking: false, readyState: 4 });
        s.stand(200);
        s.play(1_000);
      },
      {
        summary: {
          startupMs: 1_200,
          startups: 1,
          contentStartups: 1,
          seeks: 0,
          ranges: [[position, position + 1_000, 1]],
        },
      },
    );
  });

  it('is not a playhead that has crept when the player gives up', () => {
    check(
      (s) => {
        s.emit('request', { by: 'play' });
        s.stand(300);
        s.play(12, 12);
        s.look({ paused: true });
        s.emit('error', { fatal: true, category: 'media', code: 'MEDIA_ERR_SRC_NOT_SUPPORTED' });
      },
      { summary: { starts: 0, startFailures: 1, playFailures: 0, mediaMs: 0, exitKind: 3 } },
    );
  });

  it('is not a playhead that creeps until the sound device runs, however often it is looked at', () => {
    for (const looks of [[], [10, 10], [21, 60]]) {
      check(
        (s) => {
          start(s);
          const crept = looks.reduce((sum, ms) => sum + ms, 0);
          for (const ms of looks) {
            s.pass(ms);
            s.look({ position: Math.min(21, s.position + ms) });
          }
          s.pass(81 - crept); // It stood for 60 ms.
          s.look({ position: 21 });
          s.set({ position: 61 });
          s.pass(40);
          s.look();
          s.play(1_000);
        },
        { summary: { contentStarts: 1, startupMs: 460, startingMs: 460, playingMs: 1_061 } },
      );
    }
  });

  it('is one that leaves a standstill or a seek, too', () => {
    check(
      (s) => {
        start(s);
        s.play(1_000);
        s.stand(500);
        s.play(20, 10);
        s.stand(60, 10);
        s.play(1_000);
      },
      { summary: { stalls: 1, stalledMs: 560, playingMs: 2_020 } },
    );
  });

  it('is not the position that comes with the metadata', () => {
    check(
      (s) => {
        s.emit('request', { by: 'play' });
        s.look({ readyState: 0 });
        s.stand(400);
        s.look({ readyState: 4, position: 83 });
        s.stand(400);
        s.play(1_000);
      },
      { summary: { startupMs: 800, ranges: [[83, 1_083, 1]] } },
    );
  });

  it.each(['user', 'player', 'browser', 'unknown'] as const)(
    'is timed after a seek by the %s unless it was the viewer',
    (by) => {
      check(
        (s) => {
          s.emit('request', { by: 'play' });
          s.stand(300);
          s.emit('seek', { by, from: 0, to: 10_000 });
          s.look({ position: 10_000 });
          s.stand(300);
          s.play(1_000);
        },
        {
          summary: {
            starts: 1,
            startups: by === 'user' ? 0 : 1,
            contentStartups: by === 'user' ? 0 : 1,
            seeks: 0,
            startingMs: 600,
          },
        },
      );
    },
  );

  it('is not timed after a pause by the viewer', () => {
    check(
      (s) => {
        s.emit('request', { by: 'play' });
        s.stand(300);
        s.emit('pause', { by: 'user' });
        s.look({ paused: true });
        s.stand(5_000);
        s.set({ paused: false });
        s.emit('play', { by: 'user' });
        s.stand(200);
        s.play(1_000);
      },
      {
        summary: { starts: 1, startups: 0, startupMs: 0, startingMs: 500, pausedMs: 5_000 },
        events: [{ type: 'firstFrame', of: 'content' }],
      },
    );
  });

  it('is timed without the pause that a hidden page was given', () => {
    check(
      (s) => {
        s.emit('request', { by: 'autoplay' });
        s.stand(300);
        s.emit('pause', { by: 'browser' });
        s.look({ paused: true });
        s.stand(5_000);
        s.set({ paused: false });
        s.emit('play', { by: 'browser' });
        s.stand(200);
        s.play(1_000);
      },
      { summary: { startups: 1, startupMs: 500, pausedMs: 5_000 } },
    );
  });

  it('waits for a source that is not at its start while autoplay holds it back', () => {
    check(
      (s) => {
        s.emit('request', { by: 'autoplay' });
        s.set({ paused: true, readyState: 1 }); // Until the browser thinks that it can play through.
        s.stand(700);
        s.set({ paused: false, readyState: 4 });
        s.stand(100);
        s.play(1_000);
      },
      { summary: { startupMs: 800, pausedMs: 0 } },
    );
  });

  it('leaves the sleep of the device out', () => {
    check(
      (s) => {
        s.emit('request', { by: 'play' });
        s.stand(300);
        s.emit('clock', {
          time: EPOCH + 120_300,
          source: 'server',
          discontinuity: true,
          gapMs: 120_000,
        });
        s.stand(300);
        s.play(1_000);
      },
      { summary: { startupMs: 600, suspendedMs: 120_000, startingMs: 600 } },
    );
  });
});
