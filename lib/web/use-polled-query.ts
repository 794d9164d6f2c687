import { type QueryKey, type UseQueryOptions, useQuery } from "@tanstack/react-query";
import type { ApiError } from "./api-error";
import { useLive } from "./live/live-context";
import { pollingInterval, URGENT_POLL_MS, VISIBLE_POLL_MS } from "./polling-interval";
import { usePageVisible } from "./use-page-visible";

interface Polling<TData> {
  /** Whether the live feed keeps it current: polls only while that is away. */
  isFed?: boolean;
  /** Whether something is expected any moment: polls every second while it says so. */
  isUrgent?: (data: TData) => boolean;
  /** Whether nothing new is to be expected: asks no more while it says so. */
  isSettled?: (data: TData) => boolean;
}

/**
 * A query that keeps itself current: told by the live feed where that can, and otherwise by asking every 10 s on screen,
 * every 30 s in a hidden tab, at once when shown again. While the screen is paused it stands still.
 */
export function usePolledQuery<TData, TKey extends QueryKey>(
  options: UseQueryOptions<TData, ApiError, TData, TKey>,
  { isFed = false, isUrgent, isSettled }: Polling<TData> = {},
) {
  const interval = pollingInterval(usePageVisible());
  const isPaused = useLive(({ pausedAt }) => pausedAt !== null);
  const isLive = useLive(({ phase }) => phase === "live");
  return useQuery({
    ...options,
    meta: { ...options.meta, isFed },
    refetchInterval: ({ state: { data, status } }) => {
      const isExpected = data !== undefined && isUrgent?.(data) === true;
      // What somebody waits for goes on even so; nobody sets it going but they.
      if (isPaused) return isExpected && !isFed ? URGENT_POLL_MS : false;
      if (data === undefined || (isFed && status === "error")) return interval;
      if ((isFed && isLive) || isSettled?.(data)) return false;
      return isExpected ? URGENT_POLL_MS : interval;
    },
    refetchIntervalInBackground: true,
    staleTime: VISIBLE_POLL_MS,
    refetchOnWindowFocus: ({ state: { data } }) =>
      !isPaused && !(isFed && isLive) && (data === undefined || !isSettled?.(data)),
    refetchOnReconnect: !isPaused,
    // The next poll is the retry; a registry on this machine answers without any network.
    retry: false,
    networkMode: "always",
  });
}
