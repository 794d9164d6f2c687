import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";

const SESSIONS = "/api/mcp/sessions";
const LIMIT = 256 * 1024;
const WRITES = [
  ["POST", SESSIONS],
  ["PATCH", `${SESSIONS}/known`],
  ["DELETE", `${SESSIONS}/known`],
  ["POST", `${SESSIONS}/known/heartbeat`],
  ["POST", "/api/mcp/heartbeats"],
] as const;

describe("bad input", () => {
  let registry: TestRegistry;
  beforeAll(async () => {
    registry = await startTestRegistry();
    await registry.call("POST", SESSIONS, { body: { id: "known", server: "notes" } });
  });
  afterAll(async () => {
    const { body } = await registry.call("GET", `${SESSIONS}/known`);
    expect(body).toMatchObject({ status: "active", requestCount: 0, labels: {}, lastHeartbeatAt: null });
    await registry.close();
  });

  const pointersOf = (body: Record<string, unknown>) =>
    ((body["errors"] ?? []) as { pointer: string }[]).map(({ pointer }) => pointer);

  async function expectRefusal(body: unknown, pointer: string, [method, path]: readonly [string, string] = WRITES[0]) {
    const answer = await registry.call(method, path, { body });
    expect(answer).toMatchObject({ status: 400, body: { code: "invalid_request" } });
    expect(pointersOf(answer.body)).toContain(pointer);
  }

  describe.each(WRITES)("%s %s", (method, path) => {
    const send = (body: unknown, headers: Record<string, string> = {}) =>
      registry.call(method, path, { body, headers });

    it.each(["{", "{'a':1}", "[1,]", "undefined", '{"a":1}{"b":2}', "\u0000", '"open', '{"a":\u0001}', "NaN"])(
      "refuses %j as JSON",
      async (body) => {
        expect(await send(body)).toMatchObject({ status: 400, body: { code: "invalid_json" } });
      },
    );

    it.each(["null", "[]", "1", '"text"', "true"])("refuses %s where an object belongs", async (body) => {
      const answer = await send(body);
      expect(answer).toMatchObject({ status: 400, body: { code: "invalid_request" } });
      expect(pointersOf(answer.body)).toContain("body");
    });

    it("refuses a field that it does not know, and names it", async () => {
      const answer = await send({ server: "notes", beats: [], isAdmin: true });
      expect(answer.status).toBe(400);
      expect(pointersOf(answer.body)).toContain("/isAdmin");
    });

    it.each(["text/plain", "application/x-www-form-urlencoded", "application/jsonp", "text/json", ""])(
      "refuses the content type %j",
      async (type) => {
        const answer = await send({ server: "notes" }, { "content-type": type });
        expect(answer).toMatchObject({ status: 415, body: { code: "unsupported_media_type" } });
      },
    );

    it("refuses nesting beyond any need", async () => {
      const deep = `${"[".repeat(40)}${"]".repeat(40)}`;
      const answer = await send(`{"server":"notes","clientInfo":{"x":${deep}}}`);
      expect(answer).toMatchObject({ status: 400, body: { code: "invalid_request" } });
      const abyss = await send("[".repeat(100_000));
      expect(abyss).toMatchObject({ status: 400, body: { code: "invalid_json" } });
      const bottom = await send(`${"[".repeat(100_000)}${"]".repeat(100_000)}`);
      expect(bottom).toMatchObject({ status: 400, body: { code: "invalid_request" } });
    });

    it.each([
      '{"__proto__":{"isAdmin":true}}',
      '{"clientInfo":{"a":[{"__proto__":null}]}}',
      '{"labels":{"__proto__":"x"}}',
    ])("refuses %s and pollutes nothing", async (body) => {
      const answer = await send(body);
      expect(answer).toMatchObject({ status: 400, body: { code: "invalid_request" } });
      expect(pointersOf(answer.body)[0]).toMatch(/__proto__$/);
      expect(({} as Record<string, unknown>)["isAdmin"]).toBeUndefined();
    });

    it("refuses a body beyond 256 KiB, declared or not", async () => {
      const body = JSON.stringify({ server: "x".repeat(LIMIT) });
      const declared = { "content-length": String(body.length) };
      expect(await send(body, declared)).toMatchObject({ status: 413, body: { code: "payload_too_large" } });
      const url = `http://127.0.0.1:3738${path}`;
      const chunk = new TextEncoder().encode("x".repeat(LIMIT / 32));
      let left = 40;
      const stream = new ReadableStream<Uint8Array>({
        pull: (controller) => {
          if ((left -= 1) >= 0) controller.enqueue(chunk);
          else controller.close();
        },
      });
      const init: RequestInit & { duplex: "half" } = { method, body: stream, duplex: "half" };
      const streamed = await registry.send(
        new Request(url, { ...init, headers: { "content-type": "application/json" } }),
      );
      expect(streamed).toMatchObject({ status: 413, body: { code: "payload_too_large" } });
    });

    it("refuses text that is not UTF-8", async () => {
      const bytes = Uint8Array.from([...Buffer.from('{"server":"'), 0xff, 0xfe, ...Buffer.from('"}')]);
      const init = { method, headers: { "content-type": "application/json" }, body: bytes };
      const answer = await registry.send(new Request(`http://127.0.0.1:3738${path}`, init));
      expect(answer).toMatchObject({ status: 400, body: { code: "invalid_json" } });
    });
  });

  it.each([
    [{}, "/server"],
    [{ server: "" }, "/server"],
    [{ server: 7 }, "/server"],
    [{ server: "x".repeat(201) }, "/server"],
    [{ server: "line\nbreak" }, "/server"],
    [{ server: " padded " }, "/server"],
    [{ server: "\ud800" }, "/server"],
    [{ server: "notes", id: "" }, "/id"],
    [{ server: "notes", id: "with space" }, "/id"],
    [{ server: "notes", id: "nul\u0000" }, "/id"],
    [{ server: "notes", id: "ünï" }, "/id"],
    [{ server: "notes", id: "x".repeat(257) }, "/id"],
    [{ server: "notes", id: "health" }, "/id"],
    [{ server: "notes", id: ".." }, "/id"],
    [{ server: "notes", kind: "stream" }, "/kind"],
    [{ server: "notes", clientInfo: [] }, "/clientInfo"],
    [{ server: "notes", clientInfo: { name: "x".repeat(9_000) } }, "/clientInfo"],
    [{ server: "notes", capabilities: "tools" }, "/capabilities"],
    [{ server: "notes", capabilities: ["__proto__"] }, "/capabilities/0"],
    [{ server: "notes", capabilities: { tools: "x".repeat(17_000) } }, "/capabilities"],
    [{ server: "notes", transport: "Streamable HTTP" }, "/transport"],
    [{ server: "notes", principal: "x".repeat(257) }, "/principal"],
    [{ server: "notes", mcpServers: ["ok", ""] }, "/mcpServers/1"],
    [{ server: "notes", labels: { team: 1 } }, "/labels/team"],
    [{ server: "notes", labels: { "-team": "x" } }, "/labels/-team"],
    [{ server: "notes", labels: { "a/b": "x".repeat(257) } }, "/labels/a~1b"],
    [
      { server: "notes", labels: Object.fromEntries([...Array(33).keys()].map((key) => [`k${String(key)}`, "v"])) },
      "/labels",
    ],
    [{ server: "notes", idleTimeoutMs: 999 }, "/idleTimeoutMs"],
    [{ server: "notes", idleTimeoutMs: 2_592_000_001 }, "/idleTimeoutMs"],
    [{ server: "notes", idleTimeoutMs: 1_000.5 }, "/idleTimeoutMs"],
    [{ server: "notes", idleTimeoutMs: "60000" }, "/idleTimeoutMs"],
    [{ server: "notes", lifetimeMs: 0 }, "/lifetimeMs"],
    [{ server: "notes", createdAt: "2026-01-01T00:00:00.000Z" }, "/createdAt"],
  ])("refuses to create %j", async (body, pointer) => {
    await expectRefusal(body, pointer);
  });

  it.each([
    [WRITES[1], {}, "body"],
    [WRITES[1], { labels: { ok: "x", "not ok": null } }, "/labels/not ok"],
    [WRITES[1], { server: "other" }, "/server"],
    [WRITES[2], { as: "expired" }, "/as"],
    [WRITES[2], { by: "client" }, "/by"],
    [WRITES[2], { reason: "x".repeat(501) }, "/reason"],
    [WRITES[3], { idleMs: -1 }, "/idleMs"],
    [WRITES[3], { requests: 1.5 }, "/requests"],
    [WRITES[3], { requests: 1e10 }, "/requests"],
    [WRITES[3], { inFlight: "1" }, "/inFlight"],
    [WRITES[3], { id: "known" }, "/id"],
    [WRITES[4], {}, "/beats"],
    [WRITES[4], { beats: [{ id: "known" }, {}] }, "/beats/1/id"],
    [WRITES[4], { beats: [], acks: Array(1_001).fill("x") }, "/acks"],
  ])("refuses at %j the body %j", async (route, body, pointer) => {
    await expectRefusal(body, pointer, route);
  });

  it.each(["%00", "%0a", "%20", "a%20b", "%C3%A9", "%7f", "x".repeat(257), "%2e%2e%2f%00"])(
    "refuses the id %s in a path",
    async (id) => {
      const answer = await registry.call("GET", `${SESSIONS}/${id}`);
      expect(answer).toMatchObject({
        status: 400,
        body: { code: "invalid_request", errors: [{ pointer: "path:id" }] },
      });
    },
  );

  it.each(["%", "%zz", "%c3%28", "%e0%a4"])("refuses the malformed percent-encoding %s", async (id) => {
    expect(await registry.call("GET", `${SESSIONS}/${id}`)).toMatchObject({
      status: 400,
      body: { code: "invalid_request" },
    });
  });

  it.each([
    ["PUT", SESSIONS, "POST, GET, HEAD, OPTIONS"],
    ["DELETE", SESSIONS, "POST, GET, HEAD, OPTIONS"],
    ["POST", `${SESSIONS}/known`, "GET, PATCH, DELETE, HEAD, OPTIONS"],
    ["GET", `${SESSIONS}/known/heartbeat`, "POST, OPTIONS"],
    ["HEAD", `${SESSIONS}/known/heartbeat`, "POST, OPTIONS"],
    ["POST", `${SESSIONS}/health`, "GET, HEAD, OPTIONS"],
    ["GET", "/api/mcp", "POST, OPTIONS"],
    ["DELETE", "/api/mcp", "POST, OPTIONS"],
    ["PROPFIND", "/livez", "GET, HEAD, OPTIONS"],
  ])("answers %s %s with what is allowed", async (method, path, allow) => {
    const answer = await registry.call(method, path);
    expect(answer).toMatchObject({ status: 405, body: { code: "method_not_allowed" } });
    expect(answer.headers.get("allow")).toBe(allow);
    const options = await registry.call("OPTIONS", path);
    expect([options.status, options.headers.get("allow"), options.body]).toEqual([204, allow, null]);
  });

  it.each(["/", "/api", "/api/", "/api/mcp/sessions/known/none", "/api/mcp/sessions/a/b/c", "//livez", "/LIVEZ"])(
    "has nothing at %s",
    async (path) => {
      expect(await registry.call("GET", path)).toMatchObject({ status: 404, body: { code: "route_not_found" } });
    },
  );

  it("answers HEAD like GET, without a body", async () => {
    for (const path of [`${SESSIONS}/known`, SESSIONS, `${SESSIONS}/health`, "/livez"]) {
      const [get, head] = [await registry.call("GET", path), await registry.call("HEAD", path)];
      expect([head.status, head.body, head.headers.get("content-type")]).toEqual([
        200,
        null,
        get.headers.get("content-type"),
      ]);
    }
  });

  it("never repeats an over-long name back", async () => {
    const long = "k".repeat(100_000);
    for (const body of [
      { [long]: 1 },
      { server: "notes", labels: { [long]: "v" } },
      { server: "notes", clientInfo: { [long]: { ["__proto__x"]: 1 } } },
    ]) {
      const { status, body: problem } = await registry.call("POST", SESSIONS, { body });
      expect(status).toBe(400);
      expect(JSON.stringify(problem).length).toBeLessThan(5_000);
    }
    const { body: problem } = await registry.call("POST", SESSIONS, { body: `{"${long}":{"__proto__":1}}` });
    expect(JSON.stringify(problem).length).toBeLessThan(5_000);
  });

  it("names every field that is wrong, up to a bound", async () => {
    const several = await registry.call("POST", SESSIONS, { body: { server: "", kind: "x", idleTimeoutMs: 1 } });
    expect(pointersOf(several.body)).toEqual(["/kind", "/server", "/idleTimeoutMs"]);
    const beats = Array.from({ length: 1_000 }, () => ({ id: "" }));
    const many = await registry.call("POST", "/api/mcp/heartbeats", { body: { beats } });
    expect(pointersOf(many.body)).toHaveLength(20);
  });
});
