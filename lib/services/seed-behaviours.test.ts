import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SessionEventList } from "@/lib/contract/events";
import type { MessageList } from "@/lib/contract/messages";
import type { RenewedSession, Session } from "@/lib/contract/session";
import type { ReconnectedSession, ReconnectToken } from "@/lib/contract/tokens";
import { isStartupError } from "@/lib/domain/startup-error";
import { loadConfig } from "@/lib/runtime/config";
import { createRuntime } from "@/lib/runtime/create-runtime";
import { purgeEnded } from "@/lib/services/sweep";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";

const SESSIONS = "/api/mcp/sessions";
const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;
const REMEMBERED = { counter: 5, lastTool: "list_nodes" };

let registry: TestRegistry;
beforeEach(async () => {
  registry = await startTestRegistry();
});
afterEach(() => registry.close());

const send = <Body = Record<string, unknown>>(method: string, path: string, body?: unknown) =>
  registry.call<Body>(method, path, body === undefined ? {} : { body });
const create = async (facts: object = {}) =>
  (await send<Session>("POST", SESSIONS, { server: "notes", clientId: "client-1", ...facts })).body;
const read = async (id: string) => (await send<Session>("GET", `${SESSIONS}/${id}`)).body;
const putState = (id: string, state: object) => send("PUT", `${SESSIONS}/${id}/state`, state);
const readState = async (id: string) => (await send("GET", `${SESSIONS}/${id}/state`)).body;
const close = (id: string) => send<Session>("DELETE", `${SESSIONS}/${id}`, { as: "closed", by: "server" });
const use = (id: string) => send("POST", `${SESSIONS}/${id}/heartbeat`);
const token = async (id: string) => (await send<ReconnectToken>("POST", `${SESSIONS}/${id}/token`)).body.token;
const reconnect = (id: string, text: string) =>
  send<ReconnectedSession & { code?: string }>("POST", `${SESSIONS}/${id}/reconnect`, { token: text });

describe("a session", () => {
  it("is created, and it is active", async () => {
    const created = await create({ clientInfo: { name: "claude-ai" }, capabilities: ["tools", "resources"] });
    expect(created).toMatchObject({ status: "active", health: "healthy", clientId: "client-1", stateVersion: 0 });
    expect(created.capabilities).toEqual({ tools: {}, resources: {} });
    expect(await read(created.id)).toEqual(created);
  });

  it("keeps its state between requests", async () => {
    const { id } = await create();
    await putState(id, { counter: 1 });
    await use(id);
    await send("PATCH", `${SESSIONS}/${id}/state`, REMEMBERED);
    await registry.restart();
    expect(await readState(id)).toEqual(REMEMBERED);
  });

  it("takes messages", async () => {
    const { id } = await create();
    await send("POST", `${SESSIONS}/${id}/messages`, { role: "user", content: "List the nodes." });
    await send("POST", `${SESSIONS}/${id}/messages`, { role: "assistant", content: "There are three." });
    const { body } = await send<MessageList>("GET", `${SESSIONS}/${id}/messages`);
    expect(body.messages).toMatchObject([
      { seq: 1, role: "user", content: "List the nodes." },
      { seq: 2, role: "assistant", content: "There are three." },
    ]);
    expect(await read(id)).toMatchObject({ messageCount: 2 });
  });

  it.each([5, 500])("is unique and independent of all others when %i are created at once", async (count) => {
    const numbers = Array.from({ length: count }, (_, index) => index);
    const ids = (await Promise.all(numbers.map((index) => create({ clientId: `client-${String(index)}` })))).map(
      ({ id }) => id,
    );
    expect(new Set(ids).size).toBe(count);
    await Promise.all(ids.map((id, index) => putState(id, { owner: index })));
    for (const [index, id] of ids.entries()) {
      expect(await readState(id)).toEqual({ owner: index });
      expect(await read(id)).toMatchObject({ clientId: `client-${String(index)}`, status: "active", stateVersion: 1 });
    }
    await close(ids[0] ?? "");
    expect((await Promise.all(ids.slice(1).map(read))).every(({ status }) => status === "active")).toBe(true);
  });
});

