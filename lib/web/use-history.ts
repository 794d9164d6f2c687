import { useMemo } from "react";
import { prepareHistoryChart } from "./prepare-history-chart";
import { useHistoryRange } from "./use-history-range";
import { useSessionHealthHistory } from "./use-session-health-history";
import { useTimeZone } from "./use-time-zone";

/** Everything that the range in the URL holds, kept current. */
export function useHistory() {
  const [range] = useHistoryRange();
  const query = useSessionHealthHistory(range);
  const { data, error, isPlaceholderData } = query;
  return {
    ...{ range, data, error, isPlaceholderData },
    dataUpdatedAt: query.dataUpdatedAt,
    isFetching: query.isFetching,
    onRetry: () => void query.refetch(),
    /** What is on screen is not, or no longer, what the range holds. */
    isDimmed: error !== null || isPlaceholderData,
  };
}

/** The same with its charts, prepared for the viewer's clock. */
export function useHistoryChart() {
  const history = useHistory();
  const timeZone = useTimeZone();
  const { data } = history;
  const chart = useMemo(() => data && prepareHistoryChart(data, timeZone), [data, timeZone]);
  return { ...history, timeZone, chart };
}

export type HistoryView = ReturnType<typeof useHistoryChart>;
