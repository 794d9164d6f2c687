import { beforeEach, describe, expect, it } from "vitest";
import type { SessionChange } from "../events";
import { DEFAULT_HEALTH_THRESHOLDS } from "../health";
import type { SessionStatus } from "../session";
import { HealthProjection } from "./health-projection";
import { MINUTE_MS, minuteOf } from "./minute-series";

const NOW = Date.UTC(2026, 0, 11, 12, 0, 0);
const TIMEOUT_MS = 30 * MINUTE_MS;
const WINDOW_MS = 15 * MINUTE_MS;

const ORIGIN = { server: "notes", client: "claude-ai", protocol: "2025-11-25" };

function activity(at: number) {
  return { lastActivityAt: at, lastHeartbeatAt: null, idleSince: at, deadlineAt: at + TIMEOUT_MS };
}

function created(pk: number, at: number): SessionChange {
  return { type: "created", pk, createdAt: at, activity: activity(at), origin: ORIGIN };
}

const REASONS = {
  disconnected: "instance_lost",
  expired: "idle_timeout",
  closed: "client_closed",
  terminated: "operator_terminated",
} as const;

function ended(pk: number, status: keyof typeof REASONS, at: number): SessionChange {
  const recoverUntil = status === "disconnected" ? at + WINDOW_MS : null;
  const reason = REASONS[status];
  return { type: "ended", pk, from: "active", status, reason, createdAt: NOW, endedAt: at, recoverUntil };
}

function endedFrom(from: SessionStatus, end: SessionChange): SessionChange {
  return end.type === "ended" ? { ...end, from } : end;
}

