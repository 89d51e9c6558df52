// The console's one live connection as a store that React can read: the newest message, and how the
// connection is. It keeps no queue and knows nothing of pages.
import type { connectLive } from '@retour/analytics/client';
import type { Filter, LiveError, LiveMessage } from './messages.ts';

/** How the connection is. `silent`: open, yet nothing came for SILENT_AFTER_MS. */
export type Link = 'connecting' | 'open' | 'silent' | 'lost' | 'refused';

export interface LiveSnapshot {
  readonly link: Link;
  /** Why it was refused. */
  readonly error: LiveError | null;
  readonly message: LiveMessage | null;
}

/** What the live page shows; it changes what the API pushes. */
export interface LiveQuestion {
  readonly filters: readonly Filter[];
  readonly dimension?: string;
}

export interface LiveFeed {
  subscribe(listener: () => void): () => void;
  snapshot(): LiveSnapshot;
  ask(question: LiveQuestion): void;
  retryNow(): void;
  /** Connects; returns the way to close. */
  start(token: string): () => void;
}

export interface LiveFeedOptions {
  readonly url: string;
  readonly connect: typeof connectLive;
  readonly later: (run: () => void, ms: number) => () => void;
}

/** Messages come every second, every three at the latest: older figures are not current. */
export const SILENT_AFTER_MS = 5_000;

const NOTHING: LiveSnapshot = { link: 'connecting', error: null, message: null };

export function createLiveFeed({ url, connect, later }: LiveFeedOptions): LiveFeed {
  const listeners = new Set<() => void>();
  let snapshot = NOTHING;
  let question: LiveQuestion = { filters: [] };
  let connection: ReturnType<typeof connectLive> | null = null;
  let cancelSilence = (): void => undefined;

  function change(part: Partial<LiveSnapshot>): void {
    snapshot = { ...snapshot, ...part };
    for (const listener of listeners) listener();
  }

  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => snapshot,
    ask: (next) => {
      if (JSON.stringify(next) === JSON.stringify(question)) return;
      question = next;
      connection?.change(toRequest(question));
    },
    retryNow: () => connection?.change(toRequest(question)),
    start: (token) => {
      connection = connect({
        url,
        token,
        request: toRequest(question),
        onMessage: (message) => {
          cancelSilence();
          cancelSilence = later(() => change({ link: 'silent' }), SILENT_AFTER_MS);
          change({ link: 'open', error: null, message });
        },
        onStatus: (status, error) => {
          // `open` is told by a message; and coming back is still lost until there is one.
          if (status === 'open' || (status === 'connecting' && snapshot.link !== 'refused')) return;
          cancelSilence();
          change({ link: status, error });
        },
      });
      return () => {
        cancelSilence();
        connection?.close();
        connection = null;
        snapshot = NOTHING;
      };
    },
  };
}

function toRequest(question: LiveQuestion): { filters: Filter[]; dimension?: string } {
  return { ...question, filters: [...question.filters] };
}
