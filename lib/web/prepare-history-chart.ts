import type { SessionHealthHistory } from "@/lib/contract/health";
import type { EndReason } from "@/lib/domain/session";
import type { HistoryRange } from "@/lib/domain/projection/history-range";
import { END_REASON_ORDER } from "./describe-end-reason";
import { prepareAxis } from "./prepare-axis";
import { formatDay, formatHourMinute } from "./format-time";

export interface HistoryChartPoint {
  /** Start of the bucket, epoch milliseconds. */
  at: number;
  active: number | null;
  /** The most that were active at once. */
  peak: number | null;
  started: number | null;
  ended: number | null;
  endsByReason: Partial<Record<EndReason, number>> | null;
  ages: { healthy: number; aging: number; stale: number } | null;
  /** Without a neighbour on either side: no line reaches it, so it needs a dot. */
  isAlone: boolean;
  /** When Holdfast came back within the bucket, epoch milliseconds. */
  restarts: number[];
}

/** A stretch without figures, by its first and last bucket. */
export interface Gap {
  from: number;
  to: number;
}

export interface HistoryChart {
  points: HistoryChartPoint[];
  /** Reasons that occur, in stacking order. */
  reasons: EndReason[];
  gaps: Gap[];
  /** Where nobody looked at ages, Holdfast running or not. */
  ageGaps: Gap[];
  ticks: number[];
  /** Ticks of the axes of counts: active sessions, and starts above ends. */
  activeTicks: number[];
  turnoverTicks: number[];
  /** Whether there is more to say of a bucket than how it ended. */
  hasPeaks: boolean;
}

/** The fewest buckets a chart shows, unless its range is short: with less it would not look like time. */
const MIN_POINTS = 15;

/** The range from shortly before the first figures: a registry younger than the range is not shown as one that failed. */
function withoutLeadingGap(points: SessionHealthHistory["points"]): SessionHealthHistory["points"] {
  const first = points.findIndex(({ active }) => active !== null);
  if (first < 0) return points;
  const fewest = Math.min(MIN_POINTS, Math.max(5, Math.ceil(points.length / 3)));
  return points.slice(Math.min(Math.max(0, first - 1), Math.max(0, points.length - fewest)));
}

export function prepareHistoryChart(history: SessionHealthHistory, timeZone: string): HistoryChart {
  const { range, bucketMs } = history;
  const restarts = history.restarts.map((at) => Date.parse(at));
  const points = withoutLeadingGap(history.points).map((point, index, all): HistoryChartPoint => {
    const at = Date.parse(point.at);
    return {
      ...point,
      at,
      isAlone: point.active !== null && isMissing(all[index - 1]) && isMissing(all[index + 1]),
      restarts: restarts.filter((restart) => restart >= at && restart < at + bucketMs),
    };
  });
  return {
    points,
    reasons: END_REASON_ORDER.filter((reason) => points.some(({ endsByReason }) => (endsByReason?.[reason] ?? 0) > 0)),
    gaps: findGaps(points, "active"),
    ageGaps: findGaps(points, "ages"),
    ticks: findTicks(points, range, timeZone),
    activeTicks: prepareAxis(0, largest(points, "peak")),
    turnoverTicks: prepareAxis(-largest(points, "ended"), largest(points, "started")),
    hasPeaks: points.some(({ active, peak }) => (peak ?? 0) > (active ?? 0)),
  };
}

export function formatTick(at: number, range: HistoryRange, timeZone: string): string {
  return range === "7d" ? formatDay(at, timeZone) : formatHourMinute(at, timeZone);
}

function largest(points: HistoryChartPoint[], figure: "peak" | "started" | "ended"): number {
  return Math.max(0, ...points.map((point) => point[figure] ?? 0));
}

function isMissing(point: { active: number | null } | undefined): boolean {
  return point === undefined || point.active === null;
}

function findGaps(points: HistoryChartPoint[], figure: "active" | "ages"): Gap[] {
  const gaps: Gap[] = [];
  points.forEach((point, index) => {
    if (point[figure] !== null) return;
    const open = gaps.at(-1);
    if (open && points[index - 1]?.at === open.to) open.to = point.at;
    else gaps.push({ from: point.at, to: point.at });
  });
  return gaps;
}

/** How long the stretches are that begin with a tick, minutes of the viewer's clock; days for seven of them. */
const TICK_MINUTES: Record<Exclude<HistoryRange, "7d">, number> = { "15m": 5, "1h": 10, "6h": 60, "24h": 240 };

/** Buckets in which the viewer's clock enters another stretch. */
function findTicks(points: HistoryChartPoint[], range: HistoryRange, timeZone: string): number[] {
  const stretchOf = ({ at }: HistoryChartPoint): string => {
    if (range === "7d") return formatDay(at, timeZone);
    const [hour, minute] = formatHourMinute(at, timeZone).split(":").map(Number);
    return String(Math.floor(((hour ?? 0) * 60 + (minute ?? 0)) / TICK_MINUTES[range]));
  };
  const stretches = points.map(stretchOf);
  return points.filter((_, index) => index > 0 && stretches[index] !== stretches[index - 1]).map(({ at }) => at);
}
