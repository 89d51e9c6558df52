import { describe, expect, it } from 'vitest';
import type { Truth } from '../metrics.ts';
import type { Act } from '../page/kit.ts';
import { toTruth } from './toTruth.ts';
import type { Seen } from './watchBarcode.ts';

const FRAME_MS = 40;

/** Frames at their time: from `at` on, first … last. */
function play(at: number, first: number, last: number, frameMs = FRAME_MS): Seen[] {
  return Array.from({ length: last - first + 1 }, (_, i) => [at + i * frameMs, first + i]);
}

function act(at: number, what: Act['what'], value = 0): Act {
  return { at, what, value, of: 0 };
}

const STILL = {
  ...{ loops: false, autoplays: false, heights: [], blinks: [], calledOff: [] },
  frameRate: 25,
  frames: 1000,
};

interface Case {
  readonly acts: readonly Act[];
  readonly seen: readonly Seen[];
  readonly loops?: boolean;
  readonly autoplays?: boolean;
}

function check({ acts, seen, loops = false, autoplays = false }: Case, expected: object): void {
  const truth = toTruth({ ...STILL, acts, seen, loops, autoplays });
  expect(toValues(truth)).toMatchObject(expected);
}

function toValues(truth: Truth): object {
  return Object.fromEntries(Object.entries(truth).map(([metric, { value }]) => [metric, value]));
}

