import { describe, expect, it } from 'vitest';
import { createFakeTimers } from '../../test/fakeTimers.ts';
import type { Store, Stored } from '../contract/store.ts';
import type { Answer } from '../contract/transport.ts';
import { createErrorBoundary } from '../errorBoundary.ts';
import { createOutbox, OUTBOX_LIMITS } from './outbox.ts';
import type { Parcel } from './parcel.ts';

/** A store in a test's hand: what is put is safe once `finish` was called. */
function createFakeStore(rows: Stored[] = []) {
  const waiting: (() => void)[] = [];
  const dropped: string[] = [];
  let closed = 0;
  let forgotten = 0;
  const store: Store = {
    put(stored, done) {
      const copies = stored.map(({ id, body, rows: count }) => ({ id, body, rows: count }));
      waiting.push(() => {
        store.drop(copies);
        rows.push(...copies);
        done();
      });
    },
    take(done) {
      const found = rows.slice(0, 2);
      waiting.push(() => done(found));
    },
    drop(stored) {
      dropped.push(...stored.map(({ body }) => body));
      const gone = stored.map(({ id }) => id.join());
      rows.splice(0, rows.length, ...rows.filter(({ id }) => !gone.includes(id.join())));
    },
    revise(change) {
      const all = rows.map((row) => ({ ...row, body: change(row.body) ?? '' }));
      const kept = all.filter(({ body }) => body);
      forgotten += all.length - kept.length;
      rows.splice(0, rows.length, ...kept);
    },
    erase: () => rows.splice(0),
    close: () => {
      closed += 1;
    },
  };
  return {
    store,
    closed: () => closed,
    /** What a revision gave up: the store counts it as lost. */
    forgotten: () => forgotten,
    dropped: () => dropped,
    bodies: () => rows.map(({ body }) => body),
    finish() {
      for (const act of waiting.splice(0)) act();
    },
  };
}

function setUp(rows: Stored[] = [], allowed = true) {
  const timers = createFakeTimers();
  const shelf = createFakeStore(rows);
  const posts: { readonly body: string; readonly done: (answer: Answer) => void }[] = [];
  const frozen: string[] = [];
  const boundary = createErrorBoundary({});
  let chance = 0;
  let broken = false;
  const outbox = createOutbox<Parcel>({
    guard: boundary.guard,
    timers,
    random: () => (chance += 0.001),
    wall: timers.now,
    time: timers.now,
    url: () => '/k',
    onAnswer: () => undefined,
    onFrozen: ({ body }) => frozen.push(body),
    permit: (body) => body.replace(/ by \w+/, '').replace('unreadable', ''),
    store: () => (allowed ? shelf.store : undefined),
    transport: {
      post(_, body, done) {
        if (broken) throw new Error('broken');
        posts.push({ body, done });
        return () => undefined;
      },
      leave: () => true,
    },
  });
  return {
    ...shelf,
    outbox,
    posts,
    frozen,
    timers,
    caught: boundary.caught,
    breakTransport: (breaks = true) => {
      broken = breaks;
    },
    sent: () => posts.map(({ body }) => body),
    answer: (status: number) => posts[posts.length - 1]?.done({ status, body: '', rttMs: 1 }),
  };
}

const parcel = (body: string): Parcel => ({ body, rows: 1, urgent: false });
const row = (n: number): Stored => ({ id: [n, 0], body: `old ${n}`, rows: 1 });

describe('recall', () => {
  it('asks the store again with each body that is taken: another tab may have held it before', () => {
    const rows: Stored[] = [];
    const s = setUp(rows);
    s.outbox.flush();
    s.finish(); // Nothing is free.
    rows.push(row(1));
    s.outbox.put(parcel('1'));
    s.answer(202);
    s.finish();
    expect(s.sent()).toEqual(['1', 'old 1']);
    s.answer(202);
    s.finish();
    expect(s.bodies()).toEqual([]);
  });
});

