import { beforeEach, describe, expect, it } from "vitest";
import type { SessionChange } from "../events";
import { DEFAULT_HEALTH_THRESHOLDS } from "../health";
import { HealthProjection } from "./health-projection";
import { MINUTE_MS, minuteOf } from "./minute-series";

const NOW = Date.UTC(2026, 0, 11, 12, 0, 0);
const TIMEOUT_MS = 30 * MINUTE_MS;

function activity(at: number) {
  return { lastActivityAt: at, idleSince: at, deadlineAt: at + TIMEOUT_MS };
}

function created(pk: number, at: number): SessionChange {
  return { type: "created", pk, createdAt: at, activity: activity(at) };
}

function ended(pk: number, status: "expired" | "closed" | "terminated", at: number): SessionChange {
  const reason = { expired: "idle_timeout", closed: "client_closed", terminated: "operator_terminated" } as const;
  return { type: "ended", pk, status, reason: reason[status], createdAt: NOW, endedAt: at };
}

describe("HealthProjection", () => {
  let projection: HealthProjection;
  beforeEach(() => {
    projection = new HealthProjection(DEFAULT_HEALTH_THRESHOLDS);
    projection.runs.push({ from: NOW - MINUTE_MS, to: Number.POSITIVE_INFINITY });
    projection.apply(
      [1, 2, 3, 4].map((pk) => created(pk, NOW)),
      NOW,
    );
  });

  it("starts from nothing", () => {
    const empty = new HealthProjection(DEFAULT_HEALTH_THRESHOLDS);
    expect(empty.statusBreakdownAt(NOW)).toEqual({
      active: 0,
      disconnected: 0,
      total: 0,
      byStatus: { disconnected: 0, expired: 0, closed: 0, terminated: 0 },
    });
    expect(empty.ageDistributionAt(NOW)).toEqual({ healthy: 0, aging: 0, stale: 0 });
  });

  it("adds what it is seeded with to what it hears", () => {
    projection.seedStatus("closed", 7);
    projection.apply([ended(1, "closed", NOW + 1)], NOW + 1);
    expect(projection.statusBreakdownAt(NOW + 1)).toMatchObject({ active: 3, disconnected: 8, total: 11 });
  });

  it("counts every session that is no longer active as disconnected, split by status", () => {
    projection.apply([ended(1, "closed", NOW + 1), ended(2, "terminated", NOW + 1)], NOW + 1);
    expect(projection.statusBreakdownAt(NOW + 1)).toEqual({
      active: 2,
      disconnected: 2,
      total: 4,
      byStatus: { disconnected: 0, expired: 0, closed: 1, terminated: 1 },
    });
  });

  it("counts a session as expired from its deadline on, and once only when that is recorded", () => {
    const deadline = NOW + TIMEOUT_MS;
    projection.apply([{ type: "touched", pk: 2, activity: activity(NOW + 5) }], NOW + 5);
    expect(projection.statusBreakdownAt(deadline - 1)).toMatchObject({ active: 4, byStatus: { expired: 0 } });
    const overdue = projection.statusBreakdownAt(deadline);
    expect(overdue).toMatchObject({ active: 1, disconnected: 3, total: 4, byStatus: { expired: 3 } });
    projection.apply(
      [1, 3, 4].map((pk) => ended(pk, "expired", deadline)),
      deadline,
    );
    expect(projection.statusBreakdownAt(deadline)).toEqual(overdue);
    expect(projection.ageDistributionAt(deadline)).toEqual({ healthy: 0, aging: 0, stale: 1 });
  });

  it("distributes active sessions by age, adding up to their number", () => {
    projection.apply([{ type: "touched", pk: 1, activity: activity(NOW + 5 * MINUTE_MS) }], NOW + 5 * MINUTE_MS);
    expect(projection.ageDistributionAt(NOW + 5 * MINUTE_MS)).toEqual({ healthy: 1, aging: 3, stale: 0 });
    expect(projection.ageDistributionAt(NOW + 10 * MINUTE_MS)).toEqual({ healthy: 0, aging: 4, stale: 0 });
    expect(projection.ageDistributionAt(NOW + 10 * MINUTE_MS + 1)).toEqual({ healthy: 0, aging: 1, stale: 3 });
  });

  it("forgets a purged session in the breakdown and the recent activity, not in the figures of its day", () => {
    projection.apply([ended(1, "closed", NOW + 1_000)], NOW + 1_000);
    projection.apply([{ type: "purged", pk: 1, status: "closed" }], NOW + 1_000);
    expect(projection.statusBreakdownAt(NOW + 1_000)).toMatchObject({ total: 3, byStatus: { closed: 0 } });
    expect(projection.recent.latest(10)).toEqual([4, 3, 2]);
    expect(projection.connectionHealthAt(NOW + 1_000)).toMatchObject({ sessionsStarted: 4, avgDurationSeconds: 1 });
  });

  it("has figures of the window that hear of a change within the same minute", () => {
    expect(projection.connectionHealthAt(NOW).endsByReason).toEqual({});
    projection.apply([ended(1, "terminated", NOW + 2_000)], NOW + 2_000);
    expect(projection.connectionHealthAt(NOW + 2_000)).toMatchObject({
      disconnectRatePercent: 25,
      endsByReason: { operator_terminated: 1 },
    });
  });

  it("forgets what no figure needs any more, also when nobody ever asks", () => {
    const muchLater = NOW + 30 * 24 * 60 * MINUTE_MS;
    projection.apply([created(5, muchLater)], muchLater);
    expect([...projection.series.entries()].map(([minute]) => minute)).toEqual([minuteOf(muchLater)]);
  });

  it("lets the window move on though nothing happens", () => {
    expect(projection.connectionHealthAt(NOW).sessionsStarted).toBe(4);
    expect(projection.connectionHealthAt(NOW + 24 * 60 * MINUTE_MS)).toMatchObject({
      sessionsStarted: 0,
      disconnectRatePercent: null,
    });
  });

  it("keeps the history's past as it was while a session is overdue and not yet recorded", () => {
    const deadline = NOW + TIMEOUT_MS;
    const points = projection.historyAt("1h", deadline).points;
    expect(points.at(-1)).toMatchObject({ active: 0 });
    expect(points.at(-2)).toMatchObject({ active: 4 });
    expect(points.at(-31)).toMatchObject({ active: 4, started: 4 });
  });
});
