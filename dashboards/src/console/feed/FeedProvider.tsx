// Gives the pages the API and one shared live connection. It holds no state of pages.
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from 'react';
import type { FeedApi } from './feedApi.ts';
import { createLiveConnection, type LiveConnection, type LiveSnapshot } from './liveConnection.ts';
import type { Filter } from './messages.ts';

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
}

interface Feed {
  readonly api: FeedApi;
  readonly live: LiveFeed;
}

const FeedContext = createContext<Feed | null>(null);

const NOTHING: LiveSnapshot = { link: { phase: 'connecting' }, message: null, receivedAt: 0 };

export interface FeedProviderProps {
  readonly api: FeedApi;
  readonly token: () => string | null;
  readonly children: ReactNode;
}

export function FeedProvider({ api, token, children }: FeedProviderProps): ReactNode {
  const tokenRef = useRef(token);
  tokenRef.current = token;
  const live = useMemo(() => createLiveFeed(api, () => tokenRef.current()), [api]);
  useEffect(() => live.start(), [live]);
  const feed = useMemo(() => ({ api, live }), [api, live]);
  return <FeedContext value={feed}>{children}</FeedContext>;
}

export function useFeed(): Feed {
  const feed = useContext(FeedContext);
  if (feed === null) throw new Error('useFeed needs a FeedProvider above it.');
  return feed;
}

/** The shared connection as a store that React can read. */
function createLiveFeed(
  api: FeedApi,
  token: () => string | null,
): LiveFeed & { start(): () => void } {
  const listeners = new Set<() => void>();
  let question: LiveQuestion = { filters: [] };
  let connection: LiveConnection | null = null;
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => connection?.snapshot() ?? NOTHING,
    ask: (next) => {
      if (JSON.stringify(next) === JSON.stringify(question)) return;
      question = next;
      connection?.ask();
    },
    retryNow: () => connection?.retryNow(),
    start: () => {
      const made = createLiveConnection({
        open: () => new WebSocket(api.liveUrl()),
        request: () => ({ token: token() ?? undefined, ...question }),
        onChange: () => {
          for (const listener of listeners) listener();
        },
        now: () => Date.now(),
        random: Math.random,
        later: (run, ms) => {
          const timer = setTimeout(run, ms);
          return () => clearTimeout(timer);
        },
      });
      connection = made;
      return () => {
        made.close();
        connection = null;
      };
    },
  };
}
