import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { rotateSigningKeys } from "@/lib/runtime/signing-keys";
import { reconnectSession } from "@/lib/services/reconnect-session";
import { instanceCalls } from "@/lib/testing/instance-calls";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";
import { TokenCalls } from "@/lib/testing/token-calls";

let registry: TestRegistry;
let session: TokenCalls;

beforeAll(async () => {
  registry = await startTestRegistry();
});
afterAll(() => registry.close());
beforeEach(async () => {
  session = await TokenCalls.create(registry);
});

describe("redeeming a reconnect token", () => {
  it.each(["disconnected", "expired", "active"])(
    "takes up a session that is %s, state and messages intact",
    async (from) => {
      const state = { counter: 5, lastTool: "list_nodes" };
      await session.call("PUT", "/state", { body: state });
      await session.call("POST", "/messages", { body: { role: "user", content: "hello" } });
      const token = await session.token();
      if (from === "disconnected") await session.call("POST", "/disconnect", { body: {} });
      registry.time.advance(from === "active" ? 1_000 : 60_000);
      expect(await session.read()).toMatchObject({ status: from });
      const { status, body } = await session.reconnect(token, { server: "notes" });
      expect(status).toBe(200);
      expect(body).toMatchObject({
        repeated: false,
        session: {
          id: session.id,
          status: "active",
          endReason: null,
          endedAt: null,
          reconnectCount: 1,
          epoch: 2,
          idleMs: 0,
        },
      });
      expect(body.session).toEqual(await session.read());
      expect(body.token).not.toBe(token);
      expect(body.session["tokenExpiresAt"]).toBe(body.tokenExpiresAt);
      expect((await session.call("GET", "/state")).body).toEqual(state);
      expect((await session.call("GET", "/messages")).body).toMatchObject({ messageCount: 1 });
      expect((await session.events()).at(-1)).toMatchObject({
        type: "reconnected",
        data: { from, epoch: 2, instanceId: null },
      });
    },
  );

  it("is repeated for the instance that has the session, and for no other", async () => {
    const calls = instanceCalls(registry);
    for (const id of ["first", "second"]) await calls.register(`${id}-${session.id}`, `boot-${id}`);
    const taker = (id: string) => ({ instanceId: `${id}-${session.id}`, bootId: `boot-${id}` });
    const token = await session.token();
    expect(await session.reconnect(token, taker("first"))).toMatchObject({ status: 200, body: { repeated: false } });
    expect(await session.reconnect(token, taker("first"))).toMatchObject({ status: 200, body: { repeated: true } });
    expect(await session.reconnect(token, taker("second"))).toMatchObject({
      status: 409,
      body: { code: "session_owned" },
    });
    const nobody = { instanceId: "nobody", bootId: "b" };
    expect(await session.reconnect(token, nobody)).toMatchObject({ status: 404, body: { code: "instance_not_found" } });
    expect(await session.read()).toMatchObject({
      status: "active",
      reconnectCount: 1,
      instanceId: `first-${session.id}`,
    });
  });

  it("puts the end of an overdue session on record before it takes it up", async () => {
    const token = await session.token();
    registry.time.advance(60_000);
    await session.reconnect(token);
    expect(await session.eventTypes()).toEqual(["created", "token_issued", "expired", "reconnected"]);
  });

  it("goes on from token to token", async () => {
    let token = await session.token();
    for (let count = 1; count <= 5; count += 1) {
      registry.time.advance(61_000);
      const { body } = await session.reconnect(token);
      expect(body.session).toMatchObject({ status: "active", reconnectCount: count });
      ({ token } = body);
    }
  });

  it("is possible until the very millisecond at which the token expires", async () => {
    const [{ body: first }, { body: second }] = [await session.issue(), await session.issue()];
    registry.time.advance(Date.parse(first.expiresAt) - registry.time.now() - 1);
    expect((await session.reconnect(first.token)).status).toBe(200);
    registry.time.advance(1);
    expect(await session.refusal(second.token)).toEqual([401, "token_expired"]);
    expect(await session.read()).toMatchObject({ status: "active", reconnectCount: 1 });
  });

  it("is refused when the token expires between its check and its use", async () => {
    const { body } = await session.issue();
    const expiresAt = Date.parse(body.expiresAt);
    const times = [expiresAt - 1];
    const context = { ...registry.runtime.context, clock: { now: () => times.shift() ?? expiresAt } };
    const attempt = reconnectSession(context, session.id, { token: body.token });
    await expect(attempt).rejects.toMatchObject({ code: "token_expired" });
    expect(await session.read()).toMatchObject({ reconnectCount: 0 });
  });

  it("has one winner among a hundred; the others get the same successor", async () => {
    const token = await session.token();
    registry.time.advance(60_000);
    const answers = await Promise.all(Array.from({ length: 100 }, () => session.reconnect(token)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(answers.filter(({ body }) => !body.repeated)).toHaveLength(1);
    expect(new Set(answers.map(({ body }) => body.token)).size).toBe(1);
    expect(answers.every(({ body }) => body.session["status"] === "active" && body.session["epoch"] === 2)).toBe(true);
    expect(await session.read()).toMatchObject({ reconnectCount: 1, epoch: 2 });
    expect((await session.eventTypes()).filter((type) => type === "reconnected")).toHaveLength(1);
  });

  it("fences the owner of before", async () => {
    const write = () => session.call("PUT", "/state", { body: {}, headers: { "holdfast-epoch": "1" } });
    expect((await write()).status).toBe(200);
    await session.reconnect(await session.token());
    expect(await write()).toMatchObject({ status: 409, body: { code: "session_fenced", epoch: 2 } });
  });

  it("survives a restart, a crash and a rotation of the keys between issue and redemption", async () => {
    const tokens = [await session.token(), await session.token(), await session.token()];
    await registry.restart();
    expect((await session.reconnect(tokens[0] ?? "")).status).toBe(200);
    await registry.crash();
    expect((await session.reconnect(tokens[1] ?? "")).status).toBe(200);
    rotateSigningKeys(registry.dataDir, registry.time.now());
    const { status, body } = await session.reconnect(tokens[2] ?? "");
    expect(status).toBe(200);
    rotateSigningKeys(registry.dataDir, registry.time.now());
    expect((await session.reconnect(body.token)).status).toBe(200);
  });

  it("gives the same answer after a crash that swallowed the first one", async () => {
    const token = await session.token();
    const { body } = await session.reconnect(token);
    await registry.crash();
    rotateSigningKeys(registry.dataDir, registry.time.now());
    expect((await session.reconnect(token)).body).toMatchObject({ repeated: true, token: body.token });
  });
});

/** The sessions that a server is told to end. */
async function commandsFor(server: string): Promise<string[]> {
  const reporter = await TokenCalls.create(registry, { server });
  const { body } = await reporter.call<{ commands: { sessionId: string }[] }>("POST", "/heartbeat");
  return body.commands.map(({ sessionId }) => sessionId);
}

describe("a used token that comes back", () => {
  let used: string;
  let successor: string;
  beforeEach(async () => {
    used = await session.token();
    successor = (await session.reconnect(used)).body.token;
  });

  it("gets the same answer within ten seconds, and writes nothing", async () => {
    registry.time.advance(9_999);
    const before = { session: await session.read(), types: await session.eventTypes() };
    const { status, body } = await session.reconnect(used);
    expect([status, body.repeated, body.token]).toEqual([200, true, successor]);
    expect({ session: await session.read(), types: await session.eventTypes() }).toEqual(before);
    expect((await session.reconnect(successor)).body.repeated).toBe(false);
  });

  it("ends the session at ten seconds, to the millisecond", async () => {
    registry.time.advance(10_000);
    expect(await session.refusal(used)).toEqual([401, "token_reused"]);
    expect(await session.read()).toMatchObject({
      status: "terminated",
      endReason: "token_reuse",
      tokenExpiresAt: null,
    });
    expect((await session.events()).at(-1)).toMatchObject({ type: "terminated", reason: "token_reuse" });
    for (const token of [used, successor]) expect(await session.refusal(token)).toEqual([410, "session_gone"]);
  });

  it("ends the session at once when its successor has been used", async () => {
    const { body } = await session.reconnect(successor);
    expect(await session.refusal(used)).toEqual([401, "token_reused"]);
    expect(await session.refusal(body.token)).toEqual([410, "session_gone"]);
    expect((await session.eventTypes()).filter((type) => type === "terminated")).toHaveLength(1);
  });

  it("ends a disconnected session, and tells its server", async () => {
    await session.call("POST", "/disconnect", { body: {} });
    registry.time.advance(10_000);
    expect(await session.refusal(used)).toEqual([401, "token_reused"]);
    expect((await session.events()).at(-1)).toMatchObject({ type: "terminated", data: { from: "disconnected" } });
    expect(await commandsFor("notes")).toContain(session.id);
  });

  it("ends an expired session, which its server has dropped already", async () => {
    registry.time.advance(60_000);
    expect(await session.refusal(used)).toEqual([401, "token_reused"]);
    const ends = [{ type: "expired" }, { type: "terminated", data: { from: "expired" } }];
    expect((await session.events()).slice(-2)).toMatchObject(ends);
    expect(await commandsFor("notes")).not.toContain(session.id);
  });

  it("ends one session once, however many send it", async () => {
    registry.time.advance(10_000);
    const answers = await Promise.all(Array.from({ length: 20 }, () => session.reconnect(used)));
    const codes = answers.map(({ body }) => body.code);
    expect(codes.filter((code) => code === "token_reused")).toHaveLength(1);
    expect(codes.filter((code) => code === "session_gone")).toHaveLength(19);
    expect((await session.eventTypes()).filter((type) => type === "terminated")).toHaveLength(1);
  });
});

describe("a token that meets a termination", () => {
  it("leaves exactly one outcome, whichever comes first", async () => {
    for (let round = 0; round < 60; round += 1) {
      session = await TokenCalls.create(registry);
      const token = await session.token();
      const reconnecting = session.reconnect(token);
      for (let turn = 0; turn < round % 30; turn += 1) await new Promise(setImmediate);
      const terminated = await session.call("DELETE");
      const { status } = await reconnecting;
      expect([terminated.status, status === 200 || status === 410]).toEqual([200, true]);
      expect(await session.read()).toMatchObject({ status: "terminated", tokenExpiresAt: null });
      const types = (await session.eventTypes()).filter((type) => type !== "created" && type !== "token_issued");
      expect(types).toEqual(status === 200 ? ["reconnected", "terminated"] : ["terminated"]);
      expect(await session.refusal(token)).toEqual([410, "session_gone"]);
    }
  });
});
