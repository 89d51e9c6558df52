// The list of views, newest first: its first page is asked again often, older pages when they are
// wanted and then not again.
import { type InfiniteData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useFeed } from './FeedProvider.tsx';
import type { ViewsQuestion } from './feedApi.ts';
import type { ViewRow, ViewsPage } from './messages.ts';

const NEWEST_MS = 2_000;
const PAGE_ROWS = 50;

export interface ViewsList {
  readonly views: readonly ViewRow[];
  readonly isLoading: boolean;
  readonly error: Error | null;
  readonly hasOlder: boolean;
  readonly isLoadingOlder: boolean;
  loadOlder(): void;
  retry(): void;
}

export function useViews(question: ViewsQuestion, limit: number = PAGE_ROWS): ViewsList {
  const { api } = useFeed();
  const newest = useQuery({
    queryKey: ['views', 'newest', question, limit],
    queryFn: ({ signal }) => api.views({ ...question, limit }, signal),
    refetchInterval: NEWEST_MS,
  });
  const older = useInfiniteQuery({
    queryKey: ['views', 'older', question, limit],
    queryFn: ({ pageParam, signal }) =>
      api.views({ ...question, limit, ...(pageParam !== null && { before: pageParam }) }, signal),
    initialPageParam: null as string | null, // The first page has no cursor.
    getNextPageParam: (page: ViewsPage) => page.next,
    enabled: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const wantsOlder = older.data !== undefined;
  return {
    views: joinPages(newest.data, older.data),
    isLoading: newest.isPending,
    error: newest.error ?? older.error,
    hasOlder: wantsOlder ? older.hasNextPage : (newest.data?.next ?? null) !== null,
    isLoadingOlder: older.isFetching,
    loadOlder: () => {
      // The first older page is the newest one again, kept: between them nothing may fall out.
      if (wantsOlder) void older.fetchNextPage();
      else void older.refetch().then(() => older.fetchNextPage());
    },
    retry: () => void newest.refetch(),
  };
}

/** The newest page first, each view once: in its newest form. */
function joinPages(
  newest: ViewsPage | undefined,
  older: InfiniteData<ViewsPage> | undefined,
): ViewRow[] {
  const byId = new Map<string, ViewRow>();
  for (const row of newest?.views ?? []) byId.set(row.view, row);
  for (const row of older?.pages.flatMap((page) => page.views) ?? []) {
    if (!byId.has(row.view)) byId.set(row.view, row);
  }
  return [...byId.values()];
}
