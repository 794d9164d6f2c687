import { expect, describe, it } from "vitest";
import { LiveFrame } from "@/lib/contract/live";
import { ScriptedSource } from "@/lib/testing/scripted-source";
import { composeMessage } from "./feed-item";
import { itemsOfLog } from "./items-of-log";

function framesOf({ entries, sessions }: ScriptedSource) {
  const items = itemsOfLog(entries, sessions);
  if (items.length > 0) LiveFrame.parse(JSON.parse(composeMessage(items).toString()));
  return items.map(({ frame }) => frame);
}

describe("itemsOfLog", () => {
  it("folds what happened to a session into one update at its last event, and keeps beginning and end apart", () => {
    const source = new ScriptedSource();
    source.append("created", 1);
    source.append("state_written", 1);
    source.append("created", 2);
    source.append("messages_appended", 1);
    source.append("updated", 2);
    source.append("closed", 1, { reason: "client_closed" });
    const told = framesOf(source).map((frame) => [
      ...[frame.seq, frame.type, "session" in frame && frame.session.id],
      ...("events" in frame ? frame.events : []),
    ]);
    expect(told).toEqual([
      [1, "session_created", "s1"],
      [3, "session_created", "s2"],
      [4, "session_updated", "s1", "state_written", "messages_appended"],
      [5, "session_updated", "s2", "updated"],
      [6, "session_disconnected", "s1"],
    ]);
  });

  it.each([
    ["disconnected", "transport_lost"],
    ["expired", "idle_timeout"],
    ["closed", "server_closed"],
    ["terminated", "token_reuse"],
  ] as const)("tells that a session is %s, with its reason", (type, reason) => {
    const source = new ScriptedSource();
    source.append(type, 1, { reason });
    expect(framesOf(source)).toMatchObject([{ type: "session_disconnected", status: type, reason }]);
  });

  it("follows a command from the end that asks for it to its answer", () => {
    const source = new ScriptedSource();
    source.append("terminated", 1, { reason: "operator_terminated", data: { commandId: "c", detail: "why" } });
    const answer = { commandId: "c", outcome: "failed", detail: "busy", elapsedMs: 7, instanceId: "i", pid: 41 };
    source.append("command_acknowledged", 1, { data: answer });
    source.append("command_acknowledged", 1, { data: { commandId: "d", outcome: "done", elapsedMs: -250 } });
    const nobody = { outcome: null, detail: null, elapsedMs: null, instanceId: null, pid: null };
    expect(framesOf(source).slice(1)).toMatchObject([
      { type: "command_updated", seq: 1, sessionId: "s1", commandId: "c", state: "requested", ...nobody },
      { type: "command_updated", seq: 2, sessionId: "s1", state: "acknowledged", ...answer },
      { seq: 3, state: "acknowledged", ...nobody, commandId: "d", outcome: "done", elapsedMs: 0 },
    ]);
  });

  it("leaves out sessions that are no longer on record", () => {
    const source = new ScriptedSource();
    source.append("created", 1);
    source.append("created", 2);
    source.sessions.delete(1);
    expect(framesOf(source)).toMatchObject([{ seq: 2 }]);
  });
});
