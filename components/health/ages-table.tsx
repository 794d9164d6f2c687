import { HEALTH_LOOKS } from "@/components/sessions/status-looks";
import type { Column } from "@/components/ui/data-table";
import { AGE_BUCKETS } from "@/lib/domain/health";
import { formatCount } from "@/lib/web/format-number";
import type { HistoryChartPoint } from "@/lib/web/prepare-history-chart";
import { FigureTable } from "./figure-table";
import { timeColumn } from "./time-column";

interface AgesTableProps {
  points: readonly HistoryChartPoint[];
  timeZone: string;
}

/** The chart's figures in words, newest first. */
export function AgesTable({ points, timeZone }: AgesTableProps) {
  const columns: Column<HistoryChartPoint>[] = [
    timeColumn(timeZone),
    ...AGE_BUCKETS.map((bucket): Column<HistoryChartPoint> => ({
      id: bucket,
      header: HEALTH_LOOKS[bucket].label,
      className: "text-right",
      cell: ({ ages }) => (ages ? formatCount(ages[bucket]) : <span title="Nobody looked at ages then">—</span>),
    })),
  ];
  return (
    <FigureTable
      label="Age over time, newest first"
      columns={columns}
      rows={points.toReversed()}
      rowKey={({ at }) => String(at)}
    />
  );
}
