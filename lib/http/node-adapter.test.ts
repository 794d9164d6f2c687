import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";
import { serveApi } from "./node-adapter";
import { refuseBrokenRequest } from "./refuse-broken-request";

const SESSIONS = "/api/mcp/sessions";
const LIMIT = 256 * 1024;

describe("serveApi over a real server", () => {
  let registry: TestRegistry;
  let server: Server;
  let origin: string;
  const failures: unknown[] = [];

  beforeAll(async () => {
    registry = await startTestRegistry();
    server = createServer((incoming, outgoing) => {
      serveApi(incoming, outgoing, registry.runtime).catch((error: unknown) => {
        failures.push(error);
        outgoing.destroy();
      });
    });
    server.on("clientError", (error, socket) => {
      refuseBrokenRequest(error, socket, "request-1");
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  afterEach(() => {
    expect(failures.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await registry.close();
  });

  const send = async (method: string, path: string, init: RequestInit = {}) => {
    const response = await fetch(`${origin}${path}`, { method, ...init });
    const text = await response.text();
    const body = (text === "" ? null : JSON.parse(text)) as Record<string, unknown>;
    return { status: response.status, headers: response.headers, body };
  };
  const json = (body: unknown): RequestInit => ({
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

  /** Writes raw bytes and reads until the server closes. */
  async function raw(...writes: (string | Buffer)[]): Promise<string> {
    const socket = connect(Number(new URL(origin).port), "127.0.0.1");
    await once(socket, "connect");
    for (const bytes of writes) socket.write(bytes);
    return readAll(socket);
  }

  async function readAll(socket: Socket): Promise<string> {
    let text = "";
    socket.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
    await once(socket, "close");
    return text;
  }

  const lines = (...all: string[]) => `${all.join("\r\n")}\r\n\r\n`;

  it("sends an export of any size to a slow reader, without keeping it in memory", async () => {
    const capabilities = { padding: "x".repeat(15_000) };
    const ids = Array.from({ length: 100 }, (_, index) => `export-${String(index)}`);
    await Promise.all(ids.map((id) => send("POST", SESSIONS, json({ id, server: "exported", capabilities }))));
    const socket = connect(Number(new URL(origin).port), "127.0.0.1");
    await once(socket, "connect");
    socket.write(lines(`GET ${SESSIONS}/export?format=jsonl&server=exported HTTP/1.1`, "Host: localhost"));
    // Nothing is read for a while: more than a client may leave unread would have piled up by now.
    for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    const text = await readAll(socket);
    expect(text.match(/"id":"export-/g)).toHaveLength(ids.length);
    expect(text.endsWith("0\r\n\r\n")).toBe(true);
  });

  it("serves the routes: create, read, list, end", async () => {
    const created = await send("POST", SESSIONS, json({ id: "a/b", server: "notes ✓" }));
    expect(created).toMatchObject({ status: 201, body: { id: "a/b", server: "notes ✓" } });
    expect(await send("GET", `${SESSIONS}/a%2Fb`)).toMatchObject({ status: 200, body: created.body });
    expect(await send("GET", `${SESSIONS}?q=a%2Fb&limit=5`)).toMatchObject({ status: 200, body: { nextCursor: null } });
    expect(await send("DELETE", `${SESSIONS}/a%2Fb`)).toMatchObject({ status: 200, body: { status: "terminated" } });
  });

  it("reads a body of exactly the limit, in as many pieces as it comes", async () => {
    const beats = { beats: [], acks: [] };
    const padded = JSON.stringify(beats).padEnd(LIMIT, " ");
    const answer = await send("POST", "/api/mcp/heartbeats", { ...json({}), body: padded });
    expect(answer.status).toBe(200);
    const refused = await send("POST", "/api/mcp/heartbeats", { ...json({}), body: `${padded} ` });
    expect(refused).toMatchObject({ status: 413, body: { code: "payload_too_large" } });
  });

  it("lets the client of a far too large body read the refusal, declared or chunked", async () => {
    const head = [`POST ${SESSIONS} HTTP/1.1`, "Host: 127.0.0.1", "Content-Type: application/json"];
    const piece = Buffer.alloc(LIMIT, 120);
    const declared = await raw(lines(...head, `Content-Length: ${String(8 * LIMIT)}`), ...Array<Buffer>(8).fill(piece));
    expect(declared).toMatch(/^HTTP\/1\.1 413 .*"code":"payload_too_large"/s);
    expect(declared).toMatch(/connection: close/i);
    const chunk = Buffer.concat([Buffer.from(`${LIMIT.toString(16)}\r\n`), piece, Buffer.from("\r\n")]);
    const chunked = await raw(
      lines(...head, "Transfer-Encoding: chunked"),
      ...Array<Buffer>(8).fill(chunk),
      "0\r\n\r\n",
    );
    expect(chunked).toMatch(/^HTTP\/1\.1 413 .*"code":"payload_too_large"/s);
  });

  it("answers pipelined requests in order on one connection", async () => {
    const heartbeat = lines(`POST ${SESSIONS}/nobody/heartbeat HTTP/1.1`, "Host: 127.0.0.1", "Content-Length: 0");
    const live = lines("GET /livez HTTP/1.1", "Host: 127.0.0.1");
    const last = lines("GET /readyz HTTP/1.1", "Host: 127.0.0.1", "Connection: close");
    const text = await raw(live + heartbeat + live + last);
    expect([...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual(["200", "404", "200", "200"]);
  });

  it("answers HEAD like GET, without a body, also when it refuses", async () => {
    const get = await send("GET", "/livez");
    const head = await send("HEAD", "/livez");
    expect(head).toMatchObject({ status: 200, body: null });
    expect(head.headers.get("content-type")).toBe(get.headers.get("content-type"));
    const refused = await raw(lines("HEAD /none HTTP/1.1", "Host: 127.0.0.1", "Connection: close"));
    expect(refused).toMatch(/^HTTP\/1\.1 404 [^{]*$/s);
  });

  it.each(["TRACE", "PROPFIND", "PURGE"])(
    "answers %s, which no page can send, with what is allowed",
    async (method) => {
      const text = await raw(lines(`${method} /livez HTTP/1.1`, "Host: 127.0.0.1", "Connection: close"));
      expect(text).toMatch(/^HTTP\/1\.1 405 .*"code":"method_not_allowed"/s);
      expect(text).toMatch(/^allow: GET, HEAD, OPTIONS/im);
    },
  );

  it.each(["GET http://127.0.0.1/livez HTTP/1.1", "OPTIONS * HTTP/1.1"])("refuses the target of %s", async (target) => {
    const text = await raw(lines(target, "Host: 127.0.0.1", "Connection: close"));
    expect(text).toMatch(/^HTTP\/1\.1 400 .*application\/problem\+json.*"code":"invalid_request"/s);
  });

  it.each([
    ["no HTTP at all", "hello\r\n\r\n", 400, "malformed_request"],
    ["control characters", lines("GET /livez HTTP/1.1", "Host: x", "X: \u0001"), 400, "malformed_request"],
    [
      "two lengths",
      lines("POST /livez HTTP/1.1", "Host: x", "Content-Length: 1", "Content-Length: 2"),
      400,
      "malformed_request",
    ],
    ["endless headers", `GET /livez HTTP/1.1\r\nHost: x\r\nX: ${"x".repeat(20_000)}\r\n\r\n`, 431, "headers_too_large"],
  ])("answers a broken request with %s as a problem", async (...[, bytes, status, code]) => {
    const text = await raw(bytes);
    const [head = "", body = ""] = text.split("\r\n\r\n");
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${String(status)} .*application/problem\\+json`, "s"));
    expect(JSON.parse(body)).toMatchObject({ status, code, requestId: "request-1" });
    expect(head.toLowerCase()).toContain(`content-length: ${String(Buffer.byteLength(body))}`);
  });

  it("takes a client's own request id into the answer, if it is one", async () => {
    const withId = await send("GET", "/none", { headers: { "x-request-id": "client-id-0001" } });
    expect([withId.headers.get("x-request-id"), withId.body["requestId"]]).toEqual([
      "client-id-0001",
      "client-id-0001",
    ]);
    const forged = await send("GET", "/none", { headers: { "x-request-id": 'x" level=fatal' } });
    expect(forged.headers.get("x-request-id")).not.toContain("fatal");
  });

  it("asks clients to leave once it begins to stop, and still answers them", async () => {
    const stopping = await startTestRegistry();
    stopping.runtime.beginShutdown();
    const once1 = createServer((incoming, outgoing) => void serveApi(incoming, outgoing, stopping.runtime));
    await once(once1.listen(0, "127.0.0.1"), "listening");
    const response = await fetch(`http://127.0.0.1:${String((once1.address() as AddressInfo).port)}/livez`);
    expect([response.status, response.headers.get("connection")]).toEqual([200, "close"]);
    once1.close();
    await stopping.close();
  });
});
