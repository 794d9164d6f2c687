import { describe, expect, it } from "vitest";
import { prepareFreshness } from "./prepare-freshness";

const NOW = 1_000_000;
const polled = { dataUpdatedAt: NOW - 4_000, hasFailed: false, intervalMs: 10_000, now: NOW };

describe("prepareFreshness", () => {
  it("is loading before the first answer and failed when that never came", () => {
    expect(prepareFreshness({ ...polled, dataUpdatedAt: 0 })).toEqual({ state: "loading" });
    expect(prepareFreshness({ ...polled, dataUpdatedAt: 0, hasFailed: true })).toEqual({ state: "failed" });
  });

  it("is fresh with its age between two polls", () => {
    expect(prepareFreshness(polled)).toEqual({ state: "fresh", ageMs: 4_000 });
  });

  it("is stale since the last good answer as soon as a poll fails, however young the data", () => {
    expect(prepareFreshness({ ...polled, hasFailed: true })).toEqual({ state: "stale", since: NOW - 4_000 });
  });

  it("is late, not fresh, when polls stopped without an error", () => {
    expect(prepareFreshness({ ...polled, dataUpdatedAt: NOW - 120_000 })).toEqual({ state: "late", ageMs: 120_000 });
  });

  it("allows a hidden tab its longer interval", () => {
    const data = { ...polled, dataUpdatedAt: NOW - 30_000 };
    expect(prepareFreshness({ ...data, intervalMs: 30_000 }).state).toBe("fresh");
    expect(prepareFreshness({ ...data, intervalMs: 10_000 }).state).toBe("late");
  });

  it("never shows a negative age when clocks disagree", () => {
    expect(prepareFreshness({ ...polled, dataUpdatedAt: NOW + 5_000 })).toEqual({ state: "fresh", ageMs: 0 });
  });
});