describe('shelve', () => {
  it('moves what failed, and what comes while a wait is due, out of memory', () => {
    const s = setUp();
    s.outbox.put(parcel('1'));
    s.answer(503);
    s.outbox.put(parcel('2'));
    expect(s.outbox.size()).toBe(2);
    s.finish();
    expect(s.bodies()).toEqual(['1', '2']);
    expect(s.outbox.size()).toBe(0);
    expect(s.frozen).toEqual(['1', '2']);
    s.timers.advance(2_000);
    s.finish();
    expect(s.sent()).toEqual(['1', '[1,2]']);
    s.answer(202);
    expect(s.bodies()).toEqual([]);
  });

  it('keeps in memory what the store has not confirmed', () => {
    const s = setUp();
    s.outbox.put(parcel('1'));
    s.answer(0);
    s.timers.advance(2_000);
    expect(s.sent()).toEqual(['1', '1']);
    s.finish(); // Now it is written, while it is in flight.
    expect(s.outbox.size()).toBe(1);
    s.answer(202);
    expect(s.bodies()).toEqual([]);
    expect(s.outbox.losses).toEqual({});
  });

  it('keeps what came while others were written', () => {
    const s = setUp();
    s.outbox.put(parcel('1'));
    s.answer(503);
    s.timers.advance(2_000); // In flight again, and not yet written.
    s.outbox.put(parcel('2'));
    s.finish();
    s.answer(202);
    expect(s.sent()).toEqual(['1', '1', '2']);
  });

  it('keeps what left at unload until a readable answer', () => {
    const s = setUp();
    s.outbox.unload([parcel('1')]);
    s.finish();
    expect(s.bodies()).toEqual(['1']);
    s.outbox.flush();
    s.finish();
    s.answer(202);
    expect(s.bodies()).toEqual([]);
  });

  it('forgets what is refused for good, and all at 410', () => {
    const s = setUp([row(1)]);
    s.outbox.flush();
    s.finish();
    s.answer(400);
    expect(s.bodies()).toEqual([]);
    expect(s.outbox.losses).toEqual({ refused: 1 });
    const other = setUp([row(1), row(2), row(3)]);
    other.outbox.flush();
    other.finish();
    other.answer(410);
    expect(other.bodies()).toEqual([]);
  });

  it('touches nothing where storing is not allowed', () => {
    const s = setUp([row(1)], false);
    s.outbox.put(parcel('1'));
    s.answer(503);
    s.outbox.unload([]);
    s.finish();
    expect(s.bodies()).toEqual(['old 1']);
    expect(s.outbox.size()).toBe(1);
  });
});

describe('a full queue', () => {
  it('forgets what is safe in the store first, and counts no loss', () => {
    const s = setUp([row(1), row(2)]);
    s.outbox.put(parcel('in flight'));
    s.answer(202);
    s.outbox.put(parcel('in flight'));
    s.finish(); // Both come from the store while another is in flight.
    expect(s.outbox.size()).toBe(3);
    for (let i = 3; i < OUTBOX_LIMITS.parcels; i += 1) s.outbox.put(parcel(`${i}`));
    s.outbox.put(parcel('one too many'));
    s.outbox.put(parcel('two too many'));
    expect(s.outbox.losses).toEqual({});
    expect(s.bodies()).toEqual(['old 1', 'old 2']);
    s.outbox.put(parcel('three too many'));
    expect(s.outbox.losses).toEqual({ queueFull: 1 });
  });

  it('forgets in the store, too, what it counts as lost while that is being written', () => {
    const s = setUp();
    s.outbox.put(parcel('1'));
    s.answer(503);
    for (let i = 0; i < OUTBOX_LIMITS.parcels; i += 1) s.outbox.put(parcel(`${i}`));
    expect(s.outbox.losses).toEqual({ queueFull: 1 });
    expect(s.dropped()).toEqual(['1']);
  });
});

describe('recall', () => {
  it('sends what earlier pages left, a request at a time, after what is new', () => {
    const s = setUp([row(1), row(2), row(3)]);
    s.outbox.put(parcel('new'));
    s.answer(202);
    for (let i = 0; i < 3; i += 1) {
      s.finish();
      s.answer(202);
    }
    expect(s.sent()).toEqual(['new', '[old 1,old 2]', 'old 3']);
    expect(s.bodies()).toEqual([]);
  });

  it('sends of it what is allowed now, and forgets what nobody can read', () => {
    const s = setUp([
      { id: [1, 0], body: 'seen by viewer7', rows: 1 },
      { id: [2, 0], body: 'unreadable', rows: 1 },
    ]);
    s.outbox.flush();
    s.finish();
    expect(s.sent()).toEqual(['seen']);
    expect(s.bodies()).toEqual(['seen by viewer7']);
  });

  it('never relabels it', () => {
    const s = setUp([row(1)]);
    s.outbox.flush();
    s.finish();
    s.outbox.rebase(() => () => parcel('moved'));
    s.answer(409);
    expect(s.sent()).toEqual(['old 1', 'old 1']);
  });
});

