import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deadlineOf, expiryReason, idleMsAt, idleSinceOf, IN_FLIGHT_TRUST_MS, isOverdue } from "./deadlines";

const idle = { lastActivityAt: 1_000_000, inFlight: 0 };
const busy = { lastActivityAt: 1_000_000, inFlight: 2 };

describe("deadlines", () => {
  it("counts idle time from the end of the last request", () => {
    expect(idleSinceOf(idle)).toBe(1_000_000);
    expect(idleMsAt(idle, 1_000_000)).toBe(0);
    expect(idleMsAt(idle, 1_000_250)).toBe(250);
  });

  it("counts no idle time while a request is in flight, for as long as the report is trusted", () => {
    expect(idleMsAt(busy, 1_000_000 + IN_FLIGHT_TRUST_MS)).toBe(0);
    expect(idleMsAt(busy, 1_000_000 + IN_FLIGHT_TRUST_MS + 1)).toBe(1);
  });

  it("never reports a negative idle time for activity that lies ahead", () => {
    expect(idleMsAt(idle, 999_000)).toBe(0);
  });

  it("puts the deadline one idle timeout after the last activity", () => {
    expect(deadlineOf(idle, 60_000, null)).toBe(1_060_000);
    expect(deadlineOf(busy, 60_000, null)).toBe(1_060_000 + IN_FLIGHT_TRUST_MS);
  });

  it("lets the lifetime cut the deadline short, even of a busy session", () => {
    expect(deadlineOf(idle, 60_000, 1_030_000)).toBe(1_030_000);
    expect(deadlineOf(busy, 60_000, 1_030_000)).toBe(1_030_000);
    expect(deadlineOf(idle, 60_000, 1_090_000)).toBe(1_060_000);
  });

  it("is overdue from the very millisecond of the deadline", () => {
    expect(isOverdue(5_000, 4_999)).toBe(false);
    expect(isOverdue(5_000, 5_000)).toBe(true);
    expect(isOverdue(5_000, 5_001)).toBe(true);
  });

  const inUse = { deadlineAt: 10, lifetimeEndsAt: null, disconnectedAt: null };
  const waiting = { ...inUse, disconnectedAt: 4 };

  it("names the clock that ran out", () => {
    expect(expiryReason(inUse)).toBe("idle_timeout");
    expect(expiryReason({ ...inUse, lifetimeEndsAt: 11 })).toBe("idle_timeout");
    expect(expiryReason({ ...inUse, lifetimeEndsAt: 10 })).toBe("lifetime_exceeded");
  });

  it("names the recovery window as the one of a disconnected session, unless its lifetime ran out", () => {
    expect(expiryReason(waiting)).toBe("recovery_window_over");
    expect(expiryReason({ ...waiting, lifetimeEndsAt: 11 })).toBe("recovery_window_over");
    expect(expiryReason({ ...waiting, lifetimeEndsAt: 10 })).toBe("lifetime_exceeded");
  });

  it("names a grace period after the lifetime as the lifetime's end", () => {
    expect(expiryReason({ ...inUse, deadlineAt: 70, lifetimeEndsAt: 10 })).toBe("lifetime_exceeded");
  });

  it("has idle time reach the timeout exactly at the idle deadline", () => {
    const time = fc.integer({ min: 0, max: 1e13 });
    const timeout = fc.integer({ min: 1_000, max: 2_592_000_000 });
    fc.assert(
      fc.property(time, fc.nat({ max: 3 }), timeout, (lastActivityAt, inFlight, idleTimeoutMs) => {
        const activity = { lastActivityAt, inFlight };
        expect(idleMsAt(activity, deadlineOf(activity, idleTimeoutMs, null))).toBe(idleTimeoutMs);
      }),
    );
  });
});
