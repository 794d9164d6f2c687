import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dispatch } from "@/lib/http/dispatch";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";

const ENDPOINT = "http://127.0.0.1:3738/api/mcp";
const HEADERS = { "content-type": "application/json", accept: "application/json, text/event-stream" };
const PING = { jsonrpc: "2.0", id: 1, method: "ping" };
const META = {
  "io.modelcontextprotocol/protocolVersion": "2026-07-28",
  "io.modelcontextprotocol/clientInfo": { name: "test", version: "1" },
  "io.modelcontextprotocol/clientCapabilities": {},
};

describe("POST /api/mcp", () => {
  let registry: TestRegistry;
  beforeAll(async () => {
    registry = await startTestRegistry();
  });
  afterAll(() => registry.close());

  async function send(body: unknown, headers: Record<string, string> = {}) {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const init = { method: "POST", headers: { ...HEADERS, ...headers }, body: text };
    const response = await dispatch(new Request(ENDPOINT, init), registry.runtime);
    const answer = await response.text();
    return { status: response.status, headers: response.headers, text: answer };
  }

  async function refused(body: unknown, headers: Record<string, string> = {}) {
    const { status, text } = await send(body, headers);
    return { status, body: JSON.parse(text) as unknown };
  }

  const initialize = (protocolVersion: string) => ({
    ...{ jsonrpc: "2.0", id: 1, method: "initialize" },
    params: { protocolVersion, capabilities: {}, clientInfo: { name: "test", version: "1" } },
  });

  it.each(["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"])(
    "agrees on %s, without a session",
    async (version) => {
      const { status, headers, text } = await send(initialize(version));
      expect([status, headers.get("content-type"), headers.get("mcp-session-id")]).toEqual([
        200,
        "application/json",
        null,
      ]);
      expect(JSON.parse(text)).toMatchObject({
        id: 1,
        result: { protocolVersion: version, serverInfo: { name: "holdfast" } },
      });
    },
  );

  it("offers the latest of the earlier revisions to a client that initializes with an unknown one", async () => {
    const { text } = await send(initialize("2031-01-01"));
    expect(JSON.parse(text)).toMatchObject({ result: { protocolVersion: "2025-11-25" } });
  });

  it("answers a call whose cancellation comes with it, and takes a cancellation that comes alone", async () => {
    const call = { jsonrpc: "2.0", id: 7, method: "tools/call", params: { name: "get_session_health", arguments: {} } };
    const cancellation = { jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 7 } };
    const { status, text } = await send([cancellation, call, cancellation], { "mcp-protocol-version": "2025-03-26" });
    expect(status).toBe(200);
    expect(text).toContain('"id":7');
    expect((await send(cancellation)).status).toBe(202);
  });

  it("refuses a batch that is too long", async () => {
    expect(await refused(Array(11).fill(PING))).toMatchObject({ status: 400, body: { error: { code: -32_600 } } });
  });

  it("answers server/discover of revision 2026-07-28", async () => {
    const message = { jsonrpc: "2.0", id: "d", method: "server/discover", params: { _meta: META } };
    const { status, text } = await send(message, {
      "mcp-protocol-version": "2026-07-28",
      "mcp-method": "server/discover",
    });
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ id: "d", result: { supportedVersions: ["2026-07-28"] } });
  });

  it("closes a subscription at once, having nothing to notify of", async () => {
    const params = { notifications: { toolsListChanged: true }, _meta: META };
    const message = { jsonrpc: "2.0", id: "s", method: "subscriptions/listen", params };
    const { status, headers, text } = await send(message, {
      "mcp-protocol-version": "2026-07-28",
      "mcp-method": "subscriptions/listen",
    });
    expect([status, headers.get("content-type")]).toEqual([200, "text/event-stream"]);
    expect(text).toContain("notifications/subscriptions/acknowledged");
    expect(text).toContain('"resultType":"complete"');
  });

  it("takes notifications, and answers a batch of requests as one", async () => {
    const noted = await send({ jsonrpc: "2.0", method: "notifications/initialized" });
    expect([noted.status, noted.text]).toEqual([202, ""]);
    const { text } = await send([PING, { ...PING, id: 2 }], { "mcp-protocol-version": "2025-03-26" });
    expect(JSON.parse(text)).toEqual([1, 2].map((id) => ({ jsonrpc: "2.0", id, result: {} })));
  });

  it.each([
    ["no JSON", "{", 400, -32700, "invalid_json"],
    ["nothing", "", 400, -32700, "invalid_json"],
    ["a key that reaches the prototype", '{"__proto__":{}}', 400, -32600, "invalid_request"],
    ["endless nesting", `${"[".repeat(40)}${"]".repeat(40)}`, 400, -32600, "invalid_request"],
    ["more than 256 KiB", JSON.stringify({ ...PING, x: "x".repeat(256 * 1024) }), 413, -32000, "payload_too_large"],
  ])("refuses %s in the protocol's form, with the problem inside", async (...[, body, status, code, problem]) => {
    const answer = await refused(body);
    expect(answer).toMatchObject({
      status,
      body: { jsonrpc: "2.0", id: null, error: { code, data: { code: problem, status } } },
    });
  });

  it.each([
    ["another content type", PING, { "content-type": "text/plain" }, 415],
    ["a client that takes no JSON", PING, { accept: "text/html" }, 406],
    ["an unknown revision", PING, { "mcp-protocol-version": "1999-01-01" }, 400],
    ["what is no message", { hello: "world" }, {}, 400],
    [
      "a header that contradicts the message",
      { ...PING, params: { _meta: META } },
      { "mcp-protocol-version": "2025-11-25" },
      400,
    ],
  ])("refuses %s", async (...[, body, headers, status]) => {
    const answer = await refused(body, headers);
    expect(answer).toMatchObject({
      status,
      body: { jsonrpc: "2.0", error: { message: expect.any(String) as string } },
    });
  });

  it.each([
    [{ origin: "https://elsewhere.example" }, 403, "cross_origin_request"],
    [{ "sec-fetch-site": "cross-site" }, 403, "cross_origin_request"],
    [{ host: "rebound.example" }, 421, "host_not_allowed"],
  ])("is closed to other sites' pages: %j", async (headers, status, code) => {
    const args = { name: "create_session", arguments: { server: "intruder" } };
    const answer = await refused({ ...PING, method: "tools/call", params: args }, headers);
    expect(answer).toMatchObject({ status, body: { code } });
    expect((await registry.call("GET", "/api/mcp/sessions?server=intruder")).body).toMatchObject({ sessions: [] });
  });

  it.each(["GET", "DELETE"])("has no stream and no session for %s", async (method) => {
    const answer = await registry.call(method, "/api/mcp", { headers: { accept: "text/event-stream" } });
    expect(answer).toMatchObject({ status: 405, body: { code: "method_not_allowed" } });
    expect(answer.headers.get("allow")).toBe("POST, OPTIONS");
  });
});
