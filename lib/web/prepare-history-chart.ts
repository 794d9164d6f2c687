import type { SessionHealthHistory } from "@/lib/contract/health";
import type { EndReason } from "@/lib/domain/session";
import type { HistoryRange } from "@/lib/domain/projection/history";
import { END_REASON_ORDER } from "./describe-end-reason";
import { prepareAxis } from "./prepare-axis";
import { formatDay, formatHourMinute } from "./format-time";

export interface HistoryChartPoint {
  /** Start of the bucket, epoch milliseconds. */
  at: number;
  active: number | null;
  started: number | null;
  ended: number | null;
  endsByReason: Partial<Record<EndReason, number>> | null;
  /** Without a neighbour on either side: no line reaches it, so it needs a dot. */
  isAlone: boolean;
}

export interface HistoryChart {
  points: HistoryChartPoint[];
  /** Reasons that occur, in stacking order. */
  reasons: EndReason[];
  /** Stretches without figures, by the first and last bucket. */
  gaps: { from: number; to: number }[];
  ticks: number[];
  /** Ticks of the axes of counts: active sessions, and starts above ends. */
  activeTicks: number[];
  turnoverTicks: number[];
}

/** The fewest buckets a chart shows: with less it would not look like time. */
const MIN_POINTS = 15;

/** The range from shortly before the first figures: a registry younger than the range is not shown as one that failed. */
function withoutLeadingGap(points: SessionHealthHistory["points"]): SessionHealthHistory["points"] {
  const first = points.findIndex(({ active }) => active !== null);
  if (first < 0) return points;
  return points.slice(Math.min(Math.max(0, first - 1), Math.max(0, points.length - MIN_POINTS)));
}

export function prepareHistoryChart(history: SessionHealthHistory, timeZone: string): HistoryChart {
  const points = withoutLeadingGap(history.points).map((point, index, all) => ({
    ...point,
    at: Date.parse(point.at),
    isAlone: point.active !== null && isMissing(all[index - 1]) && isMissing(all[index + 1]),
  }));
  return {
    points,
    reasons: END_REASON_ORDER.filter((reason) => points.some(({ endsByReason }) => (endsByReason?.[reason] ?? 0) > 0)),
    gaps: findGaps(points),
    ticks: findTicks(points, history.range, timeZone),
    activeTicks: prepareAxis(0, largest(points, "active")),
    turnoverTicks: prepareAxis(-largest(points, "ended"), largest(points, "started")),
  };
}

export function formatTick(at: number, range: HistoryRange, timeZone: string): string {
  return range === "7d" ? formatDay(at, timeZone) : formatHourMinute(at, timeZone);
}

function largest(points: HistoryChartPoint[], figure: "active" | "started" | "ended"): number {
  return Math.max(0, ...points.map((point) => point[figure] ?? 0));
}

function isMissing(point: { active: number | null } | undefined): boolean {
  return point === undefined || point.active === null;
}

function findGaps(points: HistoryChartPoint[]): HistoryChart["gaps"] {
  const gaps: HistoryChart["gaps"] = [];
  points.forEach(({ at, active }, index) => {
    if (active !== null) return;
    const open = gaps.at(-1);
    if (open && points[index - 1]?.at === open.to) open.to = at;
    else gaps.push({ from: at, to: at });
  });
  return gaps;
}

/** Buckets in which the viewer's clock enters another ten minutes, four hours or day. */
function findTicks(points: HistoryChartPoint[], range: HistoryRange, timeZone: string): number[] {
  const stretchOf = ({ at }: HistoryChartPoint): string => {
    if (range === "7d") return formatDay(at, timeZone);
    const [hour = "", minute = ""] = formatHourMinute(at, timeZone).split(":");
    return range === "1h" ? `${hour}:${minute.slice(0, 1)}` : String(Math.floor(Number(hour) / 4));
  };
  const stretches = points.map(stretchOf);
  return points.filter((_, index) => index > 0 && stretches[index] !== stretches[index - 1]).map(({ at }) => at);
}
