import { describe, expect, it } from "vitest";
import { MINUTE_MS, minuteOf, MinuteSeries } from "./minute-series";

const DAY_MS = 24 * 60 * MINUTE_MS;
const NOW = Date.UTC(2026, 0, 11, 12, 0, 30);

describe("MinuteSeries", () => {
  it("counts starts and ends in the minute in which they happened", () => {
    const series = new MinuteSeries();
    series.addStart(NOW);
    series.addStart(NOW, 3);
    series.addEnd({ reason: "idle_timeout", createdAt: NOW - 5 * MINUTE_MS, endedAt: NOW });
    const minute = series.get(minuteOf(NOW));
    expect(minute?.started).toBe(4);
    expect(minute?.endsByReason).toEqual(new Map([["idle_timeout", 1]]));
    expect(minute?.durations.mean()).toBe(5 * MINUTE_MS);
    expect(minute?.startedAndEnded).toBe(0);
  });

  it("remembers an end at the minute of its start too", () => {
    const series = new MinuteSeries();
    series.addStart(NOW - 5 * MINUTE_MS);
    series.addEnd({ reason: "client_closed", createdAt: NOW - 5 * MINUTE_MS, endedAt: NOW });
    expect(series.get(minuteOf(NOW) - 5)).toMatchObject({ started: 1, startedAndEnded: 1 });
  });

  it("takes back the end of a session that was taken up again, at the minute of its start", () => {
    const series = new MinuteSeries();
    const createdAt = NOW - 5 * MINUTE_MS;
    series.addStart(createdAt);
    series.addEnd({ reason: "instance_lost", createdAt, endedAt: NOW - 2 * MINUTE_MS });
    series.addResume({ createdAt, at: NOW });
    expect(series.get(minuteOf(createdAt))).toMatchObject({ started: 1, resumed: 0, startedAndEnded: 0 });
    expect(series.get(minuteOf(NOW) - 2)?.endsByReason).toEqual(new Map([["instance_lost", 1]]));
    expect(series.get(minuteOf(NOW))).toMatchObject({ started: 0, resumed: 1 });
  });

  it("counts an end before its start, as a clock set back makes it, as no time at all", () => {
    const series = new MinuteSeries();
    series.addEnd({ reason: "client_closed", createdAt: NOW, endedAt: NOW - 10 });
    expect(series.get(minuteOf(NOW))?.durations.mean()).toBe(0);
  });

  it("keeps seven days and drops what is older", () => {
    const series = new MinuteSeries();
    const ages = [0, DAY_MS, 7 * DAY_MS, 7 * DAY_MS + 2 * MINUTE_MS, 30 * DAY_MS];
    for (const age of ages) series.addStart(NOW - age);
    series.dropBefore(NOW);
    expect(ages.map((age) => series.get(minuteOf(NOW - age)) !== undefined)).toEqual([true, true, true, false, false]);
  });
});
