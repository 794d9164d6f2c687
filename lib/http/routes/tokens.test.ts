import { decodeJwt } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { purgeEnded } from "@/lib/services/sweep";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";
import { TokenCalls } from "@/lib/testing/token-calls";

const TTL = 15 * 60_000;
const DAY = 24 * 3_600_000;

let registry: TestRegistry;
let session: TokenCalls;

beforeAll(async () => {
  registry = await startTestRegistry();
});
afterAll(() => registry.close());
beforeEach(async () => {
  session = await TokenCalls.create(registry);
});

describe("issuing a reconnect token", () => {
  it.each(["GET", "POST"])("answers %s with a token for fifteen minutes that nobody may cache", async (method) => {
    const { status, body, headers } = await session.issue(method);
    expect(status).toBe(200);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(body.sessionId).toBe(session.id);
    const lifetime = Date.parse(body.expiresAt) - registry.time.now();
    expect(lifetime).toBeGreaterThanOrEqual(TTL);
    expect(lifetime).toBeLessThan(TTL + 1_000);
    expect(await session.read()).toMatchObject({ tokenExpiresAt: body.expiresAt, idleMs: 0 });
    expect(await session.events()).toMatchObject([
      { type: "created" },
      { type: "token_issued", data: { expiresAt: body.expiresAt } },
    ]);
  });

  it("is no activity", async () => {
    registry.time.advance(59_999);
    await session.issue();
    registry.time.advance(1);
    expect(await session.read()).toMatchObject({ status: "expired" });
  });

  it("is issued to no page of another site, not even by leading the browser there", async () => {
    for (const site of ["cross-site", "same-site"]) {
      const headers = { "sec-fetch-site": site, "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" };
      const answer = await session.call("GET", "/token", { headers });
      expect(answer).toMatchObject({ status: 403, body: { code: "cross_origin_request" } });
    }
    expect(await session.eventTypes()).toEqual(["created"]);
  });

  it("answers HEAD like GET, without putting a token out", async () => {
    expect(await session.issue("HEAD")).toMatchObject({ status: 200, body: null });
    expect(await session.eventTypes()).toEqual(["created"]);
  });

  it("is for active and disconnected sessions only", async () => {
    await session.call("POST", "/disconnect", { body: {} });
    expect((await session.issue()).status).toBe(200);
    await session.call("DELETE");
    expect(await session.issue()).toMatchObject({ status: 410, body: { code: "session_gone" } });
    const expired = await TokenCalls.create(registry);
    registry.time.advance(60_000);
    expect(await expired.issue()).toMatchObject({ status: 410, body: { code: "session_expired" } });
    expect(await session.as("nobody").issue()).toMatchObject({ status: 404, body: { code: "session_not_found" } });
  });

  it("leaves earlier tokens good, up to eight", async () => {
    const tokens: string[] = [];
    for (let count = 0; count < 9; count += 1) tokens.push(await session.token());
    expect(await session.refusal(tokens[0] ?? "")).toEqual([401, "token_revoked"]);
    for (const token of tokens.slice(1)) expect((await session.reconnect(token)).status).toBe(200);
    expect(await session.read()).toMatchObject({ status: "active", reconnectCount: 8, epoch: 9 });
  });

  it("succeeds however often the session changes its owner meanwhile", async () => {
    const token = await session.token();
    const [reconnected, ...issued] = await Promise.all([
      session.reconnect(token),
      session.issue(),
      session.issue(),
      session.issue(),
    ]);
    expect([reconnected.status, ...issued.map(({ status }) => status)]).toEqual([200, 200, 200, 200]);
    for (const { body } of issued) expect((await session.reconnect(body.token)).status).toBe(200);
  });
});

describe("a token that has expired", () => {
  it("is forgotten a day later", async () => {
    const { body } = await session.issue();
    const { context } = registry.runtime;
    const verified = await context.tokens.verify(body.token, context.clock.now());
    const hash = verified.failure === null ? verified.hash : "";
    const isKept = async () => (await context.store.tokens.findToken(hash)) !== null;
    registry.time.advance(Date.parse(body.expiresAt) + DAY - context.clock.now());
    await purgeEnded(context);
    expect(await isKept()).toBe(true);
    registry.time.advance(1);
    await purgeEnded(context);
    expect(await isKept()).toBe(false);
  });
});

