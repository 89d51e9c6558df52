import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveMessage } from './apiTypes.ts';
import { connectLive, type LiveConnection, type WebSocketLike } from './connectLive.ts';

interface FakeSocket extends WebSocketLike {
  readonly sent: string[];
  closed: boolean;
}

let sockets: FakeSocket[] = [];
let statuses: string[] = [];
let messages: LiveMessage[] = [];
let live: LiveConnection;

beforeEach(() => {
  vi.useFakeTimers();
  sockets = [];
  statuses = [];
  messages = [];
  live = connectLive({
    url: 'ws://host/api/live',
    token: 'secret',
    request: { filters: [], dimension: 'asset' },
    onMessage: (message) => messages.push(message),
    onStatus: (status, error) => statuses.push(error === null ? status : `${status} ${error.code}`),
    random: () => 1,
    createSocket: () => {
      const socket: FakeSocket = {
        sent: [],
        closed: false,
        send: (text) => socket.sent.push(text),
        close: () => {
          socket.closed = true;
        },
        onopen: null,
        onmessage: null,
        onclose: null,
      };
      sockets.push(socket);
      return socket;
    },
  });
});

afterEach(() => {
  live.close();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

const newest = (): FakeSocket => {
  const socket = sockets.at(-1);
  if (socket === undefined) throw new Error('no socket was made');
  return socket;
};
const open = () => newest().onopen?.(undefined as never); // The event is not read.
const loseIt = () => newest().onclose?.(undefined as never); // As above.
const say = (data: object) => newest().onmessage?.({ data: JSON.stringify(data) });

describe('connectLive', () => {
  it('sends the token with the first message, and passes messages on', () => {
    open();
    expect(newest().sent.map((text) => JSON.parse(text))).toEqual([
      { token: 'secret', filters: [], dimension: 'asset' },
    ]);
    say({ type: 'live', at: 1 });
    expect(messages).toEqual([{ type: 'live', at: 1 }]);
    expect(statuses).toEqual(['connecting', 'open']);
  });

  it('asks for something else over the same socket, and again after a loss', () => {
    open();
    live.change({ filters: [{ dimension: 'os', values: ['iOS'] }] });
    expect(JSON.parse(newest().sent[1] ?? '')).toEqual({
      filters: [{ dimension: 'os', values: ['iOS'] }],
    });
    loseIt();
    vi.advanceTimersByTime(500);
    open();
    expect(sockets).toHaveLength(2);
    expect(JSON.parse(newest().sent[0] ?? '')).toMatchObject({
      token: 'secret',
      filters: [{ dimension: 'os', values: ['iOS'] }],
    });
  });

  it('comes back with growing pauses, and quickly again after a message', () => {
    for (const pauseMs of [500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]) {
      loseIt();
      const before = sockets.length;
      vi.advanceTimersByTime(pauseMs - 1);
      expect(sockets.length).toBe(before);
      vi.advanceTimersByTime(1);
      expect(sockets.length).toBe(before + 1);
    }
    open();
    say({ type: 'live' });
    loseIt();
    vi.advanceTimersByTime(500);
    expect(sockets).toHaveLength(9);
  });

  it('takes a silent connection for a dead one', () => {
    open();
    say({ type: 'live' });
    const first = newest();
    vi.advanceTimersByTime(15_000);
    expect(first.closed).toBe(true);
    expect(statuses.at(-1)).toBe('lost');
    vi.advanceTimersByTime(500);
    expect(sockets).toHaveLength(2);
  });

  it('does not insist where it was refused, until something else is asked', () => {
    open();
    say({ type: 'error', code: 'unauthorized', message: '', remedy: '' });
    expect(statuses.at(-1)).toBe('refused unauthorized');
    vi.advanceTimersByTime(60_000);
    expect(sockets).toHaveLength(1);
    live.change({ filters: [] });
    expect(sockets).toHaveLength(2);
  });

  it('tries again where the refusal passes', () => {
    open();
    say({ type: 'error', code: 'too_many_live', message: '', remedy: '' });
    vi.advanceTimersByTime(500);
    expect(sockets).toHaveLength(2);
  });
});
