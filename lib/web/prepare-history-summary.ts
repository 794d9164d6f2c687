import type { HistoryChartPoint } from "./prepare-history-chart";

export interface HistorySummary {
  /** Null where the range has no figures at all. */
  peak: { active: number; at: number } | null;
  started: number | null;
  ended: number | null;
}

/** The range in three figures: what the chart says, for those who cannot or need not look at it. */
export function prepareHistorySummary(points: HistoryChartPoint[]): HistorySummary {
  let peak: HistorySummary["peak"] = null;
  for (const { active, at } of points) {
    if (active !== null && (peak === null || active > peak.active)) peak = { active, at };
  }
  if (peak === null) return { peak, started: null, ended: null };
  return { peak, started: sumOf(points, "started"), ended: sumOf(points, "ended") };
}

function sumOf(points: HistoryChartPoint[], figure: "started" | "ended"): number {
  return points.reduce((sum, point) => sum + (point[figure] ?? 0), 0);
}
