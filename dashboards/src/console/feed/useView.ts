// One view, whole; asked again each second while it is open, and now and then after, as a view that
// resumes reopens.
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useFeed } from './FeedProvider.tsx';
import { isMissing } from './feedError.ts';
import type { ViewDetail } from './messages.ts';

const OPEN_MS = 1_000;
const CLOSED_MS = 15_000;
/** A view that is not there yet may be on its way. */
const MISSING_MS = 3_000;

export function useView(id: string): UseQueryResult<ViewDetail, Error> {
  const { api } = useFeed();
  return useQuery({
    queryKey: ['view', id],
    queryFn: ({ signal }) => api.view(id, signal),
    refetchInterval: ({ state }) => {
      if (state.data !== undefined) return state.data.view.open ? OPEN_MS : CLOSED_MS;
      return isMissing(state.error) ? MISSING_MS : CLOSED_MS;
    },
  });
}
