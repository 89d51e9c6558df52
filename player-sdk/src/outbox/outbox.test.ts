import { describe, expect, it } from 'vitest';
import { createFakeTimers } from '../../test/fakeTimers.ts';
import type { Store } from '../contract/store.ts';
import type { Answer } from '../contract/transport.ts';
import { createErrorBoundary } from '../errorBoundary.ts';
import { createOutbox, OUTBOX_LIMITS } from './outbox.ts';
import type { Parcel } from './parcel.ts';

interface Setup {
  readonly beacon?: (body: string) => boolean;
  readonly keepalive?: boolean;
  readonly store?: Store;
  readonly onAnswer?: () => void;
}

/** An outbox whose requests wait for the test's answer. */
function setUp({ beacon = () => true, keepalive = true, store, onAnswer }: Setup = {}) {
  const timers = createFakeTimers();
  const posts: {
    readonly url: string;
    readonly body: string;
    done: (answer: Answer) => void;
  }[] = [];
  const beacons: string[] = [];
  const frozen: string[] = [];
  const answers: number[] = [];
  const outbox = createOutbox<Parcel>({
    guard: createErrorBoundary({}).guard,
    timers,
    random: () => 0.5,
    wall: () => timers.now(),
    time: () => timers.now(),
    url: (unload) => `/k?s=${timers.now()}${unload ? '&u=1' : ''}`,
    onAnswer(answer) {
      answers.push(answer.status);
      onAnswer?.();
    },
    onFrozen: (parcel) => frozen.push(parcel.body),
    store: () => store,
    permit: (body) => body,
    transport: {
      post(url, body, done) {
        const post = { url, body, done };
        posts.push(post);
        return () => {
          post.done({ status: 0, body: '', rttMs: 0 });
          post.done = () => undefined;
        };
      },
      leave(_, body, last) {
        const taken = beacon(body);
        if (taken || (last && keepalive)) beacons.push(taken ? body : `keepalive ${body}`);
        return taken || (last && keepalive);
      },
    },
  });
  const answer = (status: number, retryAfter?: string): void => {
    const { done } = posts[posts.length - 1] ?? { done: () => undefined };
    done({ status, body: '', rttMs: 5, ...(retryAfter !== undefined && { retryAfter }) });
  };
  return { answer, answers, beacons, frozen, outbox, posts, timers };
}

function parcel(body: string, given: Partial<Parcel> = {}): Parcel {
  return { body, rows: 1, urgent: false, ...given };
}

