import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Session } from "../lib/contract/session";
import { type ServedRegistry, serveTestRegistry } from "../lib/testing/served-registry";
import { type ClientProfile, type NotesSession, openNotesSession } from "./clients/notes-session";
import { type NotesServer, startNotesServer } from "./notes-server/start-notes-server";

/** Real programs on a busy machine. */
const PATIENT = { timeout: 15_000 };
const ADA = { name: "atlas-ide", version: "2.4.1", user: "ada", capabilities: { roots: {} } };

let registry: ServedRegistry;
let server: NotesServer;
let sessions: NotesSession[];

/** Holdfast itself on a real port, a real MCP server that reports to it, and real clients: only time is a test's own. */
beforeEach(async () => {
  sessions = [];
  registry = await serveTestRegistry();
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
  await registry.close();
});

async function open(profile: ClientProfile): Promise<NotesSession> {
  const session = await openNotesSession(new URL(server.url), profile);
  sessions.push(session);
  await expect.poll(() => read(session).then(({ status }) => status), PATIENT).toBe("active");
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
      .poll(() => read(session), PATIENT)
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

  it("answers 404 to the client of a session that has expired", async () => {
    const session = await open({ name: "night-owl", version: "1.2.0" });
    registry.time.advance(46_000);
    expect(await read(session)).toMatchObject({ status: "expired", endReason: "idle_timeout" });
    await expect.poll(() => session.call("list_notes", {}).catch(String), PATIENT).toContain("404 Not Found");
  });

  it("records the goodbye of a client", async () => {
    const session = await open(ADA);
    await session.call("list_notes", {});
    await session.end();
    await expect
      .poll(() => read(session), PATIENT)
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
    await expect.poll(() => read(session), PATIENT).toMatchObject({ status: "active", requestCount: 3 });
  });
});
