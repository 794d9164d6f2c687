import { formatCount } from "@/lib/web/format-number";
import type { HistoryRange } from "@/lib/domain/projection/history-range";
import { formatTick, type HistoryChart, type HistoryChartPoint } from "@/lib/web/prepare-history-chart";
import { useIsKiosk } from "@/lib/web/use-is-kiosk";

export interface HistoryChartProps {
  chart: HistoryChart;
  range: HistoryRange;
  bucketMs: number;
  timeZone: string;
}

/** What the charts of one panel share, so that their time axes lie exactly below each other. */
export const CHART_MARGIN = { top: 8, right: 8, bottom: 0, left: 0 };
export const SYNC_ID = "session-history";
export const GAP_STYLE = { fill: "var(--sunken)", fillOpacity: 0.8, ifOverflow: "hidden" } as const;
export const RESTART_STYLE = { stroke: "var(--ink-soft)", strokeDasharray: "2 3" };

/** Sizes of what is written beside a chart: larger where it is read from afar. */
export function useChartType() {
  const fontSize = useIsKiosk() ? 15 : 11;
  return {
    fontSize,
    tick: { fill: "var(--ink-soft)", fontSize },
    axisWidth: fontSize * 3.7,
    axisHeight: fontSize + 13,
  };
}

export type ChartType = ReturnType<typeof useChartType>;

/** A vertical axis of counts with exactly these ticks. */
export function countAxis(ticks: number[], { tick, axisWidth }: ChartType) {
  const domain: [number, number] = [ticks[0] ?? 0, ticks.at(-1) ?? 0];
  const line = { axisLine: false, tickLine: false };
  return { width: axisWidth, domain, ticks, interval: 0, tick, tickFormatter: formatCount, ...line } as const;
}

/** A time axis with its ticks in words, below the last chart of a panel. */
export function timeAxis({ chart, range, timeZone }: HistoryChartProps, { tick, axisHeight }: ChartType) {
  return {
    dataKey: "at",
    ticks: chart.ticks,
    tickFormatter: (at: number) => formatTick(at, range, timeZone),
    ...{ tick, tickMargin: 6, minTickGap: 16, height: axisHeight, tickLine: false },
  };
}

/** The points in whose time Holdfast was started again. */
export function restartsOf({ points }: HistoryChart): readonly HistoryChartPoint[] {
  return points.filter(({ restarts }) => restarts.length > 0);
}

/** A stretch wide enough for words of this many thirds of the chart. */
export function isWide(
  { from, to }: { from: number; to: number },
  { points }: HistoryChart,
  bucketMs: number,
): boolean {
  return to - from >= (points.length * bucketMs) / 3;
}
