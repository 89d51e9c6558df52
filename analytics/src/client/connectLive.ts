// The live feed over a WebSocket: connects, says what is wanted, and comes back by itself after a
// loss, with growing pauses. Keeps no figures.
import type { LiveError, LiveMessage, LiveRequest } from './apiTypes.ts';

/** `refused`: the API said why and will say it again; it is not asked any more until `change`. */
export type LiveStatus = 'connecting' | 'open' | 'lost' | 'refused';

export interface LiveOptions {
  /** `ws://…/api/live`. */
  readonly url: string;
  readonly token: string;
  readonly request: Omit<LiveRequest, 'token'>;
  readonly onMessage: (message: LiveMessage) => void;
  readonly onStatus?: (status: LiveStatus, error: LiveError | null) => void;
  /** For tests and for Node before 22. */
  readonly createSocket?: (url: string) => WebSocketLike;
  readonly random?: () => number;
}

/** The part of the browser's WebSocket that is used. */
export interface WebSocketLike {
  send(text: string): void;
  close(): void;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onclose: ((event: never) => void) | null;
}

export interface LiveConnection {
  /** Asks for something else over the same socket. */
  change(request: Omit<LiveRequest, 'token'>): void;
  close(): void;
}

/** The first pause before coming back, and the longest. Half of each is chance. */
const PAUSE_MS = { first: 500, longest: 10_000 } as const;

/** The hub speaks every second, every three at the latest: a longer silence is a dead connection. */
const SILENCE_MS = 15_000;

/** Refusals that time may cure. */
const PASSING = new Set(['too_many_live', 'engine_down', 'internal']);

export function connectLive(options: LiveOptions): LiveConnection {
  const { random = Math.random, createSocket = openSocket } = options;
  let { request } = options;
  let socket: WebSocketLike | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let isOpen = false;
  let isClosed = false;

  const tell = (status: LiveStatus, error: LiveError | null = null): void =>
    options.onStatus?.(status, error);

  function open(): void {
    tell('connecting');
    const mine = createSocket(options.url);
    socket = mine;
    isOpen = false;
    timer = setTimeout(() => lose(mine), SILENCE_MS);
    mine.onopen = () => {
      isOpen = true;
      mine.send(JSON.stringify({ ...request, token: options.token }));
    };
    mine.onmessage = ({ data }) => take(mine, data);
    mine.onclose = () => lose(mine);
  }

  function take(mine: WebSocketLike, data: unknown): void {
    if (mine !== socket || isClosed) return;
    const message: LiveMessage | LiveError = JSON.parse(String(data));
    if (message.type === 'error') {
      if (PASSING.has(message.code)) {
        lose(mine);
      } else {
        drop(mine);
        tell('refused', message);
      }
      return;
    }
    failures = 0;
    clearTimeout(timer);
    timer = setTimeout(() => lose(mine), SILENCE_MS);
    tell('open');
    options.onMessage(message);
  }

  /** Leaves a socket for good: whatever it still says is not heard. */
  function drop(mine: WebSocketLike): void {
    clearTimeout(timer);
    mine.onopen = mine.onmessage = mine.onclose = null;
    mine.close();
    socket = null;
    isOpen = false;
  }

  function lose(mine: WebSocketLike): void {
    if (mine !== socket || isClosed) return;
    drop(mine);
    tell('lost');
    const pauseMs = Math.min(PAUSE_MS.longest, PAUSE_MS.first * 2 ** failures);
    failures += 1;
    timer = setTimeout(open, pauseMs / 2 + (random() * pauseMs) / 2);
  }

  open();
  return {
    change(next) {
      request = next;
      if (isClosed) return;
      if (socket === null) {
        clearTimeout(timer);
        open();
      } else if (isOpen) socket.send(JSON.stringify(request));
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
      if (socket !== null) drop(socket);
    },
  };
}

function openSocket(url: string): WebSocketLike {
  return new WebSocket(url) as WebSocketLike; // Its event types are wider; ours are what is read.
}
