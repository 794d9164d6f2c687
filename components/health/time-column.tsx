import type { Column } from "@/components/ui/data-table";
import { formatAbsolute } from "@/lib/web/format-time";
import type { HistoryChartPoint } from "@/lib/web/prepare-history-chart";

/** When a point of a chart begins, at the head of its row. */
export function timeColumn(timeZone: string): Column<HistoryChartPoint> {
  return {
    id: "at",
    header: "From",
    isRowHeader: true,
    className: "whitespace-nowrap",
    cell: ({ at }) => <time dateTime={new Date(at).toISOString()}>{formatAbsolute(at, timeZone)}</time>,
  };
}
