// The newest live message and how the connection is, for components.
import { useEffect, useSyncExternalStore } from 'react';
import { useFeed } from './FeedProvider.tsx';
import type { LiveQuestion, LiveSnapshot } from './liveFeed.ts';

export function useLive(): LiveSnapshot & { readonly retryNow: () => void } {
  const { live } = useFeed();
  const snapshot = useSyncExternalStore(live.subscribe, live.snapshot);
  return { ...snapshot, retryNow: live.retryNow };
}

/** Asks for other filters or another table while the calling page is shown. */
export function useLiveQuestion(question: LiveQuestion): void {
  const { live } = useFeed();
  useEffect(() => live.ask(question), [live, question]);
  useEffect(() => () => live.ask({ filters: [] }), [live]);
}
