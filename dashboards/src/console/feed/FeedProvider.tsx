// Gives the pages the API and the one live connection. It holds no state of pages.
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { FeedApi } from './feedApi.ts';
import type { LiveFeed } from './liveFeed.ts';

interface Feed {
  readonly api: FeedApi;
  readonly live: LiveFeed;
}

const FeedContext = createContext<Feed | null>(null);

export function FeedProvider({
  api,
  live,
  children,
}: Feed & { readonly children: ReactNode }): ReactNode {
  const feed = useMemo(() => ({ api, live }), [api, live]);
  return <FeedContext value={feed}>{children}</FeedContext>;
}

export function useFeed(): Feed {
  const feed = useContext(FeedContext);
  if (feed === null) throw new Error('useFeed needs a FeedProvider above it.');
  return feed;
}
