import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SessionEventList } from "@/lib/contract/events";
import type { Session } from "@/lib/contract/session";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";

const SESSIONS = "/api/mcp/sessions";

describe("session routes", () => {
  let registry: TestRegistry;
  beforeAll(async () => {
    registry = await startTestRegistry();
  });
  afterAll(() => registry.close());

  const create = async (body: object) => (await registry.call<Session>("POST", SESSIONS, { body })).body;

  it("registers a session under the id its server minted, with all that is known of it", async () => {
    const body = {
      id: "7f0c-minted",
      kind: "protocol",
      server: "notes",
      serverVersion: "1.0.0",
      instanceId: "boot-1",
      clientId: "client-1",
      clientInfo: { name: "claude-ai", version: "0.9" },
      capabilities: { tools: {}, resources: {} },
      protocolVersion: "2025-11-25",
      transport: "streamable-http",
      principal: "user-42",
      mcpServers: ["notes"],
      labels: { team: "core" },
      idleTimeoutMs: 1_800_000,
      lifetimeMs: null,
    };
    const answer = await registry.call<Session>("POST", SESSIONS, { body });
    expect(answer.status).toBe(201);
    expect(answer.headers.get("location")).toBe(`${SESSIONS}/7f0c-minted`);
    const now = new Date(registry.time.now()).toISOString();
    expect(answer.body).toEqual({
      ...body,
      ...{ status: "active", health: "healthy", idleMs: 0, uptimeMs: 0, inFlight: 0 },
      ...{
        createdAt: now,
        lastActivityAt: now,
        lastHeartbeatAt: null,
        endedAt: null,
        endReason: null,
        endDetail: null,
      },
      ...{ requestCount: 0, errorCount: 0, reconnectCount: 0, messageCount: 0, stateVersion: 0 },
      ...{ supersedes: null, supersededBy: null, epoch: 1, tokenExpiresAt: null },
      expiresAt: new Date(registry.time.now() + 1_800_000).toISOString(),
    });
  });

  it("mints an id of at least 128 random bits where none is given, and asks for a server's name only", async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, async () => (await create({ server: "notes" })).id));
    expect(new Set(ids).size).toBe(20);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32,}$/);
  });

  it("reads capabilities given as names as an object", async () => {
    const session = await create({ server: "notes", capabilities: ["tools", "resources"] });
    expect(session.capabilities).toEqual({ tools: {}, resources: {} });
  });

  it.each(["a/b", "a?b=c#d", "100%", "%2e%2e", "events", "~!@$&'()*+,;=:|\\\"<>^`{}"])(
    "serves the id %j at the location that it names",
    async (id) => {
      const created = await registry.call<Session>("POST", SESSIONS, { body: { id, server: "notes" } });
      const location = created.headers.get("location") ?? "";
      expect((await registry.call<Session>("GET", location)).body).toEqual(created.body);
      expect((await registry.call("POST", `${location}/heartbeat`)).status).toBe(200);
      expect((await registry.call("DELETE", location)).status).toBe(200);
    },
  );

  it("answers a taken id with 409 and the way to the session that has it", async () => {
    const session = await create({ id: "taken/id", server: "notes" });
    const answer = await registry.call("POST", SESSIONS, { body: { id: "taken/id", server: "other" } });
    expect(answer).toMatchObject({ status: 409, body: { code: "session_exists", sessionId: "taken/id" } });
    const existing = await registry.call<Session>("GET", String(answer.body["existing"]));
    expect(existing.body).toEqual(session);
  });

  it("changes what is named, merges labels, and is no activity", async () => {
    const { id } = await create({ server: "notes", labels: { a: "1", b: "1" }, principal: "user-1" });
    registry.time.advance(5_000);
    const path = `${SESSIONS}/${id}`;
    const body = { labels: { b: null, c: "2" }, principal: null, clientInfo: { name: "cli" }, idleTimeoutMs: 60_000 };
    const answer = await registry.call<Session>("PATCH", path, { body });
    expect(answer).toMatchObject({
      status: 200,
      body: { labels: { a: "1", c: "2" }, principal: null, clientInfo: { name: "cli" }, idleMs: 5_000 },
    });
    expect(answer.body.expiresAt).toBe(new Date(registry.time.now() + 55_000).toISOString());
    expect((await registry.call<Session>("GET", path)).body).toEqual(answer.body);
  });

  it("refuses a label too many as 422 and changes nothing", async () => {
    const labels = Object.fromEntries(Array.from({ length: 32 }, (_, index) => [`k${String(index)}`, "v"]));
    const { id } = await create({ server: "notes", labels });
    const path = `${SESSIONS}/${id}`;
    const answer = await registry.call("PATCH", path, { body: { labels: { extra: "v" }, principal: "p" } });
    expect(answer).toMatchObject({ status: 422, body: { code: "too_many_labels" } });
    expect((await registry.call<Session>("GET", path)).body).toMatchObject({ labels, principal: null });
  });

  it.each([
    { how: "an operator's termination by default", ended: ["terminated", "operator_terminated", null] },
    { how: "a termination", body: { reason: "runaway" }, ended: ["terminated", "operator_terminated", "runaway"] },
    { how: "a close by its server", body: { as: "closed" }, ended: ["closed", "server_closed", null] },
    {
      how: "a close by its client",
      body: { as: "closed", by: "client", reason: "bye" },
      ended: ["closed", "client_closed", "bye"],
    },
  ])("ends a session as $how", async ({ body, ended: [status, endReason, endDetail] }) => {
    const { id } = await create({ server: "notes" });
    registry.time.advance(1_500);
    const answer = await registry.call<Session>("DELETE", `${SESSIONS}/${id}`, { body });
    expect(answer).toMatchObject({
      status: 200,
      body: { status, endReason, endDetail, health: null, expiresAt: null, uptimeMs: 1_500, idleMs: 1_500 },
    });
    expect(answer.body.endedAt).toBe(new Date(registry.time.now()).toISOString());
    registry.time.advance(60_000);
    expect((await registry.call<Session>("GET", `${SESSIONS}/${id}`)).body).toEqual(answer.body);
  });

  it("takes the reason from the query too, and the body's before it", async () => {
    const [first, second] = [await create({ server: "notes" }), await create({ server: "notes" })];
    const inQuery = await registry.call<Session>("DELETE", `${SESSIONS}/${first.id}?reason=too%20old`);
    expect(inQuery.body.endDetail).toBe("too old");
    const path = `${SESSIONS}/${second.id}?reason=query`;
    const inBoth = await registry.call<Session>("DELETE", path, { body: { reason: "body" } });
    expect(inBoth.body.endDetail).toBe("body");
  });

  it("tells a session's story in order, page by page", async () => {
    const { id } = await create({ server: "notes" });
    await registry.call("PATCH", `${SESSIONS}/${id}`, { body: { labels: { x: "y" } } });
    await registry.call("DELETE", `${SESSIONS}/${id}`, { body: { reason: "done" } });
    const all = await registry.call<SessionEventList>("GET", `${SESSIONS}/${id}/events`);
    expect(all.body.events.map(({ type, reason, data }) => ({ type, reason, data }))).toEqual([
      { type: "created", reason: null, data: null },
      { type: "updated", reason: null, data: { changed: ["labels"] } },
      {
        type: "terminated",
        reason: "operator_terminated",
        data: { detail: "done", commandId: expect.any(String) as string },
      },
    ]);
    expect(all.body.nextAfter).toBeNull();
    const first = await registry.call<SessionEventList>("GET", `${SESSIONS}/${id}/events?limit=2`);
    const after = String(first.body.nextAfter);
    const rest = await registry.call<SessionEventList>("GET", `${SESSIONS}/${id}/events?limit=2&after=${after}`);
    expect([...first.body.events, ...rest.body.events]).toEqual(all.body.events);
    expect(rest.body.nextAfter).toBeNull();
  });

  it("answers an empty rest of a story as an empty page, and an unknown session's as not found", async () => {
    const { id } = await create({ server: "notes" });
    const rest = await registry.call("GET", `${SESSIONS}/${id}/events?after=999999`);
    expect(rest).toMatchObject({ status: 200, body: { events: [], nextAfter: null } });
    const unknown = await registry.call("GET", `${SESSIONS}/nobody/events`);
    expect(unknown).toMatchObject({ status: 404, body: { code: "session_not_found", sessionId: "nobody" } });
  });

  it("never counts reading as activity", async () => {
    const { id } = await create({ server: "notes" });
    const before = (await registry.call<Session>("GET", `${SESSIONS}/${id}`)).body;
    registry.time.advance(10_000);
    for (const path of [`/${id}`, `/${id}/events`, "", "/health", "/health/history"]) {
      expect((await registry.call("GET", `${SESSIONS}${path}`)).status).toBe(200);
    }
    const { lastActivityAt, lastHeartbeatAt, expiresAt, idleMs } = (
      await registry.call<Session>("GET", `${SESSIONS}/${id}`)
    ).body;
    expect({ lastActivityAt, lastHeartbeatAt, expiresAt }).toEqual({
      lastActivityAt: before.lastActivityAt,
      lastHeartbeatAt: null,
      expiresAt: before.expiresAt,
    });
    expect(idleMs).toBe(10_000);
  });
});