describe("a token that is not good", () => {
  it("is refused with a code of its own, before anything about a session is said", async () => {
    const token = await session.token();
    const foreign = await (await TokenCalls.create(registry)).token();
    const [header = "", payload = "", signature = ""] = token.split(".");
    const claims = decodeJwt(token);
    const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
    const forged = [header, encode({ ...claims, exp: 9_999_999_999 }), signature].join(".");
    const accessToken = [encode({ alg: "HS256", typ: "at+jwt" }), payload, signature].join(".");
    for (const asked of [session, session.as("nobody")]) {
      expect(await asked.refusal("garbage")).toEqual([401, "token_invalid"]);
      expect(await asked.refusal(forged)).toEqual([401, "token_invalid"]);
      expect(await asked.refusal(accessToken)).toEqual([401, "token_wrong_type"]);
      expect(await asked.refusal(foreign)).toEqual([401, "token_wrong_session"]);
    }
    registry.time.advance(TTL + 1_000);
    for (const asked of [session, session.as("nobody")]) {
      expect(await asked.refusal(token)).toEqual([401, "token_expired"]);
    }
    expect(await session.eventTypes()).toEqual(["created", "token_issued"]);
  });

  it("is refused although it is well signed when the registry never kept it", async () => {
    const { tokens, clock } = registry.runtime.context;
    const { text } = await tokens.issue({ sessionId: session.id, epoch: 1, ttlMs: TTL, now: clock.now() });
    expect(await session.refusal(text)).toEqual([401, "token_revoked"]);
  });

  it("is refused when it is empty, too long, no text or with unknown company", async () => {
    for (const body of [{}, { token: "" }, { token: "x".repeat(4_097) }, { token: 7 }, { token: "x", extra: 1 }]) {
      expect(await session.call("POST", "/reconnect", { body })).toMatchObject({ status: 400 });
    }
    expect(await session.refusal("x", { instanceId: "i" })).toEqual([400, "invalid_request"]);
  });

  it("does not bring back what has ended for good, lived out, or lives on under another id", async () => {
    const token = await session.token();
    await session.call("DELETE");
    expect(await session.read()).toMatchObject({ tokenExpiresAt: null });
    expect(await session.refusal(token)).toEqual([410, "session_gone"]);

    session = await TokenCalls.create(registry, { lifetimeMs: 30_000 });
    const late = await session.token();
    registry.time.advance(30_000);
    expect(await session.refusal(late)).toEqual([410, "session_expired"]);

    session = await TokenCalls.create(registry);
    const renewed = await session.token();
    registry.time.advance(60_000);
    const { body } = await session.call<{ newSessionId: string }>("POST", "/renew");
    const answer = await session.reconnect(renewed);
    expect(answer).toMatchObject({
      status: 409,
      body: { code: "session_superseded", newSessionId: body.newSessionId },
    });
  });
});

describe("a token in the hands of a server", () => {
  const register = async (instanceId: string, server = "notes", bootId = "boot-1") => {
    const { status } = await registry.call("PUT", `/api/mcp/instances/${instanceId}`, { body: { bootId, server } });
    expect(status).toBeLessThan(300);
  };

  it("is not enough for one that does not own the session, and stays good for the owner", async () => {
    const token = await session.token();
    await register("calendar-1", "calendar");
    expect(await session.refusal(token, { server: "calendar" })).toEqual([403, "wrong_server"]);
    const instance = { instanceId: "calendar-1", bootId: "boot-1" };
    expect(await session.refusal(token, instance)).toEqual([403, "wrong_server"]);
    expect(await session.refusal(token, { ...instance, server: "notes" })).toEqual([403, "wrong_server"]);
    await session.reconnect(token, { server: "notes" });
    registry.time.advance(10_000);
    expect(await session.refusal(token, { server: "calendar" })).toEqual([403, "wrong_server"]);
    expect(await session.read()).toMatchObject({ status: "active" });
  });

  it("gives the session to the instance that redeems it", async () => {
    await register("notes-1");
    const { body } = await session.reconnect(await session.token(), { instanceId: "notes-1", bootId: "boot-1" });
    expect(body.session).toMatchObject({ status: "active", instanceId: "notes-1", epoch: 2 });
    expect((await session.events()).at(-1)).toMatchObject({
      data: { from: "active", epoch: 2, instanceId: "notes-1" },
    });
  });

  it("is not taken from an instance that is unknown, superseded or draining, and stays good", async () => {
    const token = await session.token();
    await register("notes-2", "notes", "boot-1");
    await register("notes-2", "notes", "boot-2");
    await register("notes-3");
    await registry.call("PUT", "/api/mcp/instances/notes-3/drain", { body: {} });
    const by = (instanceId: string, bootId = "boot-1") => session.refusal(token, { instanceId, bootId });
    expect(await by("nobody")).toEqual([404, "instance_not_found"]);
    expect(await by("notes-2")).toEqual([409, "instance_superseded"]);
    expect(await by("notes-3")).toEqual([409, "instance_draining"]);
    expect((await session.reconnect(token, { instanceId: "notes-2", bootId: "boot-2" })).status).toBe(200);
  });
});
