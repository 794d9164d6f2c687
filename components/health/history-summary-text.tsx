import { formatCount } from "@/lib/web/format-number";
import { formatDay, formatHourMinute } from "@/lib/web/format-time";
import type { HistoryChartPoint } from "@/lib/web/prepare-history-chart";
import { prepareHistorySummary } from "@/lib/web/prepare-history-summary";

interface HistorySummaryTextProps {
  points: HistoryChartPoint[];
  timeZone: string;
}

/** What the chart says, in one line. */
export function HistorySummaryText({ points, timeZone }: HistorySummaryTextProps) {
  const { peak, started, ended } = prepareHistorySummary(points);
  if (peak === null || started === null || ended === null) return "No figures in this range yet";
  return (
    <>
      {formatCount(started)} started · {formatCount(ended)} ended · peak {formatCount(peak.active)} active
      {peak.active > 0 && (
        <>
          {" "}
          on {formatDay(peak.at, timeZone)}, {formatHourMinute(peak.at, timeZone)}
        </>
      )}
    </>
  );
}