describe('what the store calls back', () => {
  it('throws nothing, whatever goes wrong behind it', () => {
    const s = setUp([row(1)]);
    s.breakTransport();
    s.outbox.flush();
    s.finish();
    expect(s.caught()).toBe(1);
    s.breakTransport(false);
    s.outbox.flush();
    expect(s.sent()).toEqual(['old 1']);
  });

  it('sends nothing that was taken before a revision and comes after it', () => {
    for (const clear of [true, false]) {
      const s = setUp([row(1)]);
      s.outbox.flush();
      s.outbox.revise((body) => `${body}!`, clear);
      s.finish();
      expect(s.sent()).toEqual([]);
    }
  });

  it('lets memory keep what was written, and forgotten there at once', () => {
    const s = setUp();
    s.outbox.put(parcel('1'));
    s.answer(503);
    s.outbox.revise((body) => `${body}!`, true);
    s.finish();
    expect(s.outbox.size()).toBe(1);
  });
});

describe('revise', () => {
  it('changes what waits in memory, in flight and in the store', () => {
    const s = setUp([row(1)]);
    s.outbox.put(parcel('in flight'));
    s.outbox.put(parcel('waiting'));
    s.outbox.revise((body) => `${body}!`, false);
    expect(s.bodies()).toEqual(['old 1!']);
    s.answer(429);
    s.timers.advance(2_000);
    expect(s.sent()[1]).toBe('[in flight!,waiting!]');
  });

  it('clears the store where nothing may be stored any more', () => {
    const s = setUp([row(1)]);
    s.outbox.put(parcel('1'));
    s.outbox.revise((body) => body, true);
    expect(s.bodies()).toEqual([]);
    expect(s.outbox.size()).toBe(1);
  });

  it('counts nothing as lost in the store that memory still sends', () => {
    const s = setUp([row(1), row(2), row(3)]);
    s.outbox.flush();
    s.finish();
    s.outbox.revise((body) => body, true);
    expect(s.forgotten()).toBe(1); // The third never came to memory.
    expect(s.sent()).toEqual(['[old 1,old 2]']);
  });

  it('changes the others where one cannot be read', () => {
    const s = setUp([row(1)]);
    s.outbox.put(parcel('in flight'));
    s.outbox.put(parcel('unreadable'));
    s.outbox.put(parcel('7'));
    s.outbox.revise((body) => `${JSON.parse(body === 'in flight' ? '1' : body)}!`, true);
    s.answer(429);
    s.timers.advance(2_000);
    expect(s.sent()[1]).toBe('[1!,7!]');
  });

  it('undoes no text when the clock is rebased afterwards', () => {
    const s = setUp();
    s.outbox.put(parcel('viewer 7'));
    s.outbox.revise(() => 'viewer', false);
    s.outbox.rebase(() => (each) => each);
    s.answer(409);
    expect(s.sent()[1]).toBe('viewer');
  });
});

describe('hold', () => {
  it('lets bodies wait for the answer that they need, for so long at most', () => {
    const s = setUp();
    s.outbox.hold(300);
    s.outbox.put(parcel('1'));
    s.timers.advance(299);
    expect(s.sent()).toEqual([]);
    s.timers.advance(1);
    expect(s.sent()).toEqual(['1']);
    const other = setUp();
    other.outbox.hold(300);
    other.outbox.put(parcel('1'));
    other.outbox.rebase(() => () => parcel('moved'));
    expect(other.sent()).toEqual([]); // The answer may say more than the time.
    other.outbox.release();
    expect(other.sent()).toEqual(['moved']);
  });
});

describe('stop', () => {
  it('closes the store', () => {
    const s = setUp();
    s.outbox.put(parcel('1'));
    s.outbox.stop();
    expect(s.closed()).toBe(1);
  });
});
