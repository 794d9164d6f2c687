import { formatCount } from "@/lib/web/format-number";
import type { HistoryChartPoint } from "@/lib/web/prepare-history-chart";
import { prepareHistorySummary } from "@/lib/web/prepare-history-summary";

interface HistorySummaryTextProps {
  points: HistoryChartPoint[];
}

/** What the chart says, in one line. */
export function HistorySummaryText({ points }: HistorySummaryTextProps) {
  const summary = prepareHistorySummary(points);
  if (summary === null) return "No figures in this range yet";
  const { started, ended, activeAtEnd } = summary;
  return (
    <>
      {formatCount(started)} started · {formatCount(ended)} ended · {formatCount(activeAtEnd)} active at its end
    </>
  );
}
