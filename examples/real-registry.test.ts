import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { HeartbeatsReply } from "../lib/contract/heartbeat";
import type { Session } from "../lib/contract/session";
import { serveApi } from "../lib/http/node-adapter";
import { startTestRegistry, type TestRegistry } from "../lib/testing/test-registry";
import { type ClientProfile, type NotesSession, openNotesSession, SessionEndedError } from "./clients/notes-session";
import { type NotesServer, startNotesServer } from "./notes-server/start-notes-server";

const ADA = { name: "atlas-ide", version: "2.4.1", user: "ada", capabilities: { roots: {} } };

let registry: TestRegistry;
let server: NotesServer;
let stopListening: () => void;
let sessions: NotesSession[];

/** Holdfast itself on a real port, a real MCP server that reports to it, and real clients: only time is a test's own. */
beforeEach(async () => {
  sessions = [];
  registry = await startTestRegistry();
  const http = createServer((request, response) => void serveApi(request, response, registry.runtime));
  await once(http.listen(0, "127.0.0.1"), "listening");
  stopListening = () => {
    http.close();
    http.closeAllConnections();
  };
  server = await startNotesServer({
    holdfastUrl: `http://127.0.0.1:${String((http.address() as AddressInfo).port)}`,
    heartbeatMs: 20,
    guestIdleTimeoutMs: 45_000,
    log: () => undefined,
  });
});

afterEach(async () => {
  await Promise.all(sessions.map((session) => session.drop()));
  await server.close();
  stopListening();
  await registry.close();
});

async function open(profile: ClientProfile): Promise<NotesSession> {
  const session = await openNotesSession(new URL(server.url), profile);
  sessions.push(session);
  await expect.poll(() => read(session).then(({ status }) => status)).toBe("active");
  return session;
}

async function read({ id }: NotesSession): Promise<Partial<Session>> {
  return (await registry.call<Session>("GET", `/api/mcp/sessions/${id}`)).body;
}

describe("the notes server with Holdfast", () => {
  it("shows a session with what its client is and does", async () => {
    const session = await open(ADA);
    await session.call("list_notes", {});
    await session.call("list_notes", { limit: "all" });
    const slow = session.call("slow_report", { seconds: 600 });
    await expect
      .poll(() => read(session))
      .toMatchObject({
        server: "notes",
        serverVersion: "1.0.0",
        clientInfo: { name: "atlas-ide", version: "2.4.1" },
        capabilities: { tools: { listChanged: true } },
        protocolVersion: "2025-11-25",
        transport: "streamable-http",
        principal: "ada",
        idleTimeoutMs: 600_000,
        health: "healthy",
        inFlight: 1,
        requestCount: 4,
        errorCount: 1,
      });
    await session.drop();
    await expect(slow).rejects.toThrow();
  });

  it("answers 404 to the client of a session that an operator terminated, and says so to the registry", async () => {
    const session = await open(ADA);
    await registry.call("DELETE", `/api/mcp/sessions/${session.id}`, { body: { reason: "misbehaves" } });
    const beat = { body: { beats: [{ id: session.id }] } };
    // The command stays open until the notes server has acknowledged it.
    await expect
      .poll(async () => (await registry.call<HeartbeatsReply>("POST", "/api/mcp/heartbeats", beat)).body)
      .toEqual({
        results: [{ id: session.id, outcome: "gone", status: "terminated", reason: "operator_terminated" }],
        commands: [],
      });
    await expect(session.call("list_notes", {})).rejects.toThrow(SessionEndedError);
  });

  it("answers 404 to the client of a session that has expired", async () => {
    const session = await open({ name: "night-owl", version: "1.2.0" });
    registry.time.advance(46_000);
    expect(await read(session)).toMatchObject({ status: "expired", endReason: "idle_timeout" });
    await expect.poll(() => session.call("list_notes", {}).catch(String)).toContain("404 Not Found");
  });

  it("records the goodbye of a client", async () => {
    const session = await open(ADA);
    await session.call("list_notes", {});
    await session.end();
    await expect
      .poll(() => read(session))
      .toMatchObject({
        status: "closed",
        endReason: "client_closed",
        requestCount: 2,
      });
  });

  it("goes on with its sessions when Holdfast has been restarted", async () => {
    const session = await open(ADA);
    await session.call("list_notes", {});
    await registry.restart();
    await session.call("list_notes", {});
    await expect.poll(() => read(session)).toMatchObject({ status: "active", requestCount: 3 });
  });

  it("leaves its sessions active when it shuts down", async () => {
    const session = await open(ADA);
    await session.call("list_notes", {});
    await server.close();
    expect(await read(session)).toMatchObject({ status: "active", requestCount: 2 });
  });
});
