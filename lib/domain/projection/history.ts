import type { EndReason } from "../session";
import type { AgeDistribution, AgeSamples } from "./age-samples";
import { type HistoryRange, RANGE_SHAPES } from "./history-range";
import { type Minute, MINUTE_MS, type MinuteSeries, minuteOf } from "./minute-series";

/** One bucket of the time series. All figures are null for a bucket in which Holdfast was not running. */
export interface HistoryPoint {
  /** Start of the bucket, epoch milliseconds. */
  at: number;
  /** Active sessions at the end of the bucket (now, for the last one). */
  active: number | null;
  /** The most that were active at once: exact since this start, before it the most at the turn of any minute. */
  peak: number | null;
  started: number | null;
  ended: number | null;
  endsByReason: Partial<Record<EndReason, number>> | null;
  /** Ages of the active sessions at the end of the bucket; null as well where nobody looked. */
  ages: AgeDistribution | null;
}

export interface History {
  bucketMs: number;
  points: HistoryPoint[];
  /** When Holdfast came back after it had not been running, epoch milliseconds. */
  restarts: number[];
}

/** A stretch of time in which Holdfast ran, epoch milliseconds. */
export interface RunSpan {
  from: number;
  to: number;
}

export interface HistoryFacts {
  series: MinuteSeries;
  samples: AgeSamples;
  runs: readonly RunSpan[];
  agesNow: AgeDistribution;
  overdueNow: number;
  now: number;
}

/**
 * The time series that ends at `now`, oldest bucket first, aligned to whole buckets. The number of active sessions in
 * the past follows from the number now and the starts, ends and resumptions since, so it needs no sampling. Overdue
 * sessions are no longer active, but their ends are not in the series yet: they were active before now.
 */
export function historyAt(range: HistoryRange, facts: HistoryFacts): History {
  const { minutesPerPoint, points } = RANGE_SHAPES[range];
  const { runs, agesNow } = facts;
  const bucketMs = minutesPerPoint * MINUTE_MS;
  const lastBucket = Math.floor(minuteOf(facts.now) / minutesPerPoint);
  const result: HistoryPoint[] = [];
  let active = agesNow.healthy + agesNow.aging + agesNow.stale;
  for (let bucket = lastBucket; bucket > lastBucket - points; bucket -= 1) {
    const at = bucket * bucketMs;
    const first = bucket * minutesPerPoint;
    const { activeAtStart, ...figures } = lookBack(facts, { first, last: first + minutesPerPoint - 1, active });
    const witnessed = runs.some(({ from, to }) => from < at + bucketMs && to >= at);
    result.push(witnessed ? { at, active: Math.max(0, active), ...figures } : { at, ...NO_FIGURES });
    active = activeAtStart;
  }
  const since = (lastBucket - points + 1) * bucketMs;
  const restarts = runs.slice(1).flatMap(({ from }) => (from >= since && from <= facts.now ? [from] : []));
  return { bucketMs, points: result.reverse(), restarts };
}

const NO_FIGURES = { active: null, peak: null, started: null, ended: null, endsByReason: null, ages: null };

interface Stretch {
  /** Minutes. */
  first: number;
  last: number;
  /** Active at its end. */
  active: number;
}

/** Sums a bucket up, minute by minute backwards. */
function lookBack({ series, samples, agesNow, overdueNow, now }: HistoryFacts, { first, last, active }: Stretch) {
  const endsByReason: Partial<Record<EndReason, number>> = {};
  const sums = { started: 0, ended: 0, peak: Math.max(0, active) };
  const current = minuteOf(now);
  let activeAtStart = active;
  for (let minute = Math.min(last, current); minute >= first; minute -= 1) {
    const entry = series.get(minute);
    if (minute === current) activeAtStart += overdueNow;
    if (!entry) continue;
    const ended = addEnds(endsByReason, entry);
    sums.started += entry.started;
    sums.ended += ended;
    activeAtStart += ended - entry.started - entry.resumed;
    sums.peak = Math.max(sums.peak, entry.peak, activeAtStart);
  }
  const ages = last >= current ? { ...agesNow } : samples.latest(first, last);
  return { ...sums, peak: Math.max(sums.peak, activeAtStart), endsByReason, ages, activeAtStart };
}

function addEnds(sums: Partial<Record<EndReason, number>>, { endsByReason }: Minute): number {
  let ended = 0;
  for (const [reason, count] of endsByReason) {
    sums[reason] = (sums[reason] ?? 0) + count;
    ended += count;
  }
  return ended;
}
