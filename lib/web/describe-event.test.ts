import { expect, it } from "vitest";
import type { SessionEvent } from "@/lib/contract/events";
import { describeEvent } from "./describe-event";

function wordsOf(type: SessionEvent["type"], data: SessionEvent["data"], reason: SessionEvent["reason"] = null) {
  return describeEvent({ seq: 1, type, at: "2026-11-20T12:00:00.000Z", reason, data }, "UTC");
}

it.each([
  ["health_changed", { from: "healthy", to: "aging" }, ["From healthy to aging."]],
  ["heartbeat_gap", { silentMs: 42_000 }, ["No heartbeat for 42 s."]],
  ["revived", { instanceId: "notes-1", from: "disconnected" }, ["notes-1 reported in again and still had it."]],
  [
    "claimed",
    { instanceId: "notes-2", epoch: 2, from: "disconnected" },
    ["notes-2 took it over (epoch 2).", "It was disconnected before."],
  ],
  [
    "reconnected",
    { instanceId: null, epoch: 3, from: "expired" },
    ["Its token was redeemed (epoch 3).", "It was expired before."],
  ],
  ["token_issued", { expiresAt: "2026-11-20T12:15:00.000Z" }, ["Good until 12:15:00, once."]],
  [
    "command_acknowledged",
    { commandId: "c1", outcome: "done", detail: null, elapsedMs: 240, instanceId: "notes-1", pid: 4121 },
    ["Acknowledged by pid 4121 in 240 ms."],
  ],
] as const)("says what happened: %s", (type, data, sentences) => {
  expect(wordsOf(type, data)).toEqual({ sentences, quote: null, facts: [] });
});

it("says why a session was disconnected, who served it, and what was said about it", () => {
  const data = { instanceId: "notes-1", detail: "rolling update" };
  expect(wordsOf("disconnected", data, "server_shutdown")).toEqual({
    sentences: ["The server process that held the session shut down in good order.", "It was served by notes-1."],
    quote: "rolling update",
    facts: [],
  });
});

it("says of an end what the session was before", () => {
  const data = { detail: null, commandId: "c1", from: "disconnected" };
  expect(wordsOf("terminated", data, "operator_terminated")).toEqual({
    sentences: ["An operator ended the session by hand.", "It was disconnected before."],
    quote: null,
    facts: [],
  });
});

it("lists what it has no words for", () => {
  expect(wordsOf("heartbeat_gap", { silentMs: "long" }).facts).toEqual([["silentMs", "long"]]);
  expect(wordsOf("updated", { labels: { team: "core" }, lifetimeMs: null }).facts).toEqual([
    ["labels", '{"team":"core"}'],
    ["lifetimeMs", "null"],
  ]);
});
