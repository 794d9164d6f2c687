import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { recordNotices } from "@/lib/services/record-notices";
import { instanceCalls } from "@/lib/testing/instance-calls";
import { LiveClient, type LiveClientOptions } from "@/lib/testing/live-client";
import { serveLive, type LiveServer } from "@/lib/testing/serve-live";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";

let registry: TestRegistry;
let served: LiveServer;
let calls: ReturnType<typeof instanceCalls>;
const clients: LiveClient[] = [];

beforeEach(async () => {
  registry = await startTestRegistry({ env: { HOLDFAST_MAX_VIEWERS: "4" } });
  served = await serveLive(registry.runtime);
  calls = instanceCalls(registry);
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await served.close();
  await registry.close();
});

async function open(options?: LiveClientOptions): Promise<LiveClient> {
  const client = await LiveClient.open(served.url, options);
  clients.push(client);
  return client;
}

const terminate = (id: string) => registry.call("DELETE", `/api/mcp/sessions/${id}`, { body: { reason: "enough" } });
const beat = (id: string) => registry.call("POST", `/api/mcp/sessions/${id}/heartbeat`);

describe("a viewer", () => {
  it("is greeted with the log's position, then told what happens", async () => {
    await calls.open("before");
    const viewer = await open();
    expect(viewer.frames).toMatchObject([{ type: "hello", seq: 1 }]);
    const created = (await calls.open("s")).body;
    expect(await viewer.frame("session_created")).toEqual({
      ...{ type: "session_created", seq: 2, at: created.createdAt, session: created },
    });
  });

  it("hears of every kind of change and end, with the session as it is then", async () => {
    const viewer = await open();
    await calls.open("s");
    await registry.call("PUT", "/api/mcp/sessions/s/state", { body: { counter: 1 } });
    const update = await viewer.frame("session_updated", ({ events }) => events.includes("state_written"));
    expect(update.session).toMatchObject({ id: "s", stateVersion: 1 });
    await registry.call("POST", "/api/mcp/sessions/s/messages", { body: { role: "user", content: "hi" } });
    await viewer.frame("session_updated", ({ events }) => events.includes("messages_appended"));
    registry.time.advance(6 * 60_000);
    await recordNotices(registry.runtime.context);
    const aged = await viewer.frame("session_updated", ({ events }) => events.includes("health_changed"));
    expect(aged.session.health).toBe("aging");
    await calls.disconnect("s");
    const lost = await viewer.frame("session_disconnected");
    expect(lost).toMatchObject({
      status: "disconnected",
      reason: "transport_lost",
      session: { status: "disconnected" },
    });
    await calls.open("idle", { idleTimeoutMs: 1_000 });
    registry.time.advance(1_000);
    await registry.sweep();
    const expired = await viewer.frame("session_disconnected", ({ status }) => status === "expired");
    expect(expired).toMatchObject({ reason: "idle_timeout", session: { id: "idle", endReason: "idle_timeout" } });
    await registry.call("POST", "/api/mcp/sessions/idle/renew");
    const renewed = await viewer.frame("session_updated", ({ events }) => events.includes("renewed"));
    expect(renewed.session.supersededBy).not.toBeNull();
  });

  it("follows a termination to its acknowledgement", async () => {
    await calls.register("i", "boot", { pid: 4121 });
    await calls.open("s", { instanceId: "i" });
    const viewer = await open();
    await terminate("s");
    const requested = await viewer.frame("command_updated");
    expect(requested).toMatchObject({ state: "requested", sessionId: "s", outcome: null, pid: null });
    expect(await viewer.frame("session_disconnected")).toMatchObject({
      reason: "operator_terminated",
      seq: requested.seq,
    });
    registry.time.advance(240);
    await calls.beat("i", "boot", { acks: [{ id: requested.commandId }] });
    expect(await viewer.frame("command_updated", ({ state }) => state === "acknowledged")).toMatchObject({
      ...{ commandId: requested.commandId, outcome: "done", elapsedMs: 240, instanceId: "i", pid: 4121 },
    });
  });

  it("follows instances: registered, draining, lost, back, stopped, and not each heartbeat", async () => {
    const viewer = await open();
    await calls.register("i", "boot");
    await viewer.frame("instance_updated", ({ instance }) => instance.status === "alive");
    await registry.call("PUT", "/api/mcp/instances/i/drain", { body: {} });
    await viewer.frame("instance_updated", ({ instance }) => instance.drain !== null);
    viewer.clear();
    await calls.beat("i", "boot");
    registry.time.advance(60_000);
    await registry.sweep();
    await viewer.frame("instance_updated", ({ instance }) => instance.status === "lost");
    expect(viewer.frames.filter(({ type }) => type === "instance_updated")).toHaveLength(1);
    viewer.clear();
    await calls.beat("i", "boot");
    await viewer.frame("instance_updated", ({ instance }) => instance.status === "alive");
    await calls.stop("i", "boot");
    await viewer.frame("instance_updated", ({ instance }) => instance.status === "stopped");
  });

  it("is told the figures when they change, by something done or by time alone", async () => {
    await calls.open("s");
    const viewer = await open();
    await viewer.frame("health", ({ health }) => health.ageDistribution.healthy === 1);
    registry.time.advance(6 * 60_000);
    const { health } = await viewer.frame("health", ({ health }) => health.ageDistribution.aging === 1);
    expect(health.recentActivity).toMatchObject([{ id: "s" }]);
  });

  it("is told of activity only for sessions that it watches, known by then or not", async () => {
    await calls.open("watched");
    await calls.open("other");
    const [viewer, bystander] = [await open(), await open()];
    viewer.subscribe({ watch: ["watched", "later"] });
    await viewer.frame("session_updated", ({ session }) => session.id === "watched");
    await calls.open("later");
    for (const id of ["watched", "other", "later"]) await beat(id);
    for (const id of ["watched", "later"]) {
      const { events } = await viewer.frame(
        "session_updated",
        (f) => f.session.id === id && f.session.requestCount === 1,
      );
      expect(events).toEqual([]);
    }
    const updatesOf = (client: LiveClient) =>
      client.frames.flatMap((frame) => (frame.type === "session_updated" ? [frame.session.id] : []));
    expect(updatesOf(viewer)).not.toContain("other");
    expect(updatesOf(bystander)).toEqual([]);
  });

  it("gets only what its filter names, from its address or its subscription", async () => {
    const notes = await open({ query: "?server=notes" });
    const one = await open({ query: "?session=b" });
    await calls.open("a", { server: "files" });
    await calls.open("b", { server: "notes" });
    await calls.open("c", { server: "notes" });
    await notes.frame("session_created", ({ session }) => session.id === "c");
    await one.frame("session_created");
    notes.clear();
    notes.subscribe({ server: "files" });
    expect(await notes.frame("hello")).toMatchObject({ seq: 3 });
    await terminate("c");
    await terminate("a");
    await terminate("b");
    await notes.frame("session_disconnected");
    await one.frame("session_disconnected");
    const idsOf = (client: LiveClient) => client.frames.flatMap((f) => ("session" in f ? [f.session.id] : []));
    expect([idsOf(notes), idsOf(one)]).toEqual([["a"], ["b", "b"]]);
  });

  it("gets everything of a moment in one message", async () => {
    const viewer = await open();
    await Promise.all(Array.from({ length: 40 }, (_, index) => calls.open(`s-${String(index)}`)));
    await viewer.frame("session_created", ({ seq }) => seq === 40);
    expect(Math.max(...viewer.messageSizes)).toBeGreaterThan(10);
    expect(viewer.frames.filter(({ type }) => type === "session_created").map(({ seq }) => seq)).toEqual(
      Array.from({ length: 40 }, (_, index) => index + 1),
    );
  });
});

