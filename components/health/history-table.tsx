import type { Column } from "@/components/ui/data-table";
import { describeEndReason, END_REASON_ORDER } from "@/lib/web/describe-end-reason";
import { formatCount } from "@/lib/web/format-number";
import type { HistoryChartPoint } from "@/lib/web/prepare-history-chart";
import { FigureTable } from "./figure-table";
import { timeColumn } from "./time-column";

interface HistoryTableProps {
  points: readonly HistoryChartPoint[];
  timeZone: string;
}

const FIGURE = "text-right";

/** The chart's figures in words, newest first. */
export function HistoryTable({ points, timeZone }: HistoryTableProps) {
  const columns: Column<HistoryChartPoint>[] = [
    timeColumn(timeZone),
    { id: "active", header: "Active", className: FIGURE, cell: ({ active }) => figure(active) },
    { id: "peak", header: "Most at once", className: FIGURE, cell: ({ peak }) => figure(peak) },
    { id: "started", header: "Started", className: FIGURE, cell: ({ started }) => figure(started) },
    { id: "ended", header: "Ended", className: FIGURE, cell: ({ ended }) => figure(ended) },
    { id: "reasons", header: "Ended because", className: "hidden sm:table-cell text-ink-soft", cell: reasonsOf },
  ];
  return (
    <FigureTable
      label="Session history, newest first"
      columns={columns}
      rows={points.toReversed()}
      rowKey={({ at }) => String(at)}
    />
  );
}

function figure(count: number | null) {
  if (count !== null) return formatCount(count);
  return <span title="Holdfast was not running">—</span>;
}

function reasonsOf({ endsByReason, restarts }: HistoryChartPoint): string {
  if (endsByReason === null) return "Holdfast was not running";
  const ends = END_REASON_ORDER.filter((reason) => (endsByReason[reason] ?? 0) > 0)
    .map((reason) => `${describeEndReason(reason).label} ${formatCount(endsByReason[reason] ?? 0)}`)
    .join(", ");
  return restarts.length === 0 ? ends : [ends, "Holdfast restarted"].filter(Boolean).join("; ");
}
