import { keepPreviousData } from "@tanstack/react-query";
import type { HistoryRange } from "@/lib/domain/projection/history-range";
import { sessionHistoryQuery } from "./session-queries";
import { usePolledQuery } from "./use-polled-query";

/** The time series of a range, kept current; the range before stays on screen until the new one has arrived. */
export function useSessionHealthHistory(range: HistoryRange) {
  return usePolledQuery({ ...sessionHistoryQuery(range), placeholderData: keepPreviousData });
}