describe('createOutbox', () => {
  it('sends one request at a time and what has gathered as one array', () => {
    const { answer, outbox, posts } = setUp();
    for (const body of ['1', '2', '3']) outbox.put(parcel(body));
    expect(posts.map((post) => post.body)).toEqual(['1']);
    answer(202);
    expect(posts.map((post) => post.body)).toEqual(['1', '[2,3]']);
    answer(202);
    expect(outbox.size()).toBe(0);
    expect(outbox.losses).toEqual({});
  });

  it.each([0, 408, 425, 429, 500, 503])('tries again after %i, under a new send time', (status) => {
    const { answer, outbox, posts, timers } = setUp();
    outbox.put(parcel('1'));
    answer(status);
    outbox.put(parcel('2'));
    expect(posts).toHaveLength(1);
    timers.advance(499);
    expect(posts).toHaveLength(1);
    timers.advance(1);
    expect(posts[1]).toMatchObject({ url: '/k?s=500', body: '[1,2]' });
  });

  it('waits as long as Retry-After says', () => {
    const { answer, outbox, posts, timers } = setUp();
    outbox.put(parcel('1'));
    answer(503, '20');
    timers.advance(20_499);
    expect(posts).toHaveLength(1);
    timers.advance(1);
    expect(posts).toHaveLength(2);
  });

  it.each([400, 401, 403, 404, 422])('gives up what %i refuses, aloud', (status) => {
    const { answer, outbox, posts } = setUp();
    outbox.put(parcel('1', { rows: 7 }));
    answer(status);
    expect(outbox.losses).toEqual({ refused: 7 });
    outbox.put(parcel('2'));
    expect(posts).toHaveLength(2);
  });

  it('halves what is too large, and gives up one alone', () => {
    const { answer, outbox, posts } = setUp();
    for (const body of ['0', '1', '2', '3', '4']) outbox.put(parcel(body));
    answer(200);
    answer(413);
    answer(413);
    expect(posts.map((post) => post.body)).toEqual(['0', '[1,2,3,4]', '[1,2]', '1']);
    answer(413);
    expect(outbox.losses).toEqual({ refused: 1 });
    answer(200);
    expect(posts[posts.length - 1]?.body).toBe('[3,4]');
  });

  it('stops for good at 410', () => {
    const { answer, answers, outbox, posts, timers } = setUp();
    outbox.put(parcel('1'));
    outbox.put(parcel('2'));
    answer(410);
    outbox.put(parcel('3'));
    outbox.unload([parcel('4')]);
    timers.advance(1e6);
    expect(answers).toEqual([410]);
    expect(posts).toHaveLength(1);
    expect(outbox.losses).toEqual({ stopped: 4 });
    expect(outbox.size()).toBe(0);
  });

  it('drops the oldest ordinary bodies when there are too many', () => {
    const { outbox } = setUp();
    outbox.put(parcel('in flight'));
    outbox.put(parcel('urgent', { urgent: true }));
    for (let i = 0; i < OUTBOX_LIMITS.parcels; i += 1) outbox.put(parcel(`${i}`));
    expect(outbox.size()).toBe(OUTBOX_LIMITS.parcels);
    expect(outbox.losses).toEqual({ queueFull: 2 });
    outbox.unload([]);
  });

  it('drops the oldest when there are too many bytes', () => {
    const { answer, outbox, posts } = setUp();
    outbox.put(parcel('x'));
    for (let i = 0; i < 5; i += 1)
      outbox.put(parcel(`${i}${'x'.repeat(250_000)}`, { urgent: true }));
    expect(outbox.losses).toEqual({ queueFull: 1 });
    answer(200);
    expect(posts[1]?.body.slice(0, 2)).toBe('1x');
  });

  describe('at unload', () => {
    it('hands all to sendBeacon in one array, what is in flight too, and keeps it', () => {
      const { answer, beacons, frozen, outbox } = setUp();
      outbox.put(parcel('1'));
      outbox.put(parcel('2'));
      outbox.unload([parcel('3')]);
      expect(beacons).toEqual(['[1,2,3]']);
      expect(frozen).toEqual(['1', '2', '3']);
      outbox.unload([]);
      expect(beacons).toHaveLength(1);
      answer(202);
      expect(outbox.size()).toBe(2);
    });

    it('sends again what was not confirmed when the page is back', () => {
      const { beacons, outbox, posts } = setUp();
      outbox.unload([parcel('1')]);
      expect(posts).toHaveLength(0);
      outbox.flush();
      expect(posts.map((post) => post.body)).toEqual(['1']);
      outbox.unload([]);
      expect(beacons).toEqual(['1', '1']);
    });

    it('halves what the browser refuses, then tries keepalive, the newest first', () => {
      const { beacons, outbox } = setUp({ beacon: (body) => body.length < 6 && !/4/.test(body) });
      outbox.unload(['1', '2', '3', '4'].map((body) => parcel(body)));
      expect(beacons).toEqual(['keepalive 4', '3', '[1,2]']);
    });

    it('keeps what nobody takes, free to be relabelled', () => {
      const { frozen, outbox, posts } = setUp({ beacon: () => false, keepalive: false });
      outbox.unload([parcel('1'), parcel('2')]);
      expect(outbox.size()).toBe(2);
      expect(frozen).toEqual([]);
      outbox.flush();
      expect(posts).toHaveLength(1);
    });

    it('sends the newest as far as the browser takes them', () => {
      let left = 10;
      const { beacons, outbox } = setUp({
        keepalive: false,
        beacon: (body) => {
          if (body.length > left) return false;
          left -= body.length;
          return true;
        },
      });
      outbox.unload(['1', '2', '3', '4', '5', '6', '7'].map((body) => parcel(body)));
      expect(beacons).toEqual(['[4,5,6,7]', '3']);
      expect(outbox.size()).toBe(7);
    });
  });

  describe('with a refused clock', () => {
    it('relabels what was definitely refused and sends it at once', () => {
      const { answer, outbox, posts } = setUp();
      outbox.put(parcel('1'));
      outbox.put(parcel('2'));
      outbox.rebase(() => (each) => parcel(`${each.body}0`));
      expect(posts).toHaveLength(1);
      answer(409);
      expect(posts.map((post) => post.body)).toEqual(['1', '[10,20]']);
    });

    it('waits before the next try when it is refused again', () => {
      const { answer, outbox, posts, timers } = setUp();
      outbox.put(parcel('1'));
      answer(409);
      answer(409);
      expect(posts).toHaveLength(2);
      timers.advance(1_000);
      expect(posts).toHaveLength(3);
    });

    it.each([
      ['no answer', 0],
      ['a failing server', 503],
    ])('never relabels after %s', (_, status) => {
      const { answer, frozen, outbox, posts, timers } = setUp();
      outbox.put(parcel('1'));
      answer(status);
      expect(frozen).toEqual(['1']);
      outbox.put(parcel('2'));
      outbox.rebase(() => (each) => parcel(`${each.body}0`));
      timers.advance(1_000);
      expect(posts[1]?.body).toBe('[1,20]');
      answer(409);
      timers.advance(2_000);
      expect(posts[2]?.body).toBe('[1,20]');
      expect(frozen).toEqual(['1']);
    });

    it('never relabels what left at unload, whatever its answer', () => {
      const { answer, outbox, posts } = setUp();
      outbox.put(parcel('1'));
      outbox.unload([]);
      outbox.rebase(() => (each) => parcel(`${each.body}0`));
      answer(409);
      expect(posts[1]?.body).toBe('1');
    });
  });

  it('goes on where what an answer sets off throws', () => {
    const { answer, outbox, posts } = setUp({
      onAnswer() {
        throw new Error('broken');
      },
    });
    outbox.put(parcel('1'));
    outbox.put(parcel('2'));
    answer(202);
    expect(posts.map((post) => post.body)).toEqual(['1', '2']);
  });

  it('takes back what has not left yet when it is stopped, or when bodies change', () => {
    const { outbox, posts } = setUp();
    outbox.put(parcel('with an id'));
    outbox.revise((body) => body.replace('with', 'without'), false);
    outbox.flush(); // At once: it was no failure.
    expect(posts.map(({ body }) => body)).toEqual(['with an id', 'without an id']);
    let cancelled = false;
    const [, second] = posts;
    if (second) {
      second.done = () => {
        cancelled = true;
      };
    }
    outbox.stop();
    expect(cancelled).toBe(true);
    expect(outbox.size()).toBe(0);
  });

  it('leaves nothing behind when it is stopped', () => {
    const { answer, answers, outbox, timers } = setUp();
    outbox.put(parcel('1'));
    answer(503);
    expect(timers.size()).toBe(1);
    outbox.stop();
    expect(timers.size()).toBe(0);
    outbox.put(parcel('2'));
    outbox.flush();
    expect(outbox.size()).toBe(0);
    expect(answers).toEqual([503]);
  });
});
