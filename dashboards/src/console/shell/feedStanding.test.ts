import { describe, expect, it } from 'vitest';
import type { Link } from '../feed/liveFeed.ts';
import type { FeedState, LiveMessage, Status } from '../feed/messages.ts';
import { toFeedReading } from './feedStanding.ts';

const message = (state: FeedState) => ({ state, stateReason: 'why' }) as LiveMessage; // Only what is read.
const STATUS = { state: 'empty', stateReason: '' } as Status; // Only what is read.

describe('toFeedReading', () => {
  it.each([
    ['open', 'live', 'live'],
    ['open', 'blind', 'blind'],
    ['lost', 'live', 'lost'],
    ['silent', 'quiet', 'lost'],
    ['refused', 'live', 'refused'],
  ] as const)('%s with %s is %s', (link: Link, state, standing) => {
    const live = { link, error: null, message: message(state) };
    expect(toFeedReading(live, undefined).standing).toBe(standing);
  });
  it('takes the status until the first message, and waits without either', () => {
    const live = { link: 'connecting', error: null, message: null } as const;
    expect(toFeedReading(live, STATUS).standing).toBe('empty');
    expect(toFeedReading(live, undefined).standing).toBe('connecting');
  });
});
