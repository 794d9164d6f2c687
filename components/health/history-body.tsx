"use client";

import dynamic from "next/dynamic";
import type { HistoryChartProps } from "@/components/charts/chart-frame";
import { Skeleton } from "@/components/ui/skeleton";
import { loadUntilFound } from "@/lib/web/load-until-found";
import type { HistoryView } from "@/lib/web/use-history";
import { AgesTable } from "./ages-table";
import { HistoryTable } from "./history-table";
import type { FigureView } from "./view-toggle";

const loading = () => <Skeleton className="size-full" />;

// Charts need the size of their box, which only a browser knows; left out of the first load they also cost nothing there.
const CHARTS = {
  history: dynamic(() => loadUntilFound(() => import("@/components/charts/history-chart")), { ssr: false, loading }),
  ages: dynamic(() => loadUntilFound(() => import("@/components/charts/ages-chart")), { ssr: false, loading }),
};

interface HistoryBodyProps {
  shows: keyof typeof CHARTS;
  view: FigureView;
  history: HistoryView;
}

/** A time series as a chart or as a table, or what stands for it. */
export function HistoryBody({ shows, view, history }: HistoryBodyProps) {
  const { data, chart, error, timeZone } = history;
  if (!data || !chart) {
    return error ? <NoFigures /> : <Skeleton className="size-full" />;
  }
  if (view === "table") {
    const Table = shows === "history" ? HistoryTable : AgesTable;
    return <Table points={chart.points} timeZone={timeZone} />;
  }
  const Chart = CHARTS[shows];
  const props: HistoryChartProps = { chart, range: data.range, bucketMs: data.bucketMs, timeZone };
  return (
    <div aria-hidden="true" className="h-full min-h-0">
      <Chart {...props} />
    </div>
  );
}

/** The card says what went wrong; here would be the figures. */
function NoFigures() {
  return (
    <p className="grid size-full place-items-center rounded-lg border border-dashed px-4 text-center text-[0.8125rem] text-ink-soft">
      Nothing to show until it answers.
    </p>
  );
}
