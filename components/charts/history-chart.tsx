"use client";

import { useIsKiosk } from "@/lib/web/use-is-kiosk";
import { ActiveChart } from "./active-chart";
import type { HistoryChartProps } from "./chart-frame";
import { ChartLegend } from "./chart-legend";
import { TurnoverChart } from "./turnover-chart";

/** Two charts on one time axis: how many sessions are active, and how many come and go. */
export default function HistoryChart(props: HistoryChartProps) {
  // Larger type needs more room between the ticks.
  const share = useIsKiosk() ? "flex-[5]" : "flex-[4]";
  return (
    <div className="flex h-full flex-col">
      <div className="min-h-0 flex-[5]">
        <ActiveChart {...props} />
      </div>
      <div className={`min-h-0 ${share}`}>
        <TurnoverChart {...props} />
      </div>
      <ChartLegend reasons={props.chart.reasons} hasPeaks={props.chart.hasPeaks} />
    </div>
  );
}