function resumed(pk: number, at: number, from: SessionStatus = "disconnected"): SessionChange {
  return { type: "resumed", pk, from, createdAt: NOW, at, activity: activity(at) };
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

  describe("with sessions that lose their server", () => {
    const LOST = NOW + MINUTE_MS;

    it("counts them as disconnected, at the very end of their recovery window as expired, and so when that is recorded", () => {
      projection.apply([ended(1, "disconnected", LOST)], LOST);
      const recoverable = { active: 3, disconnected: 1, byStatus: { disconnected: 1, expired: 0 } };
      expect(projection.statusBreakdownAt(LOST)).toMatchObject(recoverable);
      expect(projection.statusBreakdownAt(LOST + WINDOW_MS - 1)).toMatchObject(recoverable);
      const over = projection.statusBreakdownAt(LOST + WINDOW_MS);
      expect(over).toMatchObject({ active: 3, disconnected: 1, total: 4, byStatus: { disconnected: 0, expired: 1 } });
      expect(projection.overdueAt(LOST + WINDOW_MS)).toBe(1);
      projection.apply([endedFrom("disconnected", ended(1, "expired", LOST + WINDOW_MS))], LOST + WINDOW_MS);
      expect(projection.statusBreakdownAt(LOST + WINDOW_MS)).toEqual(over);
      expect(projection.overdueAt(LOST + WINDOW_MS)).toBe(0);
    });

    it("lets them wait as long as a deadline that moved says", () => {
      projection.apply([ended(1, "disconnected", LOST)], LOST);
      projection.apply([{ type: "deadline_moved", pk: 1, recoverUntil: LOST + WINDOW_MS + 9 }], LOST);
      expect(projection.statusBreakdownAt(LOST + WINDOW_MS + 8).byStatus).toMatchObject({
        disconnected: 1,
        expired: 0,
      });
      expect(projection.statusBreakdownAt(LOST + WINDOW_MS + 9).byStatus).toMatchObject({
        disconnected: 0,
        expired: 1,
      });
    });

    it("counts them as active again once they are taken up, in the breakdown, the ages, the history and the rate", () => {
      projection.apply([ended(1, "disconnected", LOST)], LOST);
      expect(projection.connectionHealthAt(LOST).disconnectRatePercent).toBe(25);
      const back = LOST + 5 * MINUTE_MS;
      projection.apply([resumed(1, back)], back);
      expect(projection.statusBreakdownAt(back)).toMatchObject({ active: 4, disconnected: 0, total: 4 });
      expect(projection.ageDistributionAt(back)).toEqual({ healthy: 1, aging: 3, stale: 0 });
      expect(projection.connectionHealthAt(back)).toMatchObject({
        sessionsStarted: 4,
        disconnectRatePercent: 0,
        endsByReason: { instance_lost: 1 },
      });
      const { points } = projection.historyAt("1h", back);
      expect(points.slice(-7).map(({ active, started, ended }) => [active, started, ended])).toEqual([
        [4, 4, 0],
        [3, 0, 1],
        [3, 0, 0],
        [3, 0, 0],
        [3, 0, 0],
        [3, 0, 0],
        [4, 0, 0],
      ]);
    });

    it("takes an expired session that comes back out of those that expired", () => {
      projection.apply([ended(1, "expired", NOW + TIMEOUT_MS)], NOW + TIMEOUT_MS);
      projection.apply([resumed(1, NOW + TIMEOUT_MS + 1, "expired")], NOW + TIMEOUT_MS + 1);
      expect(projection.statusBreakdownAt(NOW + TIMEOUT_MS + 1)).toMatchObject({ active: 1, byStatus: { expired: 3 } });
    });

    it("counts one end per stretch of use: what becomes of them afterwards is no further end", () => {
      projection.apply([ended(1, "disconnected", LOST), ended(2, "disconnected", LOST)], LOST);
      projection.apply([endedFrom("disconnected", ended(1, "terminated", LOST + 1))], LOST + 1);
      projection.apply([endedFrom("disconnected", ended(2, "expired", LOST + WINDOW_MS))], LOST + WINDOW_MS);
      projection.apply([endedFrom("expired", ended(2, "terminated", LOST + WINDOW_MS + 1))], LOST + WINDOW_MS + 1);
      expect(projection.connectionHealthAt(LOST + WINDOW_MS + 1)).toMatchObject({
        disconnectRatePercent: 50,
        endsByReason: { instance_lost: 2 },
      });
      expect(projection.statusBreakdownAt(LOST + WINDOW_MS + 1)).toMatchObject({
        active: 2,
        byStatus: { disconnected: 0, expired: 0, closed: 0, terminated: 2 },
      });
    });

    it("has one that was taken over while it was active stay active, with its new activity", () => {
      projection.apply([resumed(1, LOST, "active")], LOST);
      expect(projection.statusBreakdownAt(LOST)).toMatchObject({ active: 4, total: 4 });
      expect(projection.statusBreakdownAt(NOW + TIMEOUT_MS)).toMatchObject({ active: 1, byStatus: { expired: 3 } });
    });
  });

  it("hands out what it noticed until it is told to drop it, of sessions that it heard of itself", () => {
    projection.seedStatus("active", 1);
    const idle = { ...activity(NOW - 7 * MINUTE_MS), lastHeartbeatAt: NOW - 7 * MINUTE_MS };
    projection.seedActive(9, { activity: idle, origin: ORIGIN }, NOW);
    expect(projection.noticesAt(NOW, 10)).toEqual([]);
    const aged = NOW + 5 * MINUTE_MS;
    const notices = projection.noticesAt(aged, 10);
    expect(notices.map(({ pk, at, data }) => ({ pk, at, ...data }))).toEqual([
      { pk: 9, at: NOW + 3 * MINUTE_MS + 1, from: "aging", to: "stale" },
      ...[1, 2, 3, 4].map((pk) => ({ pk, at: aged, from: "healthy", to: "aging" })),
    ]);
    expect(projection.noticesAt(aged, 1)).toEqual(notices.slice(0, 1));
    projection.dropNotices(2);
    expect(projection.noticesAt(aged, 10)).toEqual(notices.slice(2));
  });

  it.each([
    ["the status breakdown", (now: number) => projection.statusBreakdownAt(now)],
    ["the ages", (now: number) => projection.ageDistributionAt(now)],
    ["what is overdue", (now: number) => projection.overdueAt(now)],
    ["the servers", (now: number) => projection.activeByServerAt(now, 3)],
  ])("notices each change once, whoever looks first in a new minute: %s", (_what, look) => {
    const turned = NOW + 5 * MINUTE_MS + 500;
    look(turned);
    expect(projection.noticesAt(turned, 10).map(({ pk, data }) => ({ pk, ...data }))).toEqual(
      [1, 2, 3, 4].map((pk) => ({ pk, from: "healthy", to: "aging" })),
    );
  });

  it("sees no gap in a silence that began before it listened", () => {
    projection.seedStatus("active", 1);
    const silent = { ...activity(NOW), lastHeartbeatAt: NOW - 10 * MINUTE_MS };
    projection.seedActive(9, { activity: silent, origin: ORIGIN }, NOW);
    const beat = (at: number): SessionChange => ({
      type: "touched",
      pk: 9,
      activity: { ...activity(NOW), lastHeartbeatAt: at },
    });
    projection.apply([beat(NOW + 50_000)], NOW + 50_000);
    expect(projection.noticesAt(NOW + 50_000, 10)).toEqual([]);
    projection.apply([beat(NOW + 110_001)], NOW + 110_001);
    expect(projection.noticesAt(NOW + 110_001, 10)).toEqual([
      { pk: 9, type: "heartbeat_gap", at: NOW + 110_001, data: { silentMs: 60_001 } },
    ]);
  });
});
