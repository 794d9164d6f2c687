import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { LiveClient } from "@/lib/testing/live-client";
import { liveFixture } from "@/lib/testing/live-fixture";

const live = liveFixture({ env: { HOLDFAST_MAX_VIEWERS: "4" } });

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
    const viewer = await live.open();
    viewer.socket.send(message);
    const closed = await viewer.closed;
    expect(closed).toEqual({ code: 4400, reason: expect.stringMatching(reason) as string });
    expect(Buffer.byteLength(closed.reason)).toBeLessThanOrEqual(123);
  });

  it("closes with 1009 on a message beyond 64 KiB, and takes one below", async () => {
    const viewer = await live.open();
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
    const { status: answered, body } = await LiveClient.refusal(live.served.url, options);
    expect(answered).toBe(status);
    expect(JSON.parse(body)).toMatchObject({ status });
    await expect.poll(live.served.connections).toBe(0);
  });

  it.each([
    ["a path below the feed's", "/ws/sessions/x", 404],
    ["a parameter it does not know", "/ws/sessions?to=x", 400],
    ["a version it does not speak", "/ws/sessions", 400],
  ])("lets go of the connection that asked for %s and has more to say", async (_, path, status) => {
    const socket = connect({ port: Number(new URL(live.served.url).port), host: "127.0.0.1", allowHalfOpen: true });
    socket.on("error", () => undefined);
    socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
    const answer: Buffer[] = [];
    socket.on("data", (chunk) => answer.push(chunk));
    await once(socket, "end");
    expect(Buffer.concat(answer).toString()).toMatch(new RegExp(`^HTTP/1\\.1 ${String(status)} `));
    socket.end("more");
    await expect.poll(live.served.connections, { timeout: 5_000 }).toBe(0);
  });

  it("opens for a page of its own", async () => {
    await live.open({ headers: { origin: live.served.url, "sec-fetch-site": "same-origin" } });
  });

  it("takes as many viewers as the setting says, and the next one when one has left", async () => {
    const viewers = [await live.open(), await live.open(), await live.open(), await live.open()];
    const { status, body } = await LiveClient.refusal(live.served.url);
    expect([status, JSON.parse(body)]).toMatchObject([503, { code: "too_many_viewers" }]);
    await viewers[0]?.close();
    await expect.poll(() => live.registry.runtime.live.viewers).toBe(3);
    await live.open();
  });

  it("serves a request that offers a protocol which is not spoken here, body and all", async () => {
    const body = JSON.stringify({ id: "s", server: "notes" });
    const socket = connect(Number(new URL(live.served.url).port), "127.0.0.1");
    socket.write(
      "POST /api/mcp/sessions HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\n" +
        `HTTP2-Settings: AAMAAABkAAQAAP__\r\nContent-Type: application/json\r\nContent-Length: ${String(body.length)}\r\n\r\n${body}`,
    );
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 201 Created\r\n/);
  });

  it("sends everybody away when the process stops, and lets nobody in", async () => {
    const viewers = [await live.open(), await live.open()];
    live.registry.runtime.beginShutdown();
    await live.served.closeViewers();
    for (const viewer of viewers) {
      expect(await viewer.closed).toEqual({ code: 1012, reason: "shutting_down: Holdfast is shutting down." });
    }
    expect((await LiveClient.refusal(live.served.url)).status).toBe(503);
  });

  it("cuts off a viewer that does not answer its farewell", async () => {
    const viewer = await live.open();
    viewer.socket.pause();
    await live.served.closeViewers();
    expect(live.registry.runtime.live.viewers).toBe(0);
    viewer.socket.resume();
  });
});
