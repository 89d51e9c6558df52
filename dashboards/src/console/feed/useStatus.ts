// What the property is and how its feed stands, asked once and then seldom: live news comes by the
// live connection.
import { queryOptions, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { knownTimeZone } from '../format/formatTime.ts';
import { useFeed } from './FeedProvider.tsx';
import type { FeedApi } from './feedApi.ts';
import type { Status } from './messages.ts';

const STALE_AFTER_MS = 30_000;

export function statusQuery(api: FeedApi) {
  return queryOptions({
    queryKey: ['status'],
    queryFn: ({ signal }) => api.status(signal),
    staleTime: STALE_AFTER_MS,
    refetchInterval: STALE_AFTER_MS,
  });
}

export function useStatus(): UseQueryResult<Status, Error> {
  const { api } = useFeed();
  return useQuery(statusQuery(api));
}

/** The property's time zone; UTC until it is known. */
export function useTimeZone(): string {
  return knownTimeZone(useStatus().data?.property.timeZone ?? 'UTC');
}
