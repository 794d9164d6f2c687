import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sweepInstances } from "@/lib/services/sweep-instances";
import { instanceCalls } from "@/lib/testing/instance-calls";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";

describe("who owns a session", () => {
  let registry: TestRegistry;
  let calls: ReturnType<typeof instanceCalls>;
  beforeEach(async () => {
    registry = await startTestRegistry();
    calls = instanceCalls(registry);
    await calls.register("a", "boot-a");
    await calls.open("s", { instanceId: "a" });
    await registry.call("PUT", "/api/mcp/sessions/s/state", { body: { counter: 5, lastTool: "list_nodes" } });
  });
  afterEach(() => registry.close());

  const loseOwner = async () => {
    registry.time.advance(30_000);
    await sweepInstances(registry.runtime.context);
    await calls.register("b", "boot-b");
  };
  const asEpoch = (epoch: number) => ({ headers: { "holdfast-epoch": String(epoch) } });

  it("claims a lost session with its state, under a new epoch", async () => {
    await loseOwner();
    expect(await calls.claim("s", "b", "boot-b")).toMatchObject({
      status: 200,
      body: { status: "active", instanceId: "b", epoch: 2, endReason: null, endedAt: null, idleMs: 0 },
    });
    expect((await registry.call("GET", "/api/mcp/sessions/s/state")).body).toEqual({
      counter: 5,
      lastTool: "list_nodes",
    });
    const events = await calls.events("s");
    expect(events.at(-1)).toMatchObject({ type: "claimed", data: { instanceId: "b", epoch: 2, from: "disconnected" } });
  });

  it("fences the old owner: each of its late writes gets 409, its heartbeat's beat `fenced`", async () => {
    await loseOwner();
    await calls.claim("s", "b", "boot-b");
    const fenced = { status: 409, body: { code: "session_fenced", epoch: 2, instanceId: "b" } };
    const path = "/api/mcp/sessions/s";
    expect(await registry.call("PATCH", `${path}/state`, { body: { counter: 6 }, ...asEpoch(1) })).toMatchObject(
      fenced,
    );
    expect(await registry.call("PUT", `${path}/state`, { body: {}, ...asEpoch(1) })).toMatchObject(fenced);
    const messages = { messages: [{ role: "user", content: "late" }] };
    expect(await registry.call("POST", `${path}/messages`, { body: messages, ...asEpoch(1) })).toMatchObject(fenced);
    expect(await registry.call("PATCH", path, { body: { labels: { a: "b" } }, ...asEpoch(1) })).toMatchObject(fenced);
    expect(await registry.call("DELETE", path, { body: { as: "closed" }, ...asEpoch(1) })).toMatchObject(fenced);
    expect(await registry.call("POST", `${path}/heartbeat`, asEpoch(1))).toMatchObject(fenced);
    expect(await registry.call("POST", `${path}/disconnect`, asEpoch(1))).toMatchObject(fenced);
    const late = await calls.beat("a", "boot-a", { sessions: [{ id: "s", requests: 9 }] });
    expect(late).toMatchObject({ status: 200, body: { revived: 0, results: [{ id: "s", outcome: "fenced" }] } });
    const batch = {
      beats: [
        { id: "s", epoch: 1 },
        { id: "s", epoch: 2 },
      ],
    };
    expect((await registry.call("POST", "/api/mcp/heartbeats", { body: batch })).body).toMatchObject({
      results: [{ outcome: "fenced" }, { outcome: "ok" }],
    });
    expect(await calls.session("s")).toMatchObject({
      status: "active",
      requestCount: 1,
      stateVersion: 1,
      messageCount: 0,
    });
    expect(await registry.call("PATCH", `${path}/state`, { body: { counter: 6 }, ...asEpoch(2) })).toMatchObject({
      status: 200,
    });
  });

  it("refuses an epoch that is none", async () => {
    for (const value of ["0", "-1", "1.5", "x", " "]) {
      const answer = await registry.call("POST", "/api/mcp/sessions/s/heartbeat", {
        headers: { "holdfast-epoch": value },
      });
      // Header values lose their blank edges on the way.
      expect(answer.status, value).toBe(400);
    }
  });

  it("refuses writes to a session that waits to be taken up", async () => {
    await loseOwner();
    const refused = { status: 409, body: { code: "session_disconnected", endReason: "instance_lost" } };
    expect(await registry.call("PATCH", "/api/mcp/sessions/s/state", { body: { a: 1 } })).toMatchObject(refused);
    expect(await registry.call("POST", "/api/mcp/sessions/s/heartbeat")).toMatchObject(refused);
    expect(await registry.call("POST", "/api/mcp/sessions/s/renew")).toMatchObject(refused);
    const { body } = await registry.call("POST", "/api/mcp/heartbeats", { body: { beats: [{ id: "s" }] } });
    expect(body).toMatchObject({
      results: [{ outcome: "disconnected", status: "disconnected", reason: "instance_lost" }],
    });
    expect((await registry.call("GET", "/api/mcp/sessions/s/state")).status).toBe(200);
  });

  it("has one winner of two claims, and one event", async () => {
    await loseOwner();
    await calls.register("c", "boot-c");
    const answers = await Promise.all([calls.claim("s", "b", "boot-b"), calls.claim("s", "c", "boot-c")]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: "session_owned" });
    expect((await calls.events("s")).filter(({ type }) => type === "claimed")).toHaveLength(1);
  });

  it("answers a repeated claim with the same epoch", async () => {
    await loseOwner();
    await calls.claim("s", "b", "boot-b");
    expect(await calls.claim("s", "b", "boot-b")).toMatchObject({ status: 200, body: { epoch: 2 } });
  });

  it("does not take an active session away from a living instance", async () => {
    await calls.register("b", "boot-b");
    expect(await calls.claim("s", "b", "boot-b")).toMatchObject({
      status: 409,
      body: { code: "session_owned", epoch: 1 },
    });
  });

  it("keeps a session from another server's instances: to them there is none, whatever becomes of it", async () => {
    await calls.register("foreign", "boot-f", { server: "files" });
    const beat = async () => (await calls.beat("foreign", "boot-f", { sessions: [{ id: "s" }] })).body["results"];
    const unknown = [{ id: "s", outcome: "unknown", status: null, reason: null }];
    expect(await beat()).toEqual(unknown);
    await calls.disconnect("s");
    expect(await beat()).toEqual(unknown);
    await registry.call("DELETE", "/api/mcp/sessions/s");
    expect(await beat()).toEqual(unknown);
  });

  it("does not give a new boot the sessions of the one before unless it claims them", async () => {
    await calls.register("a", "boot-a2");
    expect(await calls.session("s")).toMatchObject({ status: "disconnected", endReason: "instance_lost" });
    const beat = await calls.beat("a", "boot-a2", { sessions: [{ id: "s" }] });
    expect(beat.body).toMatchObject({ revived: 0, results: [{ outcome: "fenced" }] });
    expect(await calls.claim("s", "a", "boot-a2")).toMatchObject({ status: 200, body: { epoch: 2 } });
  });

  it("gives a session without a lease to whoever claims it first", async () => {
    await calls.open("free");
    expect(await calls.claim("free", "a", "boot-a")).toMatchObject({
      status: 200,
      body: { epoch: 2, instanceId: "a" },
    });
    const [, claimed] = await calls.events("free");
    expect(claimed).toMatchObject({ type: "claimed", data: { from: "active" } });
  });

  it("is refused to strangers: other servers, unknown instances and old boots", async () => {
    await loseOwner();
    await calls.register("foreign", "boot-f", { server: "files" });
    expect(await calls.claim("s", "foreign", "boot-f")).toMatchObject({ status: 403, body: { code: "wrong_server" } });
    expect(await calls.claim("s", "nobody", "boot")).toMatchObject({
      status: 404,
      body: { code: "instance_not_found" },
    });
    expect(await calls.claim("s", "b", "old")).toMatchObject({ status: 409, body: { code: "instance_superseded" } });
    expect(await calls.claim("nothing", "b", "boot-b")).toMatchObject({
      status: 404,
      body: { code: "session_not_found" },
    });
    expect(await calls.session("s")).toMatchObject({ status: "disconnected", epoch: 1 });
  });

  it("is refused to an instance that has lost its lease, until its next heartbeat", async () => {
    await calls.open("free");
    await calls.disconnect("free");
    registry.time.advance(30_000);
    await sweepInstances(registry.runtime.context);
    expect(await calls.claim("free", "a", "boot-a")).toMatchObject({
      status: 409,
      body: { code: "instance_superseded", detail: expect.stringContaining("lost its lease") as string },
    });
    const { body } = await registry.call<{ token: string }>("POST", "/api/mcp/sessions/s/token");
    await registry.call("POST", "/api/mcp/sessions/s/reconnect", { body: { token: body.token } });
    expect(await calls.claim("s", "a", "boot-a")).toMatchObject({ status: 409, body: { code: "instance_superseded" } });
    await calls.beat("a", "boot-a");
    expect(await calls.claim("free", "a", "boot-a")).toMatchObject({ status: 200, body: { status: "active" } });
    expect(await calls.claim("s", "a", "boot-a")).toMatchObject({ status: 200, body: { epoch: 3 } });
  });

  it("does not end it when its lifetime ran out while nobody was there: its grace period goes on", async () => {
    await calls.open("old", { lifetimeMs: 10_000 });
    const token = await registry.call<{ token: string }>("POST", "/api/mcp/sessions/old/token");
    await registry.restart(20_000);
    const expiresAt = new Date(registry.time.now() + 60_000).toISOString();
    expect(await calls.claim("old", "a", "boot-a")).toMatchObject({
      status: 200,
      body: { status: "active", epoch: 2, expiresAt },
    });
    const body = { token: token.body.token };
    expect(await registry.call("POST", "/api/mcp/sessions/old/reconnect", { body })).toMatchObject({
      status: 410,
      body: { code: "session_expired" },
    });
    registry.time.advance(60_000);
    await registry.sweep();
    expect(await calls.session("old")).toMatchObject({
      status: "expired",
      endReason: "lifetime_exceeded",
      endedAt: expiresAt,
    });
  });

  it("is over with the session", async () => {
    await loseOwner();
    await registry.call("DELETE", "/api/mcp/sessions/s");
    expect(await calls.claim("s", "b", "boot-b")).toMatchObject({ status: 410, body: { code: "session_gone" } });
    await calls.open("t", { idleTimeoutMs: 1_000 });
    registry.time.advance(1_000);
    expect(await calls.claim("t", "b", "boot-b")).toMatchObject({ status: 410, body: { code: "session_expired" } });
  });

  describe("a disconnect that its server reports", () => {
    it("keeps the reason and can be repeated", async () => {
      const lost = {
        status: 200,
        body: { status: "disconnected", endReason: "transport_lost", endDetail: "socket hang up" },
      };
      expect(await calls.disconnect("s", { detail: "socket hang up" })).toMatchObject(lost);
      expect(await calls.disconnect("s", { reason: "server_shutdown" })).toMatchObject(lost);
      expect((await calls.events("s")).filter(({ type }) => type === "disconnected")).toHaveLength(1);
    });

    it("is undone by the owner's own claim", async () => {
      await calls.disconnect("s");
      expect(await calls.claim("s", "a", "boot-a")).toMatchObject({
        status: 200,
        body: { status: "active", epoch: 2 },
      });
    });

    it("is nothing for a session that has ended", async () => {
      await registry.call("DELETE", "/api/mcp/sessions/s", { body: { as: "closed" } });
      expect(await calls.disconnect("s")).toMatchObject({ status: 410 });
      expect(await calls.disconnect("nothing")).toMatchObject({ status: 404 });
    });
  });

  it("lets an operator terminate a disconnected session, once", async () => {
    await loseOwner();
    const ended = await registry.call("DELETE", "/api/mcp/sessions/s", { body: { reason: "stuck" } });
    expect(ended).toMatchObject({ status: 200, body: { status: "terminated", endReason: "operator_terminated" } });
    const events = await calls.events("s");
    expect(events.at(-1)).toMatchObject({ type: "terminated", data: { from: "disconnected", detail: "stuck" } });
    const health = await registry.call<{ connectionHealth: { endsByReason: unknown } }>(
      "GET",
      "/api/mcp/sessions/health",
    );
    expect(health.body.connectionHealth.endsByReason).toEqual({ instance_lost: 1 });
    expect(await registry.call("DELETE", "/api/mcp/sessions/s")).toMatchObject({ status: 410 });
  });
});
