import { describe, expect, it } from "vitest";
import { DEFAULT_HEALTH_THRESHOLDS, healthOf } from "./health";

const MINUTE_MS = 60_000;

describe("healthOf", () => {
  it.each([
    [0, "healthy"],
    [5 * MINUTE_MS - 1, "healthy"],
    [5 * MINUTE_MS, "aging"],
    [10 * MINUTE_MS, "aging"],
    [10 * MINUTE_MS + 1, "stale"],
  ])("reads %i ms of idle time as %s by default", (idleMs, health) => {
    expect(healthOf(idleMs, DEFAULT_HEALTH_THRESHOLDS)).toBe(health);
  });

  it("follows the thresholds it is given", () => {
    const thresholds = { agingAfterMs: 100, staleAfterMs: 200 };
    expect([99, 100, 200, 201].map((idleMs) => healthOf(idleMs, thresholds))).toEqual([
      "healthy",
      "aging",
      "aging",
      "stale",
    ]);
  });
});
