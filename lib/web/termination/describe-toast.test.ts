import { describe, expect, it } from "vitest";
import { describeToast } from "./describe-toast";

const requestedAt = "2026-11-20T07:00:00.000Z";
const unanswered = { requestedAt, answer: null };

describe("the toast of a termination", () => {
  it("waits for the registry, then a while for the MCP server", () => {
    expect(describeToast({ id: "s-1", status: "pending", termination: undefined, waitedMs: 0 })).toMatchObject({
      kind: "loading",
      title: "Terminating s-1…",
    });
    for (const termination of [undefined, unanswered])
      expect(describeToast({ id: "s-1", status: "success", termination, waitedMs: 900 })).toMatchObject({
        kind: "loading",
      });
    expect(describeToast({ id: "s-1", status: "success", termination: unanswered, waitedMs: 5_000 })).toMatchObject({
      kind: "info",
      text: "No answer: refused at its next use.",
    });
  });

  it("says who acknowledged it and how fast", () => {
    const answer = { outcome: "done" as const, elapsedMs: 240, pid: 4121 };
    expect(
      describeToast({ id: "s-1", status: "success", termination: { requestedAt, answer }, waitedMs: 300 }),
    ).toEqual({
      kind: "success",
      title: "Terminated s-1",
      text: "Acknowledged by pid 4121 in 240 ms.",
    });
    const failed = { requestedAt, answer: { ...answer, outcome: "failed" as const } };
    expect(describeToast({ id: "s-1", status: "success", termination: failed, waitedMs: 300 })).toMatchObject({
      kind: "error",
    });
  });

  it("does not wait where nobody was told, and leaves refusals to the dialog", () => {
    expect(describeToast({ id: "s-1", status: "success", termination: null, waitedMs: 0 })).toMatchObject({
      kind: "success",
    });
    expect(describeToast({ id: "s-1", status: "error", termination: undefined, waitedMs: 0 })).toBeNull();
  });
});
