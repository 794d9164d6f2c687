"use client";

import { ChartArea, Table2 } from "lucide-react";
import { useState } from "react";
import { OutdatedNote } from "@/components/live/outdated-note";
import { Card } from "@/components/ui/card";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { classNames } from "@/lib/web/class-names";
import { RANGE_NAMES, RANGE_OPTIONS } from "@/lib/web/history-range";
import { prepareHistoryChart } from "@/lib/web/prepare-history-chart";
import { useHistoryRange } from "@/lib/web/use-history-range";
import { useSessionHealthHistory } from "@/lib/web/use-session-health-history";
import { useTimeZone } from "@/lib/web/use-time-zone";
import { HistoryBody, type HistoryView } from "./history-body";
import { HistorySummaryText } from "./history-summary-text";

const VIEWS = [
  { value: "chart", name: "Show as a chart", label: <ChartArea aria-hidden="true" /> },
  { value: "table", name: "Show as a table", label: <Table2 aria-hidden="true" /> },
] as const;

interface HistoryCardProps {
  className?: string;
}

export function HistoryCard({ className }: HistoryCardProps) {
  const [range, setRange] = useHistoryRange();
  const [view, setView] = useState<HistoryView>("chart");
  const timeZone = useTimeZone();
  const { data, error, dataUpdatedAt, isFetching, isPlaceholderData, refetch } = useSessionHealthHistory(range);
  const chart = data && prepareHistoryChart(data, timeZone);
  return (
    <Card
      title="Session history"
      className={className}
      description={chart ? <HistorySummaryText points={chart.points} /> : RANGE_NAMES[range]}
      actions={
        <>
          <SegmentedControl label="Range" value={range} options={RANGE_OPTIONS} onChange={setRange} />
          <SegmentedControl label="View" value={view} options={VIEWS} onChange={setView} />
        </>
      }
    >
      <div className="flex flex-1 flex-col gap-3 px-4 pb-4 sm:px-5">
        {error !== null && <OutdatedNote {...{ error, dataUpdatedAt, isFetching }} onRetry={() => void refetch()} />}
        <div
          className={classNames("h-80 flex-1 basis-80", (error !== null || isPlaceholderData) && "outdated")}
          aria-busy={isPlaceholderData}
        >
          <HistoryBody {...{ view, timeZone, data, chart }} hasFailed={error !== null} />
        </div>
      </div>
    </Card>
  );
}
