import { describe, expect, it } from "vitest";
import { TerminationJob, type TerminationOrder } from "./termination-job";

const NOW = 1_000_000;

function jobOf(count: number, order: Partial<TerminationOrder> = {}): TerminationJob {
  const targets = Array.from({ length: count }, (_, index) => ({ id: `s-${String(index)}`, server: "notes" }));
  return new TerminationJob({ id: "t", targets, reason: null, perSecond: 10, now: NOW, ttlMs: 60_000, ...order });
}

const settleAll = (job: TerminationJob, now: number, outcome: "ended" | "skipped" = "ended") => {
  const due = job.takeDue(now);
  for (const index of due) job.settle(index, { outcome }, now);
  return due;
};

describe("a termination of many sessions", () => {
  it("ends nothing while it is only planned", () => {
    const job = jobOf(3);
    expect([job.stateAt(NOW), job.takeDue(NOW + 30_000), job.msUntilDue(), job.etaMs(NOW)]).toEqual([
      "planned",
      [],
      null,
      null,
    ]);
  });

  it("goes through its set in order and at its pace, then is finished", () => {
    const job = jobOf(3);
    job.start(NOW);
    expect(settleAll(job, NOW)).toEqual([0]);
    expect(job.msUntilDue()).toBe(100);
    expect(job.etaMs(NOW)).toBe(200);
    expect(settleAll(job, NOW + 99)).toEqual([]);
    expect(settleAll(job, NOW + 100)).toEqual([1]);
    expect(job.isRunning).toBe(true);
    expect(settleAll(job, NOW + 300)).toEqual([2]);
    expect([job.stateAt(NOW + 300), job.endedAt, job.msUntilDue(), job.etaMs(NOW + 300)]).toEqual([
      "finished",
      NOW + 300,
      null,
      null,
    ]);
    expect(job.counts).toEqual({ queued: 0, ended: 3, skipped: 0, failed: 0 });
  });

  it("is not finished while one is still being ended", () => {
    const job = jobOf(1);
    job.start(NOW);
    expect(job.takeDue(NOW)).toEqual([0]);
    expect([job.isRunning, job.msUntilDue()]).toEqual([true, null]);
    job.settle(0, { outcome: "skipped" }, NOW + 5);
    expect(job.stateAt(NOW + 5)).toBe("finished");
  });

  it("is finished at once when there is nothing to end", () => {
    const job = jobOf(0);
    job.start(NOW);
    expect(job.stateAt(NOW)).toBe("finished");
  });

  it("expires when nobody starts it in time, and then cannot be started", () => {
    const job = jobOf(3);
    expect([job.stateAt(NOW + 59_999), job.stateAt(NOW + 60_000)]).toEqual(["planned", "expired"]);
    job.start(NOW + 60_000);
    expect(job.takeDue(NOW + 60_000)).toEqual([]);
    const started = jobOf(3);
    started.start(NOW + 59_999);
    expect(started.stateAt(NOW + 90_000)).toBe("running");
  });

  it("stops between two sessions and leaves the rest as it is, keeping account of what is under way", () => {
    const job = jobOf(5);
    job.start(NOW);
    settleAll(job, NOW);
    const [underWay] = job.takeDue(NOW + 100);
    job.stop("operator", NOW + 120);
    expect(job.takeDue(NOW + 10_000)).toEqual([]);
    job.settle(underWay ?? -1, { outcome: "ended" }, NOW + 130);
    expect([job.stateAt(NOW + 130), job.stoppedBy, job.endedAt]).toEqual(["cancelled", "operator", NOW + 120]);
    expect(job.counts).toEqual({ queued: 3, ended: 2, skipped: 0, failed: 0 });
    job.start(NOW + 200);
    job.stop("shutdown", NOW + 200);
    expect([job.stateAt(NOW + 200), job.stoppedBy]).toEqual(["cancelled", "operator"]);
  });

  it("cannot be cancelled once it is finished", () => {
    const job = jobOf(1);
    job.start(NOW);
    settleAll(job, NOW);
    job.stop("operator", NOW + 1);
    expect([job.stateAt(NOW + 1), job.stoppedBy]).toEqual(["finished", null]);
  });

  it("gives up after twenty failures in a row, not after twenty altogether", () => {
    const job = jobOf(100, { perSecond: 1_000 });
    job.start(NOW);
    const fail = (index: number) => {
      job.settle(index, { outcome: "failed", code: "storage_full" }, NOW);
    };
    const due = job.takeDue(NOW + 1_000);
    for (const index of due.slice(0, 19)) fail(index);
    job.settle(due[19] ?? -1, { outcome: "ended" }, NOW);
    for (const index of due.slice(20, 39)) fail(index);
    expect(job.isRunning).toBe(true);
    fail(due[39] ?? -1);
    expect([job.stateAt(NOW), job.stoppedBy]).toEqual(["cancelled", "failures"]);
    expect([job.failureAt(0), job.failureAt(19), job.outcomeAt(0), job.outcomeAt(99)]).toEqual([
      "storage_full",
      null,
      "failed",
      "queued",
    ]);
  });

  it("counts an answer once, and only for sessions that it has ended itself", () => {
    const job = jobOf(3);
    job.start(NOW);
    settleAll(job, NOW);
    settleAll(job, NOW + 100, "skipped");
    for (const id of ["s-0", "s-0", "s-1", "s-2", "elsewhere"]) job.acknowledge(id);
    expect(job.acknowledged).toBe(1);
  });

  it("expects to need as long as it has needed so far, when that is slower than its pace", () => {
    const job = jobOf(100, { perSecond: 1_000 });
    job.start(NOW);
    for (const index of job.takeDue(NOW + 50)) job.settle(index, { outcome: "ended" }, NOW + 5_000);
    expect(job.counts.ended).toBe(51);
    expect(job.etaMs(NOW + 5_100)).toBe(4_900);
  });
});
