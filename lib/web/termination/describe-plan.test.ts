import { describe, expect, it } from "vitest";
import { describeDuration, describeExclusion, describeTarget, printFilter } from "./describe-plan";
import { describeResult } from "./describe-result";
import { readCount, readPace } from "./read-numbers";
import { aResult } from "./termination-fixtures";

describe("the words of a plan", () => {
  it("name what was asked for", () => {
    expect(describeTarget({ ids: ["a"] })).toBe("1 selected session");
    expect(describeTarget({ query: "  " })).toBe("Every session");
    expect(describeTarget({ query: "server:notes" })).toBe("Every session that matches");
    expect(printFilter({ server: "notes", query: "idle:>10m" })).toBe("server:notes idle:>10m");
    expect(printFilter({})).toBe("");
  });

  it("say why sessions are left out", () => {
    expect(describeExclusion({ reason: "already_ended", count: 1 })).toBe("1 session has already ended.");
    expect(describeExclusion({ reason: "unknown", count: 1_200 })).toBe("1,200 ids are unknown.");
    expect(describeExclusion({ reason: "over_limit", count: 2 })).toContain("over the limit of 100,000");
  });

  it("say how long it takes", () => {
    expect(describeDuration({ count: 51, perSecond: 50 })).toBe("about 1 s");
    expect(describeDuration({ count: 1, perSecond: 1 })).toBe("less than a second");
    expect(describeDuration({ count: 6_001, perSecond: 50 })).toBe("about 2 min 00 s");
  });
});

describe("the result of one session", () => {
  it.each([
    [{}, "Acknowledged by pid 4121 in 240 ms"],
    [{ answer: null }, "No answer: refused at its next use"],
    [{ answer: null, isCommanded: false }, "Terminated; it had no MCP server to tell"],
    [{ outcome: "queued", answer: null }, "Waiting for its turn"],
    [{ outcome: "skipped", endReason: "idle_timeout" }, "Had ended before: idle timeout"],
    [{ outcome: "skipped", endReason: null }, "Had ended before"],
    [{ outcome: "failed", code: "storage_full" }, "Failed: storage full"],
  ] as const)("of %j", (facts, text) => {
    expect(describeResult(aResult(facts), { isRunning: true, isMoving: false })).toBe(text);
  });

  it("depends on what may still come", () => {
    const over = { isRunning: false, isMoving: true };
    expect(describeResult(aResult({ answer: null }), over)).toBe("No answer yet: refused at its next use");
    expect(describeResult(aResult({ outcome: "queued" }), over)).toBe("Left as it was");
  });
});

describe("numbers that operators type", () => {
  it.each([
    ["1200", 1_200],
    [" 1,200 ", 1_200],
    ["1 200", 1_200],
    ["12,00", null],
    ["60 sessions", null],
    ["-60", null],
    ["", null],
  ])("reads %j as %j sessions", (text, count) => {
    expect(readCount(text)).toBe(count);
  });

  it.each([
    ["1", 1],
    ["1000", 1_000],
    ["0", null],
    ["1001", null],
    ["2.5", null],
    ["", null],
  ])("reads %j as a pace of %j", (text, pace) => {
    expect(readPace(text)).toBe(pace);
  });
});
