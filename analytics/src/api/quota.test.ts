import { describe, expect, it } from 'vitest';
import { createQuota } from './quota.ts';

/** Lets every promise that can settle do so. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A task that ends when it is told to. */
function task() {
  const ends: (() => void)[] = [];
  let running = 0;
  return {
    run: async () => {
      running += 1;
      await new Promise<void>((resolve) => ends.push(resolve));
      running -= 1;
    },
    running: () => running,
    end: async () => {
      ends.shift()?.();
      await settled();
    },
  };
}

describe('createQuota', () => {
  it('runs some, lets some wait, refuses the rest, and lets nobody overtake', async () => {
    const quota = createQuota({ running: 2, waiting: 1 });
    const { run, running, end } = task();
    const all = [quota.run('a', run), quota.run('a', run), quota.run('a', run)];
    await expect(quota.run('a', run)).rejects.toMatchObject({ code: 'too_many_queries' });
    expect(running()).toBe(2);
    await end();
    expect(running()).toBe(2);
    await end();
    await end();
    await Promise.all(all);
    expect(running()).toBe(0);
  });

  it('keeps properties apart', async () => {
    const quota = createQuota({ running: 1, waiting: 0 });
    const { run, running, end } = task();
    const all = [quota.run('a', run), quota.run('b', run)];
    await settled();
    expect(running()).toBe(2);
    await end();
    await end();
    await Promise.all(all);
  });

  it('gives the place back when a task fails', async () => {
    const quota = createQuota({ running: 1, waiting: 0 });
    const fail = () => Promise.reject(new Error('no'));
    await expect(quota.run('a', fail)).rejects.toThrow('no');
    await expect(quota.run('a', async () => 7)).resolves.toBe(7);
  });
});
