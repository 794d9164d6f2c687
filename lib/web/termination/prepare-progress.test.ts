import { describe, expect, it } from "vitest";
import type { Termination } from "@/lib/contract/termination-jobs";
import { describeOutcome, describeProgress, isMoving, percentOf, prepareFigures, recentJobs } from "./prepare-progress";
import { aTermination } from "./termination-fixtures";

const NOW = Date.parse("2026-11-20T07:05:00.000Z");
const ago = (ms: number) => new Date(NOW - ms).toISOString();
const progress = (figures: Partial<Termination["progress"]>): Termination["progress"] => ({
  ...{ queued: 0, ended: 0, acknowledged: 0, failed: 0, skipped: 0 },
  ...figures,
});

describe("the progress of a termination", () => {
  it("counts whatever is settled, and is complete only when all is", () => {
    const job = aTermination({ count: 300, progress: progress({ queued: 1, ended: 290, skipped: 8, failed: 1 }) });
    expect(percentOf(job)).toBe(99);
    expect(describeProgress(job)).toBe("299 of 300 sessions");
    expect(percentOf(aTermination({ count: 0, progress: progress({}) }))).toBe(100);
  });

  it("says how long it will take, once that is worth saying", () => {
    const job = aTermination({ state: "running", count: 60, progress: progress({ queued: 36, ended: 24 }) });
    expect(describeProgress({ ...job, etaMs: 72_000 })).toBe("24 of 60 sessions · about 1 min 12 s left");
    expect(describeProgress({ ...job, etaMs: 900 })).toBe("24 of 60 sessions");
  });

  it.each([
    [{ state: "finished", stoppedBy: null }, "24 of 60 sessions terminated."],
    [{ state: "cancelled", stoppedBy: "operator" }, "Cancelled: 24 of 60 sessions terminated. 36 left as they were."],
    [
      { state: "cancelled", stoppedBy: "failures" },
      "Stopped after too many failures in a row: 24 of 60 sessions terminated. 36 left as they were.",
    ],
    [
      { state: "cancelled", stoppedBy: "shutdown" },
      "Holdfast was stopped: 24 of 60 sessions terminated. 36 left as they were.",
    ],
  ] as const)("sums up %j", (end, sentence) => {
    expect(describeOutcome(aTermination({ ...end, count: 60, progress: progress({ queued: 36, ended: 24 }) }))).toBe(
      sentence,
    );
  });

  it("moves while it runs, and for a while after, until all servers have answered", () => {
    const over = (endedMsAgo: number, acknowledged: number) =>
      aTermination({ state: "finished", endedAt: ago(endedMsAgo), progress: progress({ ended: 2, acknowledged }) });
    expect(isMoving(aTermination({ state: "running" }), NOW)).toBe(true);
    expect(isMoving(over(5_000, 1), NOW)).toBe(true);
    expect(isMoving(over(5_000, 2), NOW)).toBe(false);
    expect(isMoving(over(60_000, 1), NOW)).toBe(false);
    expect(isMoving(aTermination(), NOW)).toBe(false);
  });

  it("shows what happened and leaves out what did not", () => {
    const labels = (figures: Partial<Termination["progress"]>, state: Termination["state"] = "finished") =>
      prepareFigures(aTermination({ state, progress: progress(figures) })).map(({ label }) => label);
    expect(labels({ ended: 2 })).toEqual(["Terminated", "Acknowledged"]);
    expect(labels({ skipped: 1, failed: 1 })).toEqual(["Terminated", "Acknowledged", "Skipped", "Failed"]);
    expect(labels({ queued: 2 }, "running")).toContain("Waiting");
    expect(labels({ queued: 2 }, "cancelled")).toContain("Left alone");
  });

  it("offers running jobs first, and those that ended a moment ago", () => {
    const job = (id: string, facts: Partial<Termination>) =>
      aTermination({ id, progress: progress({ ended: 1 }), ...facts });
    const jobs = [
      job("plan", { progress: progress({ queued: 2 }) }),
      job("dropped", { state: "cancelled", endedAt: ago(1_000), progress: progress({ queued: 2 }) }),
      job("just over", { state: "finished", endedAt: ago(1_000) }),
      job("long over", { state: "finished", endedAt: ago(3_600_000) }),
      job("running", { state: "running" }),
    ];
    expect(recentJobs(jobs, NOW).map(({ id }) => id)).toEqual(["running", "just over"]);
  });
});