describe('toTruth', () => {
  it('takes the start from the act to the picture that moves', () =>
    check(
      { acts: [act(0, 'play'), act(3000, 'leave')], seen: play(1000, 0, 49) },
      { starts: 1, startupMs: 1000, playingMs: 2000, stalls: 0, mediaMs: 1960 },
    ));

  it('takes a first frame that stands for a poster', () =>
    check(
      { acts: [act(0, 'play'), act(2000, 'leave')], seen: [[100, 0], ...play(1000, 1, 25)] },
      { startupMs: 960 },
    ));

  it('takes the start from all first frames, each drawn up to a refresh late, unless they stutter', () => {
    const acts = [act(0, 'play'), act(3000, 'leave')];
    const late = [12, 2, 9, 16, 6];
    const drawn = play(1000, 1, 45).map(([at, frame], i): Seen => [at + (late[i % 5] ?? 0), frame]);
    check({ acts, seen: [[100, 0], ...drawn] }, { startupMs: 960 + 9 });
    const stuttered = [...play(1000, 1, 5), ...play(1400, 6, 45)];
    check({ acts, seen: [[100, 0], ...stuttered] }, { startupMs: 960 });
  });

  it('counts a standstill of 250 ms, and none below', () => {
    const acts = [act(0, 'play'), act(4000, 'leave')];
    const stall = (ms: number) => [...play(0, 0, 25), ...play(1000 + 40 + ms, 26, 95)];
    // Less the frame whose time it takes until the next one shows that it moves.
    check({ acts, seen: stall(300) }, { stalls: 1, stalledMs: 260 });
    check({ acts, seen: stall(280) }, { stalls: 0, stalledMs: 0 });
  });

  it('takes frames that a busy machine skipped for no standstill', () =>
    check(
      {
        acts: [act(0, 'play'), act(3000, 'leave')],
        seen: [...play(0, 0, 25), ...play(2000, 50, 74)],
      },
      { stalls: 0, playingMs: 3000 },
    ));

  it('keeps pauses and stalls apart', () =>
    check(
      {
        acts: [act(0, 'play'), act(2000, 'pause'), act(3000, 'play'), act(6000, 'leave')],
        seen: [...play(0, 0, 24), ...play(3500, 25, 87)],
      },
      { stalls: 2, stalledMs: 1000 + 460, pauses: 1, pausedMs: 1000 },
    ));

  it('times a seek to the picture moving at its target, and merges those that came to nothing', () =>
    check(
      {
        acts: [act(0, 'play'), act(1000, 'seek'), act(1500, 'seek'), act(4000, 'leave')],
        seen: [...play(0, 0, 24), [1300, 300], ...play(2000, 500, 549)],
      },
      { seeks: 1, seekingMs: 1000, stalls: 0, playingMs: 3000 },
    ));

  it('knows a frame of double speed, and a turn of a loop', () => {
    check(
      {
        acts: [act(0, 'play'), act(1000, 'rate', 2), act(2000, 'leave')],
        seen: [...play(0, 0, 24), ...play(1000, 25, 74, 20)],
      },
      { mediaMs: 74 * FRAME_MS, playingMs: 2000, stalls: 0 },
    );
    check(
      {
        acts: [act(0, 'play'), act(4000, 'leave')],
        seen: [...play(0, 950, 999), ...play(2000, 0, 49)],
        loops: true,
      },
      { mediaMs: 99 * FRAME_MS, stalls: 0 },
    );
  });

  it('ends with the last frame, and with the player', () => {
    check(
      { acts: [act(0, 'play'), act(9000, 'leave')], seen: play(0, 950, 999) },
      { playingMs: 2000, stalls: 0 },
    );
    check(
      { acts: [act(0, 'play'), act(2000, 'destroy'), act(9000, 'leave')], seen: play(0, 0, 49) },
      { playingMs: 2000, stalls: 0 },
    );
  });

  it('takes sleep for nothing else, and what the browser paused meanwhile for a pause of its own', () => {
    const acts = [act(0, 'play'), act(2000, 'freeze'), act(5000, 'thaw')];
    const leave = act(9000, 'leave');
    check(
      {
        acts: [...acts, act(6000, 'play'), leave],
        seen: [...play(0, 0, 49), ...play(6000, 50, 124)],
      },
      { suspendedMs: 3000, pausedMs: 1000, pauses: 0, playingMs: 5000, stalls: 0 },
    );
    check(
      { acts: [...acts, leave], seen: [...play(0, 0, 49), ...play(5000, 50, 149)] },
      { suspendedMs: 3000, pausedMs: 0, playingMs: 6000, stalls: 0 },
    );
    check(
      {
        acts: [act(0, 'play'), act(1000, 'pause'), ...acts.slice(1), act(6000, 'play'), leave],
        seen: [...play(0, 0, 24), ...play(6000, 25, 99)],
      },
      { suspendedMs: 3000, pausedMs: 2000, pauses: 1, playingMs: 4000, stalls: 0 },
    );
  });

  it('takes a picture that stood while nobody saw it for paused by the browser', () =>
    check(
      {
        acts: [act(0, 'play'), act(4000, 'hide'), act(7000, 'show'), act(9000, 'leave')],
        // From the first second on nobody looked.
        seen: [...play(0, 0, 24), ...play(7000, 100, 149)],
      },
      { pausedMs: 2960, pauses: 0, playingMs: 6040, stalls: 0 },
    ));

  it('counts a mid-roll up to the content moving again, and a pre-roll up to its end', () => {
    const adBreak = [act(2000, 'adBreak'), act(4000, 'adEnd'), act(6000, 'leave')];
    check(
      { acts: [act(0, 'play'), ...adBreak], seen: [...play(0, 0, 49), ...play(4500, 50, 87)] },
      { adBreaks: 1, adMs: 2460, playingMs: 3540, pausedMs: 0, stalls: 0 },
    );
    check(
      { acts: [act(1000, 'play'), ...adBreak], seen: play(4500, 0, 38) },
      { adBreaks: 1, adMs: 2000, startupMs: 1500, stalls: 0 },
    );
  });

  it('counts an inserted ad by its frames, and what stalls in it as the ad', () => {
    const acts = [act(0, 'play'), act(5000, 'leave')];
    const seen = [...play(0, 0, 49), ...play(3000, 50, 99)];
    const truth = toTruth({ ...STILL, acts, seen, inserted: [25, 75] });
    expect(toValues(truth)).toMatchObject({
      ...{ adBreaks: 1, adMs: 3000, playingMs: 2000, mediaMs: 49 * FRAME_MS, stalls: 0 },
    });
  });

  it('counts an inserted ad that is left by a seek up to there', () => {
    const acts = [act(0, 'play'), act(2000, 'seek'), act(5000, 'leave')];
    const seen = [...play(0, 0, 49), ...play(3000, 500, 549)];
    const truth = toTruth({ ...STILL, acts, seen, inserted: [25, 75] });
    expect(toValues(truth)).toMatchObject({
      ...{ adBreaks: 1, adMs: 1000, seeks: 1, seekingMs: 1000, playingMs: 3000 },
      ...{ mediaMs: 73 * FRAME_MS, stalls: 0 },
    });
  });

  it('says nothing of a startup that the viewer broke, nor of one that never was', () => {
    const acts = [act(0, 'play'), act(10, 'pause'), act(500, 'play'), act(2000, 'leave')];
    check({ acts, seen: play(1000, 0, 25) }, { starts: 1, pausedMs: 490 });
    const truth = toTruth({ ...STILL, acts, seen: play(1000, 0, 25) });
    expect(truth.startupMs).toBeUndefined();
    check(
      { acts: [act(0, 'play'), act(3, 'pause'), act(9, 'leave')], seen: [] },
      { attempts: 1, starts: 0, exitsBeforeStart: 1, pauses: 1, pausedMs: 6 },
    );
    check({ acts: [act(9, 'leave')], seen: [] }, { attempts: 0, starts: 0 });
  });

  it('counts requests that failed, up to the end', () => {
    const acts = [act(0, 'play'), act(2000, 'leave')];
    const one = { path: '/media/1.m4s', at: 100, status: 404, bytes: 0 };
    const log = [{ ...one, failedAt: 101 }, { ...one, failedAt: 2001 }, one];
    const evidence = { ...STILL, acts, seen: play(0, 0, 49) };
    const known = { value: 1, from: 'origin' };
    expect(toTruth({ ...evidence, log }).requestFailures).toEqual({ ...known, resolution: 0 });
    const givenUp = { ...one, status: 200, lostAt: 500 };
    expect(toTruth({ ...evidence, log: [...log, givenUp] }).requestFailures).toEqual({
      ...known,
      resolution: 1,
    });
  });

  const failed = { path: '/media/1.m4s', at: 100, status: 404, bytes: 0, failedAt: 101 };
  it.each([
    ['as the answer was on its way', {}, [102, failed.path], 1],
    ['long after it', {}, [300, failed.path], 0],
    ['of another request', {}, [102, '/media/2.m4s'], 0],
    ['where none came', { status: 0 }, [102, failed.path], 0],
  ] as const)(
    'holds a failure for unheard that was called off: %s',
    (_, change, off, resolution) => {
      const evidence = {
        ...STILL,
        acts: [act(0, 'play'), act(2000, 'leave')],
        seen: play(0, 0, 49),
      };
      const truth = toTruth({ ...evidence, log: [{ ...failed, ...change }], calledOff: [off] });
      expect(truth.requestFailures).toEqual({ value: 1, from: 'origin', resolution });
    },
  );

  it('cannot tell whether bytes were wanted that were called off as they came', () => {
    const acts = [act(0, 'play'), act(2000, 'leave')];
    const log = [{ path: '/media/1.m4s', at: 100, status: 200, bytes: 600, doneAt: 150 }];
    const evidence = { ...STILL, acts, seen: play(0, 0, 49), log };
    const known = { from: 'origin' };
    expect(toTruth(evidence).bytes).toEqual({ ...known, value: 600, resolution: 0 });
    const calledOff = [[160, '/media/1.m4s']] as const;
    const truth = toTruth({ ...evidence, calledOff });
    expect(truth.bytes).toEqual({ ...known, value: 300, resolution: 300 });
  });

  it('takes the moment at which a page is first seen for the request', () =>
    check(
      { acts: [act(0, 'play'), act(3000, 'show'), act(6000, 'leave')], seen: play(3500, 0, 62) },
      { attempts: 1, startupMs: 500, playingMs: 2500 },
    ));

  it('takes a source with autoplay for the request', () =>
    check(
      { acts: [act(0, 'load'), act(2000, 'leave')], seen: play(500, 0, 30), autoplays: true },
      { attempts: 1, startupMs: 500 },
    ));
});
