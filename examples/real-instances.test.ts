import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Session } from "../lib/contract/session";
import { instanceCalls } from "../lib/testing/instance-calls";
import { type ServedRegistry, serveTestRegistry } from "../lib/testing/served-registry";
import { type ClientProfile, type NotesSession, openNotesSession, SessionEndedError } from "./clients/notes-session";
import { type NotesServer, type NotesServerOptions, startNotesServer } from "./notes-server/start-notes-server";
import { RUN_TYPESCRIPT, type RunningProcess, startProcess } from "./start-process";

const ADA = { name: "atlas-ide", version: "2.4.1", user: "ada", capabilities: { roots: {} } };
const NEVER_MS = 3_600_000;
const LEASE_MS = 30_000;
/** Real programs on a busy machine. */
const PATIENT = { timeout: 15_000 };

let registry: ServedRegistry;
let calls: ReturnType<typeof instanceCalls>;
let servers: NotesServer[];
let processes: RunningProcess[];
let sessions: NotesSession[];

/** Holdfast on a real port, real MCP servers that report to it, and real clients: only Holdfast's time is a test's own. */
beforeEach(async () => {
  registry = await serveTestRegistry();
  calls = instanceCalls(registry);
  [servers, processes, sessions] = [[], [], []];
});

afterEach(async () => {
  await Promise.all(sessions.map((session) => session.drop()));
  await Promise.all(servers.map((server) => server.close()));
  await Promise.all(processes.map((running) => running.kill()));
  await registry.close();
});

async function serve(options: Partial<NotesServerOptions> = {}): Promise<NotesServer> {
  const server = await startNotesServer({
    holdfastUrl: registry.url,
    heartbeatMs: NEVER_MS,
    log: () => undefined,
    ...options,
  });
  servers.push(server);
  return server;
}

async function open(url: string, profile: ClientProfile = ADA): Promise<NotesSession> {
  const session = await openNotesSession(new URL(url), profile);
  sessions.push(session);
  // Registered, with what restores it.
  await expect.poll(() => calls.session(session.id), PATIENT).toMatchObject({ status: "active", stateVersion: 1 });
  return session;
}

const terminate = ({ id }: NotesSession) =>
  registry.call("DELETE", `/api/mcp/sessions/${id}`, { body: { reason: "misbehaves" } });

async function acknowledgement({ id }: NotesSession) {
  const events = await calls.events(id);
  return events.find(({ type }) => type === "command_acknowledged")?.data;
}

describe("a termination", () => {
  it("reaches the server over its stream within a second, and is acknowledged with its pid", async () => {
    const server = await serve();
    const session = await open(server.url);
    const startedAt = performance.now();
    await terminate(session);
    await expect.poll(() => acknowledgement(session), { interval: 5, ...PATIENT }).toBeDefined();
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(await acknowledgement(session)).toMatchObject({
      outcome: "done",
      instanceId: server.instanceId,
      pid: process.pid,
    });
    await expect(session.call("list_notes", {})).rejects.toThrow(SessionEndedError);
  });

  it("reaches a server without a stream with the reply to its heartbeat", async () => {
    registry.streams = false;
    const server = await serve({ heartbeatMs: 20 });
    const session = await open(server.url);
    await terminate(session);
    await expect.poll(() => acknowledgement(session), PATIENT).toMatchObject({ outcome: "done", pid: process.pid });
    await expect(session.call("list_notes", {})).rejects.toThrow(SessionEndedError);
  });

  it("of a session whose server has just started anew is answered with what that server knows", async () => {
    const first = await serve();
    const session = await open(first.url);
    await first.close();
    await terminate(session);
    const { instanceId } = await serve({ port: Number(new URL(first.url).port) });
    await expect
      .poll(() => acknowledgement(session), PATIENT)
      .toMatchObject({ outcome: "unknown_session", instanceId, pid: process.pid });
  });
});

describe("a drain", () => {
  const drain = (method: "PUT" | "DELETE", id: string) => registry.call(method, `/api/mcp/instances/${id}/drain`);
  const INITIALIZE = {
    ...{ jsonrpc: "2.0", id: 0, method: "initialize" },
    params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "late", version: "1.0.0" } },
  };
  const initialize = (url: string) =>
    fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json, text/event-stream" },
      body: JSON.stringify(INITIALIZE),
    }).then(async (response) => ({ status: response.status, headers: response.headers, text: await response.text() }));

  it("turns new clients away until it ends, and leaves the others alone", async () => {
    const { url, instanceId } = await serve();
    const session = await open(url);
    await drain("PUT", instanceId);
    await expect.poll(() => initialize(url).then(({ status }) => status), PATIENT).toBe(503);
    expect((await initialize(url)).headers.get("retry-after")).toBe("5");
    expect(await session.call("list_notes", {})).toEqual({ ok: true });
    await drain("DELETE", instanceId);
    await expect.poll(() => initialize(url).then(({ status }) => status), PATIENT).toBe(200);
  });
});

