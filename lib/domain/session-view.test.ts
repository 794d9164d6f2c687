import { describe, expect, it } from "vitest";
import { sampleRecord } from "@/lib/testing/sample-session";
import { DEFAULT_HEALTH_THRESHOLDS as THRESHOLDS } from "./health";
import { viewSession } from "./session-view";

const CREATED = 1_000_000;
const DEADLINE = 1_060_000;

describe("viewSession", () => {
  it("shows an active session with its health, idle time and deadline", () => {
    expect(viewSession(sampleRecord(), CREATED + 5_000, THRESHOLDS)).toEqual({
      status: "active",
      endReason: null,
      endDetail: null,
      endedAt: null,
      health: "healthy",
      idleMs: 5_000,
      uptimeMs: 5_000,
      expiresAt: DEADLINE,
    });
  });

  it("keeps it active until the last millisecond before its deadline", () => {
    expect(viewSession(sampleRecord(), DEADLINE - 1, THRESHOLDS)).toMatchObject({ status: "active", endReason: null });
  });

  it.each([0, 1, 3_600_000])("reads it as expired %i ms after the deadline though nothing was recorded", (late) => {
    expect(viewSession(sampleRecord(), DEADLINE + late, THRESHOLDS)).toEqual({
      status: "expired",
      endReason: "idle_timeout",
      endDetail: null,
      endedAt: DEADLINE,
      health: null,
      idleMs: 60_000,
      uptimeMs: 60_000,
      expiresAt: null,
    });
  });

  it("names the lifetime when that is what ran out", () => {
    const { activity, ...rest } = sampleRecord();
    const record = { ...rest, activity: { ...activity, deadlineAt: 1_030_000, lifetimeEndsAt: 1_030_000 } };
    expect(viewSession(record, 1_030_000, THRESHOLDS)).toMatchObject({
      status: "expired",
      endReason: "lifetime_exceeded",
      uptimeMs: 30_000,
    });
  });

  it("stops uptime and idle time at a recorded end, whenever it is read", () => {
    const end = { status: "terminated", endReason: "operator_terminated", endDetail: "stuck" } as const;
    const record = sampleRecord({ ...end, endedAt: CREATED + 20_000 });
    expect(viewSession(record, DEADLINE + 3_600_000, THRESHOLDS)).toEqual({
      ...end,
      endedAt: CREATED + 20_000,
      health: null,
      idleMs: 20_000,
      uptimeMs: 20_000,
      expiresAt: null,
    });
  });

  describe("of a disconnected session", () => {
    const LOST = CREATED + 20_000;
    const loss = { status: "disconnected", endReason: "transport_lost", endDetail: "socket hang up" } as const;
    const { activity, ...rest } = sampleRecord({ ...loss, endedAt: LOST });
    const record = { ...rest, activity: { ...activity, disconnectedAt: LOST, deadlineAt: LOST + 900_000 } };

    it("has its disconnect as its end for now, and shows until when it can be taken up again", () => {
      expect(viewSession(record, LOST + 899_999, THRESHOLDS)).toEqual({
        ...loss,
        endedAt: LOST,
        health: null,
        idleMs: 20_000,
        uptimeMs: 20_000,
        expiresAt: LOST + 900_000,
      });
    });

    it("reads as expired from the end of its recovery window, recorded or not", () => {
      const recorded = {
        ...record,
        status: "expired",
        endReason: "recovery_window_over",
        endDetail: null,
        endedAt: LOST + 900_000,
      } as const;
      const view = viewSession(record, LOST + 900_000, THRESHOLDS);
      expect(view).toEqual({
        status: "expired",
        endReason: "recovery_window_over",
        endDetail: null,
        endedAt: LOST + 900_000,
        health: null,
        idleMs: 20_000,
        uptimeMs: 20_000,
        expiresAt: null,
      });
      expect(viewSession(recorded, LOST + 5_000_000, THRESHOLDS)).toEqual(view);
    });
  });

  it("shows no idle time while a request is in flight", () => {
    const { activity, ...rest } = sampleRecord();
    const record = { ...rest, activity: { ...activity, inFlight: 1, deadlineAt: DEADLINE + 300_000 } };
    expect(viewSession(record, CREATED + 250_000, THRESHOLDS)).toMatchObject({ idleMs: 0, health: "healthy" });
  });

  it("never shows a negative uptime after the clock was set back", () => {
    expect(viewSession(sampleRecord(), CREATED - 5_000, THRESHOLDS)).toMatchObject({ uptimeMs: 0, idleMs: 0 });
  });
});
