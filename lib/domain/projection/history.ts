import type { EndReason } from "../session";
import { MINUTE_MS, type MinuteSeries, minuteOf } from "./minute-series";

export const HISTORY_RANGES = ["1h", "24h", "7d"] as const;
export type HistoryRange = (typeof HISTORY_RANGES)[number];

const SHAPES: Record<HistoryRange, { minutesPerPoint: number; points: number }> = {
  "1h": { minutesPerPoint: 1, points: 60 },
  "24h": { minutesPerPoint: 15, points: 96 },
  "7d": { minutesPerPoint: 60, points: 168 },
};

/** One bucket of the time series. All figures are null for a bucket in which Holdfast was not running. */
export interface HistoryPoint {
  /** Start of the bucket, epoch milliseconds. */
  at: number;
  /** Active sessions at the end of the bucket (now, for the last one). */
  active: number | null;
  started: number | null;
  ended: number | null;
  endsByReason: Partial<Record<EndReason, number>> | null;
}

export interface History {
  bucketMs: number;
  points: HistoryPoint[];
}

/** A stretch of time in which Holdfast ran, epoch milliseconds. */
export interface RunSpan {
  from: number;
  to: number;
}

/**
 * The time series that ends at `now`, oldest bucket first, aligned to whole buckets. The number of active sessions in
 * the past follows from the number now and the starts, ends and resumptions since, so nothing needs sampling. Overdue
 * sessions are no longer active, but their ends are not in the series yet: they were active before now.
 */
export function historyAt(
  range: HistoryRange,
  facts: { series: MinuteSeries; runs: readonly RunSpan[]; activeNow: number; overdueNow: number; now: number },
): History {
  const { minutesPerPoint, points } = SHAPES[range];
  const lastBucket = Math.floor(minuteOf(facts.now) / minutesPerPoint);
  const result: HistoryPoint[] = [];
  let activeAtEnd = facts.activeNow;
  let unrecordedEnds = facts.overdueNow;
  for (let bucket = lastBucket; bucket > lastBucket - points; bucket -= 1) {
    const { resumed, ...sums } = sumBucket(facts.series, bucket * minutesPerPoint, minutesPerPoint);
    const at = bucket * minutesPerPoint * MINUTE_MS;
    const witnessed = facts.runs.some(({ from, to }) => from < at + minutesPerPoint * MINUTE_MS && to >= at);
    result.push(
      witnessed
        ? { at, active: Math.max(0, activeAtEnd), ...sums }
        : { at, active: null, started: null, ended: null, endsByReason: null },
    );
    activeAtEnd += sums.ended - sums.started - resumed + unrecordedEnds;
    unrecordedEnds = 0;
  }
  return { bucketMs: minutesPerPoint * MINUTE_MS, points: result.reverse() };
}

function sumBucket(series: MinuteSeries, firstMinute: number, minutes: number) {
  const endsByReason: Partial<Record<EndReason, number>> = {};
  let started = 0;
  let resumed = 0;
  let ended = 0;
  for (let minute = firstMinute; minute < firstMinute + minutes; minute += 1) {
    const entry = series.get(minute);
    if (!entry) continue;
    started += entry.started;
    resumed += entry.resumed;
    for (const [reason, count] of entry.endsByReason) {
      endsByReason[reason] = (endsByReason[reason] ?? 0) + count;
      ended += count;
    }
  }
  return { started, resumed, ended, endsByReason };
}