describe("a server that stops and comes back", { timeout: 60_000 }, () => {
  const MAIN = fileURLToPath(new URL("notes-server/main.ts", import.meta.url));

  async function startNotes(port: number): Promise<RunningProcess & { url: string; port: number }> {
    const running = startProcess({
      args: [...RUN_TYPESCRIPT, MAIN, "--holdfast-url", registry.url, "--port", String(port), "--heartbeat-ms", "100"],
    });
    processes.push(running);
    const [, url = ""] = await running.untilLine(/listening on (\S+)/);
    return { ...running, url, port: Number(new URL(url).port) };
  }

  const status = async ({ id }: NotesSession): Promise<Partial<Session>> => calls.session(id);
  const types = async ({ id }: NotesSession) => (await calls.events(id)).map(({ type }) => type);

  it("leaves its sessions waiting when it shuts down, and takes them up again", async () => {
    const first = await startNotes(0);
    const session = await open(first.url);
    await session.call("list_notes", {});
    await first.stop();
    expect(await status(session)).toMatchObject({
      ...{ status: "disconnected", endReason: "server_shutdown", requestCount: 2 },
    });

    const second = await startNotes(first.port);
    await second.untilLine(/taken up again: 1$/);
    expect(await status(session)).toMatchObject({ status: "active", epoch: 2, endReason: null });
    expect(await session.call("list_notes", {})).toEqual({ ok: true });
    await expect.poll(() => status(session), PATIENT).toMatchObject({ requestCount: 3 });
  });

  it("loses its sessions with its lease when it is killed, and takes them up again under their ids", async () => {
    const first = await startNotes(0);
    const [ada, guest] = [await open(first.url), await open(first.url, { name: "visitor", version: "1.0.0" })];
    await first.kill();
    registry.time.advance(LEASE_MS + 1_000);
    await registry.sweep();
    expect(await status(ada)).toMatchObject({ status: "disconnected", endReason: "instance_lost" });

    const second = await startNotes(first.port);
    await second.untilLine(/taken up again: 2$/);
    expect(await ada.call("add_note", { text: "still here" })).toEqual({ ok: true });
    expect(await guest.call("list_notes", {})).toEqual({ ok: true });
    await expect.poll(() => types(ada), PATIENT).toEqual(["created", "state_written", "disconnected", "claimed"]);
    // Whom a client acts for is restored with it: nobody else gets at its session.
    const stolen = await fetch(second.url, { method: "DELETE", headers: { "mcp-session-id": ada.id } });
    expect(stolen.status).toBe(404);
  });

  it("is asked again what it was working on when it was killed", async () => {
    const first = await startNotes(0);
    const session = await openNotesSession(new URL(first.url), ADA, { patienceMs: 60_000 });
    sessions.push(session);
    const report = session.call("slow_report", { seconds: 1 });
    await expect
      .poll(() => status(session).catch(() => undefined), PATIENT)
      .toMatchObject({ inFlight: 1, stateVersion: 1 });
    await first.kill();
    await startNotes(first.port);
    expect(await report).toEqual({ ok: true });
    await expect.poll(() => types(session), PATIENT).toContain("claimed");
  });

  it("does not have to wait for its lease when it is back at once", async () => {
    const first = await startNotes(0);
    const session = await open(first.url);
    const [{ bootId }, { epoch }] = [await boot(), await status(session)];
    await first.kill();
    await startNotes(first.port);
    expect(await session.call("list_notes", {})).toEqual({ ok: true });
    expect((await boot()).bootId).not.toBe(bootId);
    expect(await status(session)).toMatchObject({ status: "active", epoch: (epoch ?? 0) + 1 });
  });

  it("waits for a Holdfast that is away, and does not send its clients away meanwhile", async () => {
    const first = await startNotes(0);
    const session = await open(first.url);
    const { bootId } = await boot();
    await first.kill();
    registry.isAway = true;
    const second = await startNotes(first.port);
    await second.untilLine(/cannot restore sessions yet/);
    expect((await ping(second.url, session.id)).status).toBe(503);

    registry.isAway = false;
    await second.untilLine(/taken up again: 1$/);
    expect(await session.call("list_notes", {})).toEqual({ ok: true });
    expect((await boot()).bootId).not.toBe(bootId);
  });

  /** A request of a client that knows its session's id. */
  function ping(url: string, sessionId: string): Promise<Response> {
    return fetch(url, {
      method: "POST",
      headers: {
        ...{ "content-type": "application/json", accept: "application/json, text/event-stream" },
        ...{ "mcp-session-id": sessionId, authorization: "Bearer demo-ada" },
      },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "ping" }),
    });
  }

  async function boot(): Promise<{ bootId: string }> {
    const { body } = await registry.call<{ instances: { bootId: string; status: string }[] }>(
      "GET",
      "/api/mcp/instances",
    );
    const alive = body.instances.find(({ status }) => status === "alive");
    if (!alive) throw new Error("No instance is alive.");
    return alive;
  }
});
