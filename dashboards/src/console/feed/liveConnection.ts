// Keeps one live connection open: sends what is asked, hands on the newest message, and comes back
// after a loss with growing waits. It keeps no queue and knows nothing of pages.
import type { LiveError, LiveMessage } from './messages.ts';

/** How the connection is. `silent`: it is open, yet nothing came for SILENT_AFTER_MS. */
export type Link =
  | { readonly phase: 'connecting' }
  | { readonly phase: 'open' }
  | { readonly phase: 'silent' }
  | { readonly phase: 'lost'; readonly retryAt: number }
  | { readonly phase: 'refused'; readonly error: LiveError };

export interface LiveSnapshot {
  readonly link: Link;
  readonly message: LiveMessage | null;
  /** When the message came, by this device's clock. */
  readonly receivedAt: number;
}

/** The part of a WebSocket that is used here. */
export type LiveSocket = Pick<WebSocket, 'send' | 'close' | 'onopen' | 'onmessage' | 'onclose'>;

export interface LiveConnectionOptions {
  readonly open: () => LiveSocket;
  /** The first message and each change of it, as the API takes it; asked at each opening. */
  readonly request: () => unknown;
  readonly onChange: () => void;
  readonly now: () => number;
  readonly random: () => number;
  readonly later: (run: () => void, ms: number) => () => void;
}

export interface LiveConnection {
  snapshot(): LiveSnapshot;
  /** Sends the request again, after what it asks has changed. */
  ask(): void;
  retryNow(): void;
  close(): void;
}

/** Messages come each second; after this long without one, figures must not be taken for current. */
export const SILENT_AFTER_MS = 5_000;

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

export function createLiveConnection(options: LiveConnectionOptions): LiveConnection {
  let snapshot: LiveSnapshot = { link: { phase: 'connecting' }, message: null, receivedAt: 0 };
  let socket: LiveSocket | null = null;
  let failures = 0;
  let cancelTimer = (): void => undefined;

  function change(part: Partial<LiveSnapshot>): void {
    snapshot = { ...snapshot, ...part };
    options.onChange();
  }

  function schedule(run: () => void, ms: number): void {
    cancelTimer();
    cancelTimer = options.later(run, ms);
  }

  function watchSilence(): void {
    schedule(() => change({ link: { phase: 'silent' } }), SILENT_AFTER_MS);
  }

  function connect(): void {
    const opened = options.open();
    socket = opened;
    opened.onopen = () => {
      opened.send(JSON.stringify(options.request()));
      watchSilence();
    };
    opened.onmessage = (event) => receive(event.data);
    opened.onclose = () => lose();
    // A connection that never opens must not wait for ever.
    schedule(() => opened.close(), LONGEST_WAIT_MS);
  }

  function receive(data: unknown): void {
    // The API's own message over a same-origin connection: its shape is the API's promise.
    const message = JSON.parse(String(data)) as LiveMessage | LiveError;
    if (message.type === 'error') {
      change({ link: { phase: 'refused', error: message } });
      detach();
      return;
    }
    failures = 0;
    change({ link: { phase: 'open' }, message, receivedAt: options.now() });
    watchSilence();
  }

  function lose(): void {
    detach();
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures);
    // Half of the wait is random, so that many consoles do not come back at once.
    const waitMs = wait / 2 + (wait / 2) * options.random();
    failures += 1;
    change({ link: { phase: 'lost', retryAt: options.now() + waitMs } });
    schedule(connect, waitMs);
  }

  function detach(): void {
    cancelTimer();
    if (socket === null) return;
    const closing = socket;
    socket = null;
    closing.onopen = null;
    closing.onmessage = null;
    closing.onclose = null;
    closing.close();
  }

  connect();
  return {
    snapshot: () => snapshot,
    ask: () => {
      if (socket !== null && snapshot.link.phase === 'open') {
        socket.send(JSON.stringify(options.request()));
      }
    },
    retryNow: () => {
      if (snapshot.link.phase === 'lost' || snapshot.link.phase === 'refused') {
        detach();
        connect();
      }
    },
    close: detach,
  };
}
