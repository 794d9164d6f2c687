import { describe, expect, it } from "vitest";
import { NO_FEED } from "./live/live-store";
import { prepareFreshness } from "./prepare-freshness";

const NOW = 1_000_000;
const polled = { dataUpdatedAt: NOW - 4_000, hasFailed: false, intervalMs: 10_000, live: NO_FEED, now: NOW };
const live = { ...NO_FEED, phase: "live", heardAt: NOW - 1_000 } as const;
const lost = { ...NO_FEED, phase: "waiting", lostAt: NOW - 2_000, heardAt: NOW - 3_000, retryAt: NOW + 4_000 } as const;

describe("prepareFreshness", () => {
  it("is loading before the first answer and failed when that never came", () => {
    expect(prepareFreshness({ ...polled, dataUpdatedAt: 0 })).toEqual({ state: "loading" });
    expect(prepareFreshness({ ...polled, dataUpdatedAt: 0, hasFailed: true })).toEqual({ state: "failed" });
  });

  it("is polled, with its age, between two polls", () => {
    expect(prepareFreshness(polled)).toEqual({ state: "polling", intervalMs: 10_000, ageMs: 4_000 });
  });

  it("is stale since the last good answer as soon as a poll fails, however young the data", () => {
    expect(prepareFreshness({ ...polled, hasFailed: true })).toEqual({ state: "stale", since: NOW - 4_000 });
  });

  it("is late, not polled, when polls stopped without an error", () => {
    expect(prepareFreshness({ ...polled, dataUpdatedAt: NOW - 120_000 })).toEqual({ state: "late", ageMs: 120_000 });
  });

  it("allows a hidden tab its longer interval", () => {
    const data = { ...polled, dataUpdatedAt: NOW - 30_000 };
    expect(prepareFreshness({ ...data, intervalMs: 30_000 }).state).toBe("polling");
    expect(prepareFreshness({ ...data, intervalMs: 10_000 }).state).toBe("late");
  });

  it("never shows a negative age when clocks disagree", () => {
    expect(prepareFreshness({ ...polled, dataUpdatedAt: NOW + 5_000 })).toMatchObject({ ageMs: 0 });
  });

  it("is live as long as something arrives, however long nothing has changed", () => {
    expect(prepareFreshness({ ...polled, dataUpdatedAt: NOW - 3_600_000, live })).toEqual({ state: "live" });
  });

  it("is not live for an open connection that says nothing", () => {
    const silent = { ...live, heardAt: NOW - 13_000 };
    expect(prepareFreshness({ ...polled, live: silent })).toEqual({ state: "late", ageMs: 13_000 });
  });

  it("is not live when what is on screen could not be read", () => {
    expect(prepareFreshness({ ...polled, live, hasFailed: true })).toEqual({ state: "stale", since: NOW - 4_000 });
  });

  it("is being reconnected from the loss of the feed to the first poll, and polled from there", () => {
    expect(prepareFreshness({ ...polled, live: lost })).toEqual({ state: "reconnecting", inMs: 4_000 });
    const trying = { ...lost, phase: "connecting", retryAt: null } as const;
    expect(prepareFreshness({ ...polled, live: trying })).toEqual({ state: "reconnecting", inMs: null });
    expect(prepareFreshness({ ...polled, dataUpdatedAt: NOW - 1_000, live: lost }).state).toBe("polling");
  });

  it("was good until the feed fell silent, not only until its last change", () => {
    const old = { ...polled, dataUpdatedAt: NOW - 3_600_000, live: lost };
    expect(prepareFreshness(old).state).toBe("reconnecting");
    expect(prepareFreshness({ ...old, hasFailed: true })).toEqual({ state: "stale", since: NOW - 3_000 });
  });

  it("says nothing of reconnecting before it was ever connected", () => {
    const first = { ...NO_FEED, phase: "connecting" } as const;
    expect(prepareFreshness({ ...polled, live: first })).toEqual({ state: "connecting" });
  });

  it("is paused whatever the connection does", () => {
    const paused = { ...lost, pausedAt: NOW - 500, waiting: 12 };
    const expected = { state: "paused", since: NOW - 500, waiting: 12 };
    expect(prepareFreshness({ ...polled, live: paused })).toEqual(expected);
  });
});
