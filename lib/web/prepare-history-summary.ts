import type { HistoryChartPoint } from "./prepare-history-chart";

export interface HistorySummary {
  started: number;
  ended: number;
  /** Active when the latest measured bucket ended. */
  activeAtEnd: number;
}

type Figures = Pick<HistoryChartPoint, "active" | "started" | "ended">;

/** The range in three figures, for those who cannot or need not look at the chart; null where nothing was measured. */
export function prepareHistorySummary(points: readonly Figures[]): HistorySummary | null {
  const activeAtEnd = points.findLast(({ active }) => active !== null)?.active ?? null;
  if (activeAtEnd === null) return null;
  return { started: sumOf(points, "started"), ended: sumOf(points, "ended"), activeAtEnd };
}

function sumOf(points: readonly Figures[], figure: "started" | "ended"): number {
  return points.reduce((sum, point) => sum + (point[figure] ?? 0), 0);
}
