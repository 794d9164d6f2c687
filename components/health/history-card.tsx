"use client";

import { useState } from "react";
import { OutdatedNote } from "@/components/live/outdated-note";
import { Card } from "@/components/ui/card";
import { classNames } from "@/lib/web/class-names";
import { RANGE_NAMES } from "@/lib/web/history-range";
import { useHistoryChart } from "@/lib/web/use-history";
import { HistoryBody } from "./history-body";
import { HistorySummaryText } from "./history-summary-text";
import { type FigureView, ViewToggle } from "./view-toggle";

interface HistoryCardProps {
  className?: string;
}

/** Active sessions over time, and how many came and went. */
export function HistoryCard({ className }: HistoryCardProps) {
  const [view, setView] = useState<FigureView>("chart");
  const history = useHistoryChart();
  const { range, chart, error, dataUpdatedAt, isFetching, isPlaceholderData, isDimmed, onRetry } = history;
  return (
    <Card
      title="Session history"
      className={className}
      description={chart ? <HistorySummaryText points={chart.points} /> : RANGE_NAMES[range]}
      actions={<ViewToggle of="session history" value={view} onChange={setView} />}
    >
      <div className="flex min-h-0 flex-1 flex-col gap-3 px-4 pb-4 sm:px-5">
        {error !== null && <OutdatedNote {...{ error, dataUpdatedAt, isFetching, onRetry }} />}
        <div
          className={classNames("h-96 min-h-0 flex-1 basis-96 sm:h-80 sm:basis-80", isDimmed && "outdated")}
          aria-busy={isPlaceholderData}
        >
          <HistoryBody shows="history" {...{ view, history }} />
        </div>
      </div>
    </Card>
  );
}
