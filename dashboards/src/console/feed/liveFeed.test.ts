import type { connectLive, LiveOptions } from '@retour/analytics/client';
import { describe, expect, it } from 'vitest';
import { createLiveFeed, SILENT_AFTER_MS } from './liveFeed.ts';
import type { LiveMessage } from './messages.ts';

const MESSAGE = { type: 'live', at: 1 } as unknown as LiveMessage; // Its content does not matter here.

/** The client without a network, and a timer that the test fires. */
function setUp() {
  let options: LiveOptions | null = null;
  const asked: unknown[] = [];
  const timers = new Set<() => void>();
  const connect: typeof connectLive = (given) => {
    options = given;
    asked.push(given.request);
    return { change: (request) => void asked.push(request), close: () => asked.push('closed') };
  };
  const feed = createLiveFeed({
    url: 'ws://x/api/live',
    connect,
    later: (run, ms) => {
      expect(ms).toBe(SILENT_AFTER_MS);
      timers.add(run);
      return () => timers.delete(run);
    },
  });
  const client = (): LiveOptions => {
    if (options === null) throw new Error('not connected');
    return options;
  };
  return { feed, asked, timers, client };
}

describe('createLiveFeed', () => {
  it('asks for what is shown, and only when that changes', () => {
    const { feed, asked } = setUp();
    feed.start('rt');
    feed.ask({ filters: [], dimension: 'os' });
    feed.ask({ filters: [], dimension: 'os' });
    expect(asked).toEqual([{ filters: [] }, { filters: [], dimension: 'os' }]);
  });
  it('is open from the first message on, and silent when none follows', () => {
    const { feed, client, timers } = setUp();
    feed.start('rt');
    expect(feed.snapshot().link).toBe('connecting');
    client().onMessage(MESSAGE);
    expect(feed.snapshot()).toEqual({ link: 'open', error: null, message: MESSAGE });
    client().onMessage(MESSAGE);
    expect(timers.size).toBe(1);
    for (const run of timers) run();
    expect(feed.snapshot().link).toBe('silent');
  });
  it('stays lost until a message has come again', () => {
    const { feed, client, timers } = setUp();
    feed.start('rt');
    client().onMessage(MESSAGE);
    client().onStatus?.('lost', null);
    client().onStatus?.('connecting', null);
    expect(feed.snapshot().link).toBe('lost');
    expect(timers.size).toBe(0);
    client().onMessage(MESSAGE);
    expect(feed.snapshot().link).toBe('open');
  });
  it('keeps why it was refused', () => {
    const { feed, client } = setUp();
    feed.start('rt');
    const error = {
      type: 'error',
      code: 'unauthorized',
      message: 'No.',
      remedy: 'Sign in.',
    } as const;
    client().onStatus?.('refused', error);
    expect(feed.snapshot()).toMatchObject({ link: 'refused', error });
  });
  it('forgets everything when it is closed', () => {
    const { feed, client, asked } = setUp();
    const close = feed.start('rt');
    client().onMessage(MESSAGE);
    close();
    expect(asked.at(-1)).toBe('closed');
    expect(feed.snapshot().message).toBeNull();
  });
});