describe("recovery", () => {
  it(`after a disconnect keeps ${JSON.stringify(REMEMBERED)}`, async () => {
    const { id } = await create();
    await putState(id, REMEMBERED);
    const key = await token(id);
    await send("POST", `${SESSIONS}/${id}/disconnect`, { reason: "transport_lost" });
    expect(await read(id)).toMatchObject({ status: "disconnected", endReason: "transport_lost" });
    expect((await use(id)).body).toMatchObject({ code: "session_disconnected" });

    expect((await reconnect(id, key)).body.session).toMatchObject({ id, status: "active", reconnectCount: 1 });
    expect(await readState(id)).toEqual(REMEMBERED);
    expect((await use(id)).status).toBe(200);
  });

  it("after the death of its instance keeps it for the instance that claims it", async () => {
    const boot = async (id: string) => {
      await send("PUT", `/api/mcp/instances/${id}`, { bootId: `${id}-boot`, server: "notes", leaseMs: 30 * SECOND_MS });
      return { instanceId: id, bootId: `${id}-boot` };
    };
    const { id } = await create(await boot("notes-1"));
    await putState(id, REMEMBERED);
    registry.time.advance(31 * SECOND_MS);
    await registry.sweep();
    expect(await read(id)).toMatchObject({ status: "disconnected", endReason: "instance_lost" });

    const claim = await send<Session>("POST", `${SESSIONS}/${id}/claim`, await boot("notes-2"));
    expect(claim).toMatchObject({ status: 200, body: { status: "active", instanceId: "notes-2", epoch: 2 } });
    expect(await readState(id)).toEqual(REMEMBERED);
  });
});

describe("an idle session", () => {
  it.each([
    [30 * MINUTE_MS - SECOND_MS, "active"],
    [30 * MINUTE_MS, "expired"],
  ])("after %i ms is %s", async (idleMs, status) => {
    const { id } = await create();
    registry.time.advance(idleMs);
    await registry.sweep();
    expect(await read(id)).toMatchObject({ status });
    expect((await use(id)).status).toBe(status === "active" ? 200 : 410);
  });

  it("that has expired and is used again goes on under a different newSessionId", async () => {
    const { id } = await create();
    registry.time.advance(30 * MINUTE_MS);
    const { status, body } = await send<RenewedSession>("POST", `${SESSIONS}/${id}/renew`);
    expect(status).toBe(201);
    expect(body.newSessionId).not.toBe(id);
    expect(await read(body.newSessionId)).toMatchObject({ status: "active", supersedes: id });
    expect(await read(id)).toMatchObject({ status: "expired", supersededBy: body.newSessionId });
  });

  it("that has expired is removed by the cleanup once its retention is over", async () => {
    const { id } = await create();
    const other = await create({ idleTimeoutMs: 30 * DAY_MS });
    registry.time.advance(30 * MINUTE_MS);
    await registry.sweep();
    registry.time.advance(30 * DAY_MS - 30 * MINUTE_MS - 1);
    await use(other.id);
    await purgeEnded(registry.runtime.context);
    expect(await read(id)).toMatchObject({ status: "expired" });
    registry.time.advance(30 * MINUTE_MS + 2);
    await purgeEnded(registry.runtime.context);
    expect((await send("GET", `${SESSIONS}/${id}`)).body).toMatchObject({ code: "session_not_found" });
    expect(await read(other.id)).toMatchObject({ status: "active" });
  });
});