describe("a viewer that comes back", () => {
  it("gets what it missed, in order, and goes on from there", async () => {
    for (const id of ["a", "b", "c"]) await calls.open(id);
    const viewer = await open({ query: "?since=1" });
    await calls.open("d");
    await viewer.frame("session_created", ({ session }) => session.id === "d");
    const told = viewer.frames.filter(({ type }) => type !== "health");
    expect(told.map(({ type, seq }) => [type, seq])).toEqual([
      ["hello", 1],
      ["session_created", 2],
      ["session_created", 3],
      ["session_created", 4],
    ]);
  });

  it("has to read everything again when it missed too much", async () => {
    await calls.open("s");
    const { store } = registry.runtime.context;
    const change = { id: "s", now: registry.time.now(), changes: { principal: "p" } };
    await Promise.all(Array.from({ length: 1_001 }, () => store.updateSession(change)));
    const viewer = await open({ query: "?since=0" });
    expect(await viewer.frame("resync")).toMatchObject({ reason: "too_far_behind", seq: 1_002 });
    const nearer = await open({ query: "?since=2" });
    const update = await nearer.frame("session_updated", ({ seq }) => seq === 1_002);
    expect(update.session.principal).toBe("p");
    expect(nearer.frames.some(({ type }) => type === "resync")).toBe(false);
  });

  it("has to read everything again when it knows more than the registry", async () => {
    await calls.open("s");
    const viewer = await open({ query: "?since=5000" });
    expect(await viewer.frame("resync")).toMatchObject({ reason: "unknown_position", seq: 1 });
    await calls.open("t");
    expect(await viewer.frame("session_created")).toMatchObject({ seq: 2 });
  });

  it("may ask over its open connection as well", async () => {
    for (const id of ["a", "b"]) await calls.open(id);
    const viewer = await open();
    viewer.clear();
    viewer.subscribe({ since: 1 });
    expect(await viewer.frame("hello")).toMatchObject({ seq: 1 });
    expect(await viewer.frame("session_created")).toMatchObject({ seq: 2, session: { id: "b" } });
  });
});

