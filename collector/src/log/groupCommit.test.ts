// Group commit by itself, on a transaction that the test opens and closes.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createGroupCommit, type GroupCommit } from './groupCommit.ts';
import { LogRefusal } from './log.ts';

const MIB = 2 ** 20;

describe('createGroupCommit', () => {
  /** How the transactions under way end. */
  let ends: { succeed(): void; fail(error: unknown): void }[];
  let group: GroupCommit;

  beforeEach(() => {
    ends = [];
    group = createGroupCommit({
      transact: (work) =>
        new Promise((resolve, reject) => {
          try {
            work();
            ends.push({ succeed: resolve, fail: reject });
          } catch (error) {
            reject(error);
          }
        }),
      toRefusal: async (error) => new LogRefusal('log_failing', String(error), 1),
    });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const transaction = (index: number) => vi.waitFor(() => ends[index] ?? Promise.reject(index));
  const job = (result: string, sizeBytes = 1) => ({ sizeBytes, run: () => result });

  it('puts what arrives together into one transaction, and what arrives meanwhile into the next', async () => {
    const ran: string[] = [];
    const commit = (name: string) => group.commit({ sizeBytes: 1, run: () => ran.push(name) });
    const first = [commit('a'), commit('b')];
    await transaction(0);
    const second = [commit('c'), commit('d')];
    expect(ran).toEqual(['a', 'b']);
    (await transaction(0)).succeed();
    await Promise.all(first);
    (await transaction(1)).succeed();
    await Promise.all(second);
    expect(ran).toEqual(['a', 'b', 'c', 'd']);
    expect(ends.length).toBe(2);
  });

  it('answers only once the transaction is done', async () => {
    let answered = false;
    const done = group.commit(job('a')).then(() => {
      answered = true;
    });
    const { succeed } = await transaction(0);
    expect(answered).toBe(false);
    succeed();
    await done;
  });

  it('refuses the whole group when its transaction fails, and goes on', async () => {
    const lost = Promise.allSettled([group.commit(job('a')), group.commit(job('b'))]);
    (await transaction(0)).fail(new Error('torn'));
    for (const { status } of await lost) expect(status).toBe('rejected');
    const next = group.commit(job('c'));
    (await transaction(1)).succeed();
    expect(await next).toBe('c');
  });

  it('undoes the transaction when a job breaks in it, and refuses only the one that refuses', async () => {
    const refused = group.commit({
      sizeBytes: 1,
      run: () => {
        throw new LogRefusal('log_full', 'no', 1);
      },
    });
    const taken = group.commit(job('a'));
    const refusal = expect(refused).rejects.toMatchObject({ code: 'log_full' });
    (await transaction(0)).succeed();
    expect(await taken).toBe('a');
    await refusal;
    const breaking = group.commit({
      sizeBytes: 1,
      run: () => {
        throw new TypeError('a bug');
      },
    });
    await expect(breaking).rejects.toMatchObject({ code: 'log_failing' });
  });

  it('bounds one transaction by bytes and what may wait', async () => {
    const waiting = Array.from({ length: 8 }, () => group.commit(job('x', 8 * MIB)));
    await expect(group.commit(job('y', 1))).rejects.toMatchObject({ code: 'log_failing' });
    for (let index = 0; index < 8; index += 1) (await transaction(index)).succeed();
    await Promise.all(waiting);
    expect(ends.length).toBe(8);
  });

  it('refuses what waits behind a stalled disk, leaves what is under way open, and recovers', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const underWay = group.commit(job('a'));
    while (ends.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const behind = group.commit(job('b'));
    const refusal = expect(behind).rejects.toMatchObject({ code: 'log_failing' });
    vi.advanceTimersByTime(10_001);
    await refusal;
    await expect(group.commit(job('c'))).rejects.toMatchObject({ code: 'log_failing' });
    ends[0]?.succeed();
    expect(await underWay).toBe('a');
    const after = group.commit(job('d'));
    while (ends.length === 1) await new Promise((resolve) => setImmediate(resolve));
    ends[1]?.succeed();
    expect(await after).toBe('d');
  });

  it('finishes what it took before it closes, and refuses what comes later', async () => {
    const taken = group.commit(job('a'));
    const closing = group.close();
    await expect(group.commit(job('b'))).rejects.toMatchObject({ code: 'log_failing' });
    (await transaction(0)).succeed();
    await closing;
    expect(await taken).toBe('a');
  });
});
