import { EXIT_KINDS } from '@retour/player-sdk/contract';
import { describe, it } from 'vitest';
import { check, EPOCH, type Screening, start } from '../../test/screening.ts';

/** A break with one ad of so many ms, half a second after the break began. */
function adBreak(s: Screening, slot: 'pre' | 'mid' | 'post', adMs: number): void {
  s.emit('ad', { phase: 'breakStart', slot, expected: 1 });
  s.emit('ad', { phase: 'request', id: 'ad1' });
  s.stand(500);
  s.emit('ad', { phase: 'start', id: 'ad1', creative: 'c1' });
  for (const quartile of [1, 2, 3] as const) {
    s.pass(adMs / 4);
    s.emit('ad', { phase: 'quartile', quartile });
  }
  s.pass(adMs / 4);
  endAd(s);
}

/** Content for five seconds, then a break whose ad runs. */
function startAd(s: Screening, slot: 'mid' | 'post' = 'mid'): void {
  start(s);
  s.play(5_000);
  s.emit('ad', { phase: 'breakStart', slot });
  s.emit('ad', { phase: 'start' });
}

function endAd(s: Screening): void {
  s.emit('ad', { phase: 'complete' });
  s.emit('ad', { phase: 'breakEnd' });
}

describe('foldAd', () => {
  it('takes an ad in the element of the content for no content that is watched to its end', () => {
    check(
      (s) => {
        startAd(s); // Of 60 s, five were played.
        s.set({ position: 0, duration: 5_000 });
        s.look();
        s.play(2_000);
        s.peek(); // A heartbeat.
        endAd(s);
        s.peek();
        s.set({ position: 5_000, duration: 60_000 });
        s.look();
        s.play(2_000);
        s.emit('detach', { reason: 'left' });
      },
      { summary: { quartiles: 0, uniqueMs: 7_000, adsCompleted: 1 } },
    );
  });

  it("takes a pre-roll out of the content's startup, and starts the view with its first frame", () => {
    check(
      (s) => {
        s.emit('request', { by: 'play' });
        s.stand(300);
        adBreak(s, 'pre', 8_000);
        s.stand(200);
        s.play(2_000);
        s.emit('detach', { reason: 'left' });
      },
      {
        summary: {
          startups: 1,
          startupMs: 800,
          contentStartups: 1,
          contentStartupMs: 500,
          startingMs: 500,
          adMs: 8_500,
          playingMs: 2_000,
          starts: 1,
          contentStarts: 1,
          adBreaks: 1,
          ads: 1,
          adsCompleted: 1,
          adErrors: 0,
          stalls: 0,
          mediaMs: 2_000,
        },
        events: [
          { type: 'adBreak', slot: 'pre', expected: 1, durationMs: 8_500 },
          {
            type: 'ad',
            id: 'ad1',
            creative: 'c1',
            slot: 'pre',
            started: true,
            startupMs: 500,
            quartile: 4,
            durationMs: 8_000,
          },
          { type: 'firstFrame', of: 'ad', startupMs: 800, at: EPOCH + 800 },
          { type: 'firstFrame', of: 'content', startupMs: 500, at: EPOCH + 9_000 },
        ],
      },
    );
  });

  it('keeps a mid-roll, and the way back from it, out of stalls', () => {
    check(
      (s) => {
        start(s);
        s.play(5_000);
        s.emit('pause', { by: 'user' }); // An ad manager pauses the content to make room.
        s.set({ paused: true });
        adBreak(s, 'mid', 4_000);
        s.set({ paused: false });
        s.emit('play', { by: 'user' });
        s.stand(600);
        s.play(5_000);
      },
      {
        summary: {
          adMs: 5_100,
          stalls: 0,
          stalledMs: 0,
          pausedMs: 0,
          playingMs: 10_000,
          mediaMs: 10_000,
          contentStarts: 1,
          ads: 1,
        },
      },
    );
  });

  it.each(['user', 'browser', 'player'] as const)(
    'takes a pause by the %s of an ad that runs for a pause, awake or just woken',
    (by) => {
      check(
        (s) => {
          startAd(s);
          s.pass(2_000);
          s.emit('suspend', {});
          s.pass(10_000);
          s.emit('resume', {});
          s.pass(100);
          s.emit('pause', { by });
          s.look({ paused: true });
          s.stand(600_000, 1_000);
        },
        { summary: { adMs: 2_100, pausedMs: 600_000, suspendedMs: 10_000 } },
      );
    },
  );

  it('takes content that stays paused after a break for paused', () => {
    check(
      (s) => {
        start(s);
        s.play(5_000);
        s.emit('pause', { by: 'user' });
        s.set({ paused: true });
        adBreak(s, 'mid', 4_000);
        s.look();
        s.stand(600_000, 1_000);
      },
      { summary: { adMs: 4_500, pausedMs: 600_000, playingMs: 5_000 } },
    );
  });

  it('ends the view with a post-roll of the stream, whichever end is told first', () => {
    for (const isFirst of [true, false]) {
      check(
        (s) => {
          startAd(s, 'post');
          s.play(5_000);
          s.look({ ended: true });
          if (isFirst) s.emit('ended', {});
          endAd(s);
          if (!isFirst) s.emit('ended', {});
          s.stand(600_000, 1_000);
        },
        { summary: { adMs: 5_000, exits: 1, exitKind: EXIT_KINDS.indexOf('ended') } },
      );
    }
  });

  it('takes a pause that is told once the break has begun for the room that is made', () => {
    check(
      (s) => {
        start(s);
        s.play(5_000);
        s.emit('ad', { phase: 'breakStart', slot: 'mid', expected: 1 });
        s.emit('pause', { by: 'user' }); // Elements tell of it later than a page calls pause().
        s.look({ paused: true });
        s.stand(500);
        s.emit('ad', { phase: 'start' });
        s.stand(4_000);
        endAd(s);
        s.set({ paused: false });
        s.emit('play', { by: 'user' });
        s.play(5_000);
      },
      { summary: { adMs: 4_500, pausedMs: 0, playingMs: 10_000, stalls: 0 } },
    );
  });

  it('is no ad time while the device sleeps, even where only silence tells of it', () => {
    check(
      (s) => {
        startAd(s);
        s.pass(2_000);
        s.emit('tick', {});
        s.pass(600_000);
        s.emit('tick', {});
        s.pass(3_000);
        endAd(s);
        s.play(5_000);
      },
      {
        summary: { adMs: 5_000, suspendedMs: 600_000 },
        events: [{ type: 'suspended', durationMs: 600_000, at: EPOCH + 7_400 }],
      },
    );
  });

  it('goes on with the content at once where the ad was part of it', () => {
    check(
      (s) => {
        startAd(s);
        s.play(3_000);
        endAd(s);
        s.play(5_000, 250);
      },
      { summary: { adMs: 3_000, playingMs: 10_000, mediaMs: 10_000 } },
    );
  });

  it("does not take the ad's position for the content's", () => {
    check(
      (s) => {
        startAd(s);
        s.set({ position: 0 });
        s.play(6_000);
        s.emit('ad', { phase: 'skip' });
        s.emit('ad', { phase: 'breakEnd' });
        s.look({ position: 5_000 });
        s.play(1_000);
      },
      {
        summary: {
          adMs: 6_000,
          ranges: [[0, 6_000, 1]],
          mediaMs: 6_000,
          adsCompleted: 0,
          seeks: 0,
        },
        events: [{ type: 'ad', skipped: true, durationMs: 6_000, quartile: 0 }],
      },
    );
  });

  it('counts a pause by the viewer within an ad as a pause', () => {
    check(
      (s) => {
        start(s);
        s.play(1_000);
        s.emit('ad', { phase: 'breakStart', slot: 'mid' });
        s.emit('ad', { phase: 'start' });
        s.pass(2_000);
        s.emit('pause', { by: 'user' });
        s.pass(3_000);
        s.emit('play', { by: 'user' });
        s.pass(2_000);
        endAd(s);
        s.play(1_000);
      },
      { summary: { adMs: 4_000, pausedMs: 3_000, playingMs: 2_000 } },
    );
  });

  it('takes an ad after one that was skipped while it was paused for an ad', () => {
    check(
      (s) => {
        startAd(s);
        s.pass(2_000);
        s.emit('pause', { by: 'user' });
        s.pass(3_000);
        s.emit('ad', { phase: 'skip' });
        s.emit('ad', { phase: 'start' });
        s.pass(2_000);
        endAd(s);
        s.play(2_000);
      },
      { summary: { ads: 2, adsCompleted: 1, adMs: 4_000, pausedMs: 3_000, playingMs: 7_000 } },
    );
  });

  it('opens and closes a break around an ad that comes without one', () => {
    check(
      (s) => {
        start(s);
        s.play(1_000);
        s.emit('ad', { phase: 'start' });
        s.pass(3_000);
        s.emit('ad', { phase: 'complete' });
        s.play(1_000);
      },
      {
        summary: { adBreaks: 1, ads: 1, adsCompleted: 1, adMs: 3_000, playingMs: 2_000 },
        events: [{ type: 'adBreak', slot: 'unknown', durationMs: 3_000 }],
      },
    );
  });

  it('counts an ad that fails as an error and as no impression', () => {
    check(
      (s) => {
        s.emit('request', { by: 'play' });
        s.emit('ad', { phase: 'breakStart', slot: 'pre' });
        s.emit('ad', { phase: 'request' });
        s.pass(2_000);
        s.emit('ad', { phase: 'error', code: '303' });
        s.emit('ad', { phase: 'breakEnd' });
        s.stand(400);
        s.play(1_000);
      },
      {
        summary: { ads: 0, adErrors: 1, adBreaks: 1, contentStartupMs: 400, startupMs: 2_400 },
        events: [{ type: 'ad', started: false, error: '303' }],
      },
    );
  });

  it('counts what loads after a seek out of an inserted ad as a seek', () => {
    check(
      (s) => {
        startAd(s);
        s.play(4_000); // The ad is part of the content's time line.
        s.set({ position: 30_000, seeking: true, readyState: 1 });
        s.emit('seek', { by: 'user', from: 9_000, to: 30_000 }); // As the player's adapter says it.
        s.look();
        s.emit('ad', { phase: 'skip' });
        s.emit('ad', { phase: 'breakEnd' });
        s.emit('seek', { by: 'user', from: 9_000, to: 30_000 });
        s.stand(1_000);
        s.set({ seeking: false, readyState: 4 });
        s.look();
        s.play(3_000);
        s.emit('detach', { reason: 'left' });
      },
      {
        summary: { adMs: 4_000, seekingMs: 1_000, seeks: 1, playingMs: 8_000, uniqueMs: 8_000 },
        events: [{ type: 'ad', skipped: true }],
      },
    );
  });

  it('lets a post-roll go on with a view that has ended', () => {
    check(
      (s) => {
        start(s);
        s.play(3_000);
        s.emit('ended', {});
        s.look({ ended: true, paused: true });
        adBreak(s, 'post', 2_000);
        s.pass(5_000);
        s.emit('detach', { reason: 'left' });
      },
      {
        summary: { adMs: 2_500, exits: 1, exitKind: 1, playingMs: 3_000, pausedMs: 0, ads: 1 },
        events: [
          { type: 'exit', kind: 'none', rev: 1 },
          { type: 'exit', kind: 'ended', rev: 0 },
        ],
      },
    );
  });

  it('makes no exit before start of a view that was left in its pre-roll', () => {
    check(
      (s) => {
        s.emit('request', { by: 'play' });
        s.emit('ad', { phase: 'start' });
        s.pass(1_000);
        s.emit('detach', { reason: 'left' });
      },
      { summary: { exits: 1, exitsBeforeStart: 0, starts: 1, contentStarts: 0 } },
    );
  });
});