describe("clearing all sessions", () => {
  const MANY = Array.from({ length: 100 }, (_, index) => `s-${String(index)}`);
  beforeEach(async () => {
    await Promise.all(MANY.map((id) => create({ id })));
  });

  it("waits for the writes in flight: each is refused, or there afterwards", async () => {
    const writes = MANY.map((id) => putState(id, { written: id }));
    const late = MANY.map((id) => close(id).then(() => putState(id, { written: "too late" })));
    const closes = await Promise.all(late);
    expect(new Set(closes.map(({ body }) => body["code"]))).toEqual(new Set(["session_gone"]));
    for (const [index, { status }] of (await Promise.all(writes)).entries()) {
      const id = MANY[index] ?? "";
      expect(await readState(id)).toEqual(status === 200 ? { written: id } : {});
      expect(await read(id)).toMatchObject({ status: "closed", endReason: "server_closed" });
    }
    expect((await send("GET", `${SESSIONS}/health`)).body).toMatchObject({ statusBreakdown: { active: 0 } });
  });

  it("by stopping Holdfast keeps every write that was acknowledged and releases the data folder", async () => {
    const config = loadConfig({ HOLDFAST_LOG_LEVEL: "silent", HOLDFAST_DATA_DIR: registry.dataDir }, process.cwd());
    const openAnother = () => createRuntime(config, { clock: registry.time.clock, keepsHouse: false });
    await expect(openAnother()).rejects.toSatisfy(isStartupError);

    const writes = MANY.map((id) => putState(id, { written: id }));
    await new Promise(setImmediate);
    await registry.runtime.close();
    const acknowledged = (await Promise.all(writes)).map(({ status }) => status === 200);
    expect(acknowledged).toContain(true);

    const another = await openAnother();
    await another.close();
    await registry.restart();
    for (const [index, id] of MANY.entries()) {
      expect(await readState(id)).toEqual(acknowledged[index] === true ? { written: id } : {});
    }
  });
});

describe("a reconnect token", () => {
  it("is issued, as a secret that nobody keeps", async () => {
    const { id } = await create();
    const { headers, body } = await send<ReconnectToken>("POST", `${SESSIONS}/${id}/token`);
    expect(headers.get("cache-control")).toContain("no-store");
    expect(body).toMatchObject({ sessionId: id, expiresAt: iso(15 * MINUTE_MS) });
    expect(body.token.split(".")).toHaveLength(3);
    expect(await read(id)).toMatchObject({ tokenExpiresAt: iso(15 * MINUTE_MS) });
  });

  it("brings its session back, and is exchanged for the next one", async () => {
    const { id } = await create({ idleTimeoutMs: MINUTE_MS });
    const first = await token(id);
    registry.time.advance(MINUTE_MS);
    expect(await read(id)).toMatchObject({ status: "expired" });
    const answer = await reconnect(id, first);
    expect(answer).toMatchObject({ status: 200, body: { session: { id, status: "active" }, repeated: false } });
    expect(answer.body.token).not.toBe(first);
    const { body } = await send<SessionEventList>("GET", `${SESSIONS}/${id}/events`);
    expect(body.events.map(({ type }) => type)).toEqual(["created", "token_issued", "expired", "reconnected"]);
  });

  it("that has expired is rejected", async () => {
    const { id } = await create();
    const key = await token(id);
    registry.time.advance(15 * MINUTE_MS);
    expect(await reconnect(id, key)).toMatchObject({ status: 401, body: { code: "token_expired" } });
  });

  it("that is invalid is rejected, and changes nothing", async () => {
    const { id } = await create();
    const other = await create();
    const key = await token(id);
    await send("POST", `${SESSIONS}/${id}/disconnect`, {});
    const forged = key.replace(/.{8}$/, (end) => end.split("").reverse().join(""));
    expect(await reconnect(id, "not a token")).toMatchObject({ status: 401, body: { code: "token_invalid" } });
    expect(await reconnect(id, forged)).toMatchObject({ status: 401, body: { code: "token_invalid" } });
    expect(await reconnect(other.id, key)).toMatchObject({ status: 401, body: { code: "token_wrong_session" } });
    expect(await read(id)).toMatchObject({ status: "disconnected", reconnectCount: 0 });
    expect((await reconnect(id, key)).status).toBe(200);
  });
});

function iso(inMs: number): string {
  return new Date(registry.time.now() + inMs).toISOString();
}
