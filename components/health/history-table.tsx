import { type Column, DataTable } from "@/components/ui/data-table";
import { describeEndReason, END_REASON_ORDER } from "@/lib/web/describe-end-reason";
import { formatCount } from "@/lib/web/format-number";
import { formatAbsolute } from "@/lib/web/format-time";
import type { HistoryChartPoint } from "@/lib/web/prepare-history-chart";

interface HistoryTableProps {
  points: readonly HistoryChartPoint[];
  timeZone: string;
}

const FIGURE = "text-right";

/** The chart's figures in words, newest first. */
export function HistoryTable({ points, timeZone }: HistoryTableProps) {
  const columns: Column<HistoryChartPoint>[] = [
    {
      id: "at",
      header: "From",
      isRowHeader: true,
      className: "whitespace-nowrap",
      cell: ({ at }) => <time dateTime={new Date(at).toISOString()}>{formatAbsolute(at, timeZone)}</time>,
    },
    { id: "active", header: "Active", className: FIGURE, cell: ({ active }) => figure(active) },
    { id: "started", header: "Started", className: FIGURE, cell: ({ started }) => figure(started) },
    { id: "ended", header: "Ended", className: FIGURE, cell: ({ ended }) => figure(ended) },
    { id: "reasons", header: "Ended because", className: "hidden sm:table-cell text-ink-soft", cell: reasonsOf },
  ];
  return (
    <div
      tabIndex={0}
      role="region"
      aria-label="Session history as a table"
      className="h-full overflow-auto rounded-lg border focus-visible:-outline-offset-2"
    >
      <DataTable
        caption="Session history, newest first"
        columns={columns}
        rows={points.toReversed()}
        rowKey={({ at }) => String(at)}
        isHeaderSticky
      />
    </div>
  );
}

function figure(count: number | null) {
  if (count !== null) return formatCount(count);
  return <span title="Holdfast was not running">—</span>;
}

function reasonsOf({ endsByReason }: HistoryChartPoint): string {
  if (endsByReason === null) return "Holdfast was not running";
  return END_REASON_ORDER.filter((reason) => (endsByReason[reason] ?? 0) > 0)
    .map((reason) => `${describeEndReason(reason).label} ${formatCount(endsByReason[reason] ?? 0)}`)
    .join(", ");
}
