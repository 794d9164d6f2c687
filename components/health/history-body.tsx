"use client";

import dynamic from "next/dynamic";
import { Skeleton } from "@/components/ui/skeleton";
import type { SessionHealthHistory } from "@/lib/contract/health";
import type { HistoryChart as HistoryChartData } from "@/lib/web/prepare-history-chart";
import { loadUntilFound } from "@/lib/web/load-until-found";
import { HistoryTable } from "./history-table";

// Charts need the size of their box, which only a browser knows; left out of the first load they also cost nothing there.
const HistoryChart = dynamic(() => loadUntilFound(() => import("@/components/charts/history-chart")), {
  ssr: false,
  loading: () => <Skeleton className="size-full" />,
});

export type HistoryView = "chart" | "table";

interface HistoryBodyProps {
  view: HistoryView;
  timeZone: string;
  data: SessionHealthHistory | undefined;
  chart: HistoryChartData | undefined;
  hasFailed: boolean;
}

export function HistoryBody({ view, timeZone, data, chart, hasFailed }: HistoryBodyProps) {
  if (!data || !chart) {
    return hasFailed ? (
      <div className="size-full rounded-lg border border-dashed" />
    ) : (
      <Skeleton className="size-full" />
    );
  }
  if (view === "table") return <HistoryTable points={chart.points} timeZone={timeZone} />;
  return <HistoryChart chart={chart} range={data.range} bucketMs={data.bucketMs} timeZone={timeZone} />;
}
