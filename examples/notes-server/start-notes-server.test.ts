import { request } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type NotesSession, openNotesSession, SessionEndedError } from "../clients/notes-session";
import { gone, ScriptedRegistry } from "../testing/scripted-registry";
import { type NotesServer, startNotesServer } from "./start-notes-server";

const ADA = { name: "atlas-ide", version: "2.4.1", user: "ada" };
const HEADERS = { "content-type": "application/json", accept: "application/json, text/event-stream" };
const LIST_TOOLS = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list" });

let registry: ScriptedRegistry;
let server: NotesServer;
let sessions: NotesSession[];

beforeEach(async () => {
  sessions = [];
  registry = await new ScriptedRegistry().start();
  server = await startNotesServer({
    holdfastUrl: registry.url,
    heartbeatMs: 20,
    guestIdleTimeoutMs: 45_000,
    log: () => undefined,
  });
});

afterEach(async () => {
  await Promise.all(sessions.map((session) => session.drop()));
  await server.close();
  await registry.stop();
});

async function open(profile: Parameters<typeof openNotesSession>[1]): Promise<NotesSession> {
  const session = await openNotesSession(new URL(server.url), profile);
  sessions.push(session);
  return session;
}

describe("the notes server", () => {
  it("registers the session id that its SDK minted, with user and idle timeout", async () => {
    const session = await open(ADA);
    await registry.until(() => registry.registrations.length === 1);
    expect(registry.registrations[0]).toMatchObject({ id: session.id, principal: "ada", idleTimeoutMs: 600_000 });

    const guest = await open({ name: "visitor", version: "1.0.0" });
    await registry.until(() => registry.registrations.length === 2);
    expect(registry.registrations[1]).toMatchObject({ id: guest.id, principal: null, idleTimeoutMs: 45_000 });
  });

  it("reports calls, failed calls and calls in flight", async () => {
    const session = await open(ADA);
    expect(await session.call("add_note", { text: "buy milk" })).toEqual({ ok: true });
    expect(await session.call("add_note", { txet: "buy milk" })).toEqual({ ok: false });
    const slow = session.call("slow_report", { seconds: 600 });
    await registry.until(() => registry.batches.at(-1)?.beats[0]?.inFlight === 1);
    expect(registry.total("requests")).toBe(4);
    expect(registry.total("errors")).toBe(1);
    await session.drop();
    await expect(slow).rejects.toThrow();
  });

  it("answers 404 to a client whose session was terminated", async () => {
    const session = await open(ADA);
    registry.replyToBeats = ({ beats }) => ({
      results: beats.map(gone),
      commands: [{ id: "c-1", type: "terminate", sessionId: session.id, reason: null }],
    });
    await registry.until(() => registry.acks.some(({ id }) => id === "c-1"));
    await expect(session.call("list_notes", {})).rejects.toThrow(SessionEndedError);
  });

  it("tells a client whose call is in flight that its session was terminated", async () => {
    const session = await open(ADA);
    const slow = session.call("slow_report", { seconds: 600 });
    await registry.until(() => registry.batches.at(-1)?.beats[0]?.inFlight === 1);
    registry.replyToBeats = ({ beats }) => ({ results: beats.map(gone), commands: [] });
    await expect(slow).rejects.toThrow("404 Not Found on slow_report");
  });

  it("reports a close when the client says goodbye, and only then", async () => {
    const polite = await open(ADA);
    const rude = await open(ADA);
    await rude.drop();
    await polite.end();
    await registry.until(() => registry.closes.length > 0);
    await server.close();
    expect(registry.closes).toEqual([
      { call: `DELETE /api/mcp/sessions/${polite.id}`, body: { as: "closed", by: "client" } },
    ]);
  });

  it("does not report its sessions as closed when it shuts down", async () => {
    const session = await open(ADA);
    await session.call("list_notes", {});
    await server.close();
    expect(registry.total("requests")).toBe(2);
    expect(registry.closes).toEqual([]);
  });

  it("serves its clients while Holdfast is away", async () => {
    await registry.stop();
    const session = await open(ADA);
    expect(await session.call("list_notes", {})).toEqual({ ok: true });
  });

  it("answers 404 with a JSON-RPC error to a session id that it does not know", async () => {
    const response = await fetch(server.url, {
      method: "POST",
      headers: { ...HEADERS, "mcp-session-id": "stale" },
      body: LIST_TOOLS,
    });
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      jsonrpc: "2.0",
      error: { code: -32001, message: "Session not found" },
      id: null,
    });
  });

  it.each(["POST", "GET", "DELETE"])(
    "answers 400 to a %s without a session id that is no initialize",
    async (method) => {
      const body = method === "POST" ? LIST_TOOLS : null;
      const response = await fetch(server.url, { method, headers: HEADERS, body });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ jsonrpc: "2.0", error: { code: -32000 }, id: null });
      await server.close();
      expect(registry.registrations).toEqual([]);
    },
  );

  it("keeps a session to the user who opened it", async () => {
    const session = await open(ADA);
    const headers = { ...HEADERS, "mcp-session-id": session.id, authorization: "Bearer demo-mallory" };
    expect((await fetch(server.url, { method: "POST", headers, body: LIST_TOOLS })).status).toBe(404);
    expect((await fetch(server.url, { method: "DELETE", headers })).status).toBe(404);
    expect(await session.call("list_notes", {})).toEqual({ ok: true });
  });

  it("takes back a client whose event stream broke off", async () => {
    const session = await open({ name: "visitor", version: "1.0.0" });
    await session.drop();
    const headers = { accept: "text/event-stream", "mcp-session-id": session.id };
    const follow = async (): Promise<AbortController> => {
      const stream = new AbortController();
      // Until the server has noticed that the one before is gone, it answers 409.
      await expect
        .poll(() => fetch(server.url, { headers, signal: stream.signal }).then(({ status }) => status))
        .toBe(200);
      return stream;
    };
    (await follow()).abort();
    (await follow()).abort();
  });

  it("answers a request that no web request can be made of, and lives on", async () => {
    const status = await new Promise((resolve, reject) => {
      request(server.url, { path: "//", method: "POST", headers: HEADERS }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on("error", reject)
        .end(LIST_TOOLS);
    });
    expect(status).toBe(500);
    const session = await open(ADA);
    expect(await session.call("list_notes", {})).toEqual({ ok: true });
  });

  it("refuses a foreign host name", async () => {
    const status = await new Promise((resolve, reject) => {
      request(server.url, { method: "POST", headers: { ...HEADERS, host: "evil.example" } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on("error", reject)
        .end(LIST_TOOLS);
    });
    expect(status).toBe(403);
  });
});
