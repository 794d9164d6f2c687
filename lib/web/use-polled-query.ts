import { type QueryKey, type UseQueryOptions, useQuery } from "@tanstack/react-query";
import type { ApiError } from "./api-error";
import { pollingInterval, VISIBLE_POLL_MS } from "./polling-interval";
import { usePageVisible } from "./use-page-visible";

/** A query that keeps itself current: every 10 s on screen, every 30 s in a hidden tab, at once when shown again. */
export function usePolledQuery<TData, TKey extends QueryKey>(options: UseQueryOptions<TData, ApiError, TData, TKey>) {
  const refetchInterval = pollingInterval(usePageVisible());
  return useQuery({
    ...options,
    refetchInterval,
    refetchIntervalInBackground: true,
    staleTime: VISIBLE_POLL_MS,
    refetchOnWindowFocus: true,
    refetchOnReconnect: true,
    // The next poll is the retry; a registry on this machine answers without any network.
    retry: false,
    networkMode: "always",
  });
}
