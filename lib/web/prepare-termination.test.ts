import { describe, expect, it } from "vitest";
import type { SessionEvent } from "@/lib/contract/events";
import { describeAnswer } from "./describe-answer";
import { awaitsAnswer, prepareTermination } from "./prepare-termination";

const REQUESTED_AT = "2026-11-20T12:00:00.000Z";
const NOW = Date.parse(REQUESTED_AT) + 1_000;

function anEvent(type: SessionEvent["type"], data: SessionEvent["data"] = null): SessionEvent {
  return { seq: 1, type, at: REQUESTED_AT, reason: null, data };
}

const terminated = anEvent("terminated", { commandId: "c1", detail: null });
const answered = (data: Record<string, unknown>) =>
  anEvent("command_acknowledged", { commandId: "c1", outcome: "done", elapsedMs: 240, pid: 4121, ...data });

describe("how far a termination has come", () => {
  it("is nothing for a session that nobody terminated", () => {
    expect(prepareTermination([anEvent("created"), anEvent("closed")])).toBeNull();
    expect(prepareTermination([anEvent("terminated", { detail: null })])).toBeNull();
  });

  it("is a request until its server has answered", () => {
    expect(prepareTermination([terminated])).toEqual({ requestedAt: REQUESTED_AT, answer: null });
    expect(prepareTermination([terminated, answered({ commandId: "another" })])?.answer).toBeNull();
  });

  it("is its server's answer", () => {
    const answer = { outcome: "failed", detail: "busy" };
    expect(prepareTermination([terminated, answered(answer)])?.answer).toMatchObject(answer);
  });

  it("is no answer when the event does not say which", () => {
    expect(prepareTermination([terminated, answered({ outcome: "maybe" })])?.answer).toBeNull();
  });
});

describe("waiting for the answer", () => {
  it("goes on while it may arrive any moment", () => {
    expect(awaitsAnswer([terminated], NOW)).toBe(true);
    expect(awaitsAnswer([terminated], NOW + 60_000)).toBe(false);
  });

  it("is over with the answer, and does not begin without a termination", () => {
    expect(awaitsAnswer([terminated, answered({})], NOW)).toBe(false);
    expect(awaitsAnswer([anEvent("created")], NOW)).toBe(false);
  });
});

it.each([
  [{ outcome: "done", elapsedMs: 240, pid: 4121 }, "acknowledged by pid 4121 in 240 ms"],
  [{ outcome: "done", elapsedMs: null, instanceId: "notes-1" }, "acknowledged by notes-1"],
  [{ outcome: "done", elapsedMs: 1_900 }, "acknowledged by its server in 1 s"],
  [{ outcome: "unknown_session", elapsedMs: 12, pid: 7 }, "pid 7 had no such session, as it said after 12 ms"],
  [
    { outcome: "failed", elapsedMs: 12, pid: 7 },
    "pid 7 could not carry it out, as it said after 12 ms: refused at its next use",
  ],
] as const)("says what the server answered: %j", (answer, words) => {
  expect(describeAnswer(answer)).toBe(words);
});
