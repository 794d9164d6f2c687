import { describe, expect, it } from "vitest";
import { connectionHealthAt } from "./connection-health";
import { MINUTE_MS, MinuteSeries } from "./minute-series";

const NOW = Date.UTC(2026, 0, 11, 12, 0, 30);
const HOUR_MS = 60 * MINUTE_MS;

/** A session that was created this long ago and, unless it is still active, ended this long ago. */
function seriesOf(...sessions: { createdAgoMs: number; endedAgoMs?: number }[]): MinuteSeries {
  const series = new MinuteSeries();
  for (const { createdAgoMs, endedAgoMs } of sessions) {
    const createdAt = NOW - createdAgoMs;
    series.addStart(createdAt);
    if (endedAgoMs !== undefined) series.addEnd({ reason: "client_closed", createdAt, endedAt: NOW - endedAgoMs });
  }
  return series;
}

describe("connectionHealthAt", () => {
  it("has no figures where nothing was measured, and no ends by reason", () => {
    expect(connectionHealthAt(new MinuteSeries(), NOW)).toEqual({
      windowHours: 24,
      sessionsStarted: 0,
      sessionsPerHour: 0,
      avgDurationSeconds: null,
      p95DurationSeconds: null,
      disconnectRatePercent: null,
      endsByReason: {},
    });
  });

  it("has a rate but no durations while nothing has ended", () => {
    expect(connectionHealthAt(seriesOf({ createdAgoMs: HOUR_MS }), NOW)).toMatchObject({
      sessionsStarted: 1,
      avgDurationSeconds: null,
      p95DurationSeconds: null,
      disconnectRatePercent: 0,
    });
  });

  it("measures the durations of sessions that ended in the window, whenever they started", () => {
    const series = seriesOf(
      { createdAgoMs: 30 * HOUR_MS, endedAgoMs: 2 * HOUR_MS },
      { createdAgoMs: 2 * HOUR_MS, endedAgoMs: HOUR_MS },
    );
    expect(connectionHealthAt(series, NOW)).toMatchObject({
      sessionsStarted: 1,
      avgDurationSeconds: (29 * 3_600) / 2,
      p95DurationSeconds: 28 * 3_600,
      endsByReason: { client_closed: 2 },
    });
  });

  it("rates only the sessions that started in the window", () => {
    const series = seriesOf(
      { createdAgoMs: 30 * HOUR_MS, endedAgoMs: HOUR_MS },
      { createdAgoMs: 3 * HOUR_MS, endedAgoMs: 2 * HOUR_MS },
      { createdAgoMs: 2 * HOUR_MS },
      { createdAgoMs: HOUR_MS },
    );
    expect(connectionHealthAt(series, NOW).disconnectRatePercent).toBe(33.3);
  });

  it("does not rate a session as lost that was taken up again, but keeps the end it had", () => {
    const series = seriesOf({ createdAgoMs: 3 * HOUR_MS, endedAgoMs: 2 * HOUR_MS }, { createdAgoMs: HOUR_MS });
    series.addResume({ createdAt: NOW - 3 * HOUR_MS, at: NOW - HOUR_MS });
    expect(connectionHealthAt(series, NOW)).toMatchObject({
      disconnectRatePercent: 0,
      avgDurationSeconds: 3_600,
      endsByReason: { client_closed: 1 },
    });
  });

  it("forgets what is older than the window", () => {
    const series = seriesOf({ createdAgoMs: 26 * HOUR_MS, endedAgoMs: 25 * HOUR_MS });
    expect(connectionHealthAt(series, NOW)).toMatchObject({ sessionsStarted: 0, avgDurationSeconds: null });
  });

  it("includes the minute of now and the first minute of the window, and nothing before", () => {
    const series = seriesOf({ createdAgoMs: 0 }, { createdAgoMs: 24 * HOUR_MS - MINUTE_MS });
    expect(connectionHealthAt(series, NOW).sessionsStarted).toBe(2);
    series.addStart(NOW - 24 * HOUR_MS);
    expect(connectionHealthAt(series, NOW).sessionsStarted).toBe(2);
  });

  it("rounds the rate of starts to a tenth per hour", () => {
    const series = seriesOf(...Array.from({ length: 53 }, () => ({ createdAgoMs: HOUR_MS })));
    expect(connectionHealthAt(series, NOW).sessionsPerHour).toBe(2.2);
  });
});