describe("the gateway", () => {
  it.each([
    ["what is no JSON", "{", /^invalid_json: /],
    ["an unknown type", JSON.stringify({ type: "shout" }), /^invalid_request: type/],
    ["an unknown field", JSON.stringify({ type: "subscribe", to: "x" }), /^invalid_request: /],
    ["too many watched", JSON.stringify({ type: "subscribe", watch: Array(201).fill("s") }), /^invalid_request: watch/],
    ["a negative position", JSON.stringify({ type: "subscribe", since: -1 }), /^invalid_request: since/],
    ["long nonsense", JSON.stringify({ type: "subscribe", ["é".repeat(200)]: 1 }), /^invalid_request: /],
    ["bytes", Buffer.from("{}"), /^invalid_request: Messages are text/],
  ])("closes with 4400 on %s", async (_, message, reason) => {
    const viewer = await open();
    viewer.socket.send(message);
    const closed = await viewer.closed;
    expect(closed).toEqual({ code: 4400, reason: expect.stringMatching(reason) as string });
    expect(Buffer.byteLength(closed.reason)).toBeLessThanOrEqual(123);
  });

  it("closes with 1009 on a message beyond 64 KiB, and takes one below", async () => {
    const viewer = await open();
    viewer.subscribe({ watch: Array.from({ length: 200 }, (_, index) => `${String(index)}-`.padEnd(256, "x")) });
    viewer.clear();
    viewer.subscribe({ server: "notes" });
    await viewer.frame("hello");
    viewer.socket.send("x".repeat(64 * 1024 + 1));
    expect((await viewer.closed).code).toBe(1009);
  });

  it.each([
    ["a page of another site", { headers: { origin: "https://evil.example" } }, 403],
    ["a page of the same machine on another port", { headers: { origin: "http://127.0.0.1:9" } }, 403],
    ["a cross-site request", { headers: { "sec-fetch-site": "cross-site" } }, 403],
    ["a rebound name", { headers: { host: "rebound.example" } }, 421],
    ["a parameter it does not know", { query: "?to=x" }, 400],
    ["a parameter given twice", { query: "?since=1&since=2" }, 400],
    ["a position that is none", { query: "?since=1.5" }, 400],
    ["a path that only begins like the feed's", { query: "x" }, 404],
    ["a path below the feed's", { query: "/x" }, 404],
  ])("does not open for %s", async (_, options, status) => {
    const { status: answered, body } = await LiveClient.refusal(served.url, options);
    expect(answered).toBe(status);
    expect(JSON.parse(body)).toMatchObject({ status });
  });

  it("opens for a page of its own", async () => {
    await open({ headers: { origin: served.url, "sec-fetch-site": "same-origin" } });
  });

  it("takes as many viewers as the setting says, and the next one when one has left", async () => {
    const viewers = [await open(), await open(), await open(), await open()];
    const { status, body } = await LiveClient.refusal(served.url);
    expect([status, JSON.parse(body)]).toMatchObject([503, { code: "too_many_viewers" }]);
    await viewers[0]?.close();
    await expect.poll(() => registry.runtime.live.viewers).toBe(3);
    await open();
  });

  it("serves a request that offers a protocol which is not spoken here, body and all", async () => {
    const body = JSON.stringify({ id: "s", server: "notes" });
    const socket = connect(Number(new URL(served.url).port), "127.0.0.1");
    socket.write(
      "POST /api/mcp/sessions HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\n" +
        `HTTP2-Settings: AAMAAABkAAQAAP__\r\nContent-Type: application/json\r\nContent-Length: ${String(body.length)}\r\n\r\n${body}`,
    );
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 201 Created\r\n/);
  });

  it("sends everybody away when the process stops, and lets nobody in", async () => {
    const viewers = [await open(), await open()];
    registry.runtime.beginShutdown();
    await served.closeViewers();
    for (const viewer of viewers) {
      expect(await viewer.closed).toEqual({ code: 1012, reason: "shutting_down: Holdfast is shutting down." });
    }
    expect((await LiveClient.refusal(served.url)).status).toBe(503);
  });

  it("cuts off a viewer that does not answer its farewell", async () => {
    const viewer = await open();
    viewer.socket.pause();
    await served.closeViewers();
    expect(registry.runtime.live.viewers).toBe(0);
    viewer.socket.resume();
  });
});
