import { type QueryKey, type UseQueryOptions, useQuery } from "@tanstack/react-query";
import type { ApiError } from "./api-error";
import { pollingInterval, URGENT_POLL_MS, VISIBLE_POLL_MS } from "./polling-interval";
import { usePageVisible } from "./use-page-visible";

interface Polling<TData> {
  /** Whether something is expected any moment: polls every second while it says so. */
  isUrgent?: (data: TData) => boolean;
  /** Whether nothing new is to be expected: asks no more while it says so. */
  isSettled?: (data: TData) => boolean;
}

/** A query that keeps itself current: every 10 s on screen, every 30 s in a hidden tab, at once when shown again. */
export function usePolledQuery<TData, TKey extends QueryKey>(
  options: UseQueryOptions<TData, ApiError, TData, TKey>,
  { isUrgent, isSettled }: Polling<TData> = {},
) {
  const interval = pollingInterval(usePageVisible());
  return useQuery({
    ...options,
    refetchInterval: ({ state: { data } }) => {
      if (data === undefined) return interval;
      return isSettled?.(data) ? false : isUrgent?.(data) ? URGENT_POLL_MS : interval;
    },
    refetchIntervalInBackground: true,
    staleTime: VISIBLE_POLL_MS,
    refetchOnWindowFocus: ({ state: { data } }) => data === undefined || !isSettled?.(data),
    refetchOnReconnect: true,
    // The next poll is the retry; a registry on this machine answers without any network.
    retry: false,
    networkMode: "always",
  });
}
