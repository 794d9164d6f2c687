import type { HistoryRange } from "@/lib/domain/projection/history";
import type { HistoryChart } from "@/lib/web/prepare-history-chart";

export interface HistoryChartProps {
  chart: HistoryChart;
  range: HistoryRange;
  bucketMs: number;
  timeZone: string;
}

/** What the charts of one panel share, so that their time axes lie exactly below each other. */
export const CHART_MARGIN = { top: 8, right: 8, bottom: 0, left: 0 };
export const SYNC_ID = "session-history";
export const TICK_STYLE = { fill: "var(--ink-soft)", fontSize: 11 };

/** A vertical axis of counts with exactly these ticks. */
export function countAxis(ticks: number[]) {
  const domain: [number, number] = [ticks[0] ?? 0, ticks.at(-1) ?? 0];
  return { width: 40, domain, ticks, interval: 0, tick: TICK_STYLE, axisLine: false, tickLine: false } as const;
}
