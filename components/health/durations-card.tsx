"use client";

import { useState } from "react";
import { Card } from "@/components/ui/card";
import type { Column } from "@/components/ui/data-table";
import { Skeleton } from "@/components/ui/skeleton";
import { classNames } from "@/lib/web/class-names";
import { formatCount, pluralize } from "@/lib/web/format-number";
import { RANGE_NAMES } from "@/lib/web/history-range";
import { type DurationBar, prepareDurations } from "@/lib/web/prepare-durations";
import { useHistory } from "@/lib/web/use-history";
import { DurationBars } from "./duration-bars";
import { FigureTable } from "./figure-table";
import { type FigureView, ViewToggle } from "./view-toggle";

const COLUMNS: Column<DurationBar>[] = [
  { id: "class", header: "Lasted", isRowHeader: true, cell: ({ label }) => label },
  { id: "count", header: "Sessions", className: "text-right", cell: ({ count }) => formatCount(count) },
  { id: "share", header: "Share", className: "text-right", cell: ({ share }) => share ?? "—" },
];

interface DurationsCardProps {
  className?: string;
}

/** How long the sessions lasted that ended in the range. */
export function DurationsCard({ className }: DurationsCardProps) {
  const [view, setView] = useState<FigureView>("chart");
  const { data, range, isDimmed, error } = useHistory();
  const durations = data && prepareDurations(data.durations);
  return (
    <Card
      title="Session durations"
      className={className}
      description={durations ? `Of ${pluralize(durations.total, "session")} that ended` : RANGE_NAMES[range]}
      actions={<ViewToggle of="session durations" value={view} onChange={setView} />}
    >
      <div className="flex min-h-0 flex-1 flex-col px-4 pb-4 sm:px-5">
        <div className={classNames("h-60 min-h-0 flex-1 basis-60", isDimmed && "outdated")}>
          {!durations && !error && <Skeleton className="size-full" />}
          {durations && view === "chart" && <DurationBars durations={durations} />}
          {durations && view === "table" && (
            <FigureTable label="Session durations" columns={COLUMNS} rows={durations.bars} rowKey={({ key }) => key} />
          )}
        </div>
      </div>
    </Card>
  );
}
