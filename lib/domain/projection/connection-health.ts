import type { EndReason } from "../session";
import { DurationHistogram } from "./duration-histogram";
import { type MinuteSeries, minuteOf } from "./minute-series";

const WINDOW_HOURS = 24;
const WINDOW_MINUTES = WINDOW_HOURS * 60;

/** Figures of the last 24 hours; null where there is nothing to measure. */
export interface ConnectionHealth {
  windowHours: number;
  sessionsStarted: number;
  sessionsPerHour: number;
  avgDurationSeconds: number | null;
  p95DurationSeconds: number | null;
  /** Of the sessions started in the window, the share that is no longer active. */
  disconnectRatePercent: number | null;
  endsByReason: Partial<Record<EndReason, number>>;
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

/** Sums the minutes of the window that ends with the minute of `now`. Cost: minutes, not sessions. */
export function connectionHealthAt(series: MinuteSeries, now: number): ConnectionHealth {
  const last = minuteOf(now);
  const durations = new DurationHistogram();
  const endsByReason: Partial<Record<EndReason, number>> = {};
  let sessionsStarted = 0;
  let startedAndEnded = 0;
  for (let minute = last - WINDOW_MINUTES + 1; minute <= last; minute += 1) {
    const entry = series.get(minute);
    if (!entry) continue;
    sessionsStarted += entry.started;
    startedAndEnded += entry.startedAndEnded;
    durations.merge(entry.durations, 1);
    for (const [reason, count] of entry.endsByReason) endsByReason[reason] = (endsByReason[reason] ?? 0) + count;
  }
  const seconds = (ms: number | null): number | null => (ms === null ? null : round(ms / 1000, 1));
  return {
    windowHours: WINDOW_HOURS,
    sessionsStarted,
    sessionsPerHour: round(sessionsStarted / WINDOW_HOURS, 1),
    avgDurationSeconds: seconds(durations.mean()),
    p95DurationSeconds: seconds(durations.quantile(0.95)),
    disconnectRatePercent: sessionsStarted === 0 ? null : round((100 * startedAndEnded) / sessionsStarted, 1),
    endsByReason,
  };
}
