import { expect, it } from "vitest";
import type { SessionEvent } from "@/lib/contract/events";
import { describeWrites } from "./describe-writes";
import { prepareTimeline } from "./prepare-timeline";

function anEvent(seq: number, type: SessionEvent["type"], data: SessionEvent["data"] = null): SessionEvent {
  return { seq, type, at: new Date(Date.UTC(2026, 10, 20, 7, 0, seq)).toISOString(), reason: null, data };
}

const state = (seq: number, version: number) => anEvent(seq, "state_written", { version, mode: "merge" });
const messages = (seq: number, count: number) => anEvent(seq, "messages_appended", { count });

/** The lines as a reader sees them. */
function linesOf(events: readonly SessionEvent[]): string[] {
  return prepareTimeline(events).map((entry) => (entry.kind === "event" ? entry.event.type : describeWrites(entry)));
}

it("leaves other events alone", () => {
  expect(linesOf([anEvent(1, "created"), anEvent(2, "updated"), anEvent(3, "updated"), anEvent(4, "closed")])).toEqual([
    ...["created", "updated", "updated", "closed"],
  ]);
});

it("speaks of a single write in the singular", () => {
  expect(linesOf([state(1, 1), anEvent(2, "updated"), messages(3, 1)])).toEqual([
    ...["State written, version 1", "updated", "1 message appended"],
  ]);
});

it("folds a run of writes into one line", () => {
  const writes = Array.from({ length: 12 }, (_, index) => state(index + 1, index + 3));
  expect(linesOf(writes)).toEqual(["State written 12 times, versions 3–14"]);
  expect(linesOf([1, 4, 4, 4, 1].map((count, index) => messages(index + 1, count)))).toEqual([
    "14 messages appended in 5 writes",
  ]);
});

it("folds state and messages that take turns into one line each", () => {
  expect(linesOf([messages(1, 1), state(2, 1), messages(3, 2), state(4, 2)])).toEqual([
    ...["3 messages appended in 2 writes", "State written 2 times, versions 1–2"],
  ]);
});

it("begins a new line after any other event", () => {
  expect(linesOf([state(1, 1), state(2, 2), anEvent(3, "updated"), state(4, 3), anEvent(5, "expired")])).toEqual([
    ...["State written 2 times, versions 1–2", "updated", "State written, version 3", "expired"],
  ]);
});

it("says when a run began and ended, and names it by its beginning", () => {
  expect(prepareTimeline([state(7, 1), state(8, 2), state(9, 3)])).toEqual([
    {
      ...{ kind: "state_written", seq: 7, writes: 3, versions: [1, 3], messageCount: null },
      ...{ firstAt: "2026-11-20T07:00:07.000Z", lastAt: "2026-11-20T07:00:09.000Z" },
    },
  ]);
});

it("shows a write as it is when it does not say what it wrote", () => {
  expect(linesOf([state(1, 1), anEvent(2, "state_written"), anEvent(3, "messages_appended", { count: "2" })])).toEqual([
    ...["State written, version 1", "state_written", "messages_appended"],
  ]);
});
