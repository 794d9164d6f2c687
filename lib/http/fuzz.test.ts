import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";

const METHODS = ["GET", "POST", "PATCH", "DELETE", "PUT", "HEAD", "OPTIONS"];
const SEGMENTS = [
  "api",
  "mcp",
  "sessions",
  "health",
  "history",
  "heartbeats",
  "heartbeat",
  "events",
  "token",
  "reconnect",
  "known",
  "openapi.json",
];

/** Names that mean something somewhere, so that random bodies get past the first check. */
const FIELDS = [
  "id",
  "server",
  "labels",
  "clientInfo",
  "capabilities",
  "idleTimeoutMs",
  "beats",
  "acks",
  "as",
  "reason",
  "idleMs",
  "token",
];
const key = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...FIELDS, "__proto__", "constructor") }, fc.string());
const leaf = fc.oneof(
  fc.constantFrom("known", "notes", "closed", "server", "tools", 0, 1, 1_000, -1, 1e21, null, true),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.double(),
  fc.maxSafeInteger(),
);
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie("json"), { maxLength: 4 }),
    fc.dictionary(key, tie("json"), { maxKeys: 6 }),
  ),
}));

const body = fc.oneof(
  { weight: 6, arbitrary: json.map((value) => JSON.stringify(value)) },
  fc.string({ maxLength: 60 }),
  fc.constant(undefined),
);
const segment = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...SEGMENTS) },
  fc.webSegment(),
  fc
    .string({ unit: "binary", maxLength: 12 })
    .filter((text) => text.isWellFormed())
    .map(encodeURIComponent),
);
const query = fc.oneof(
  { weight: 2, arbitrary: fc.constant("") },
  fc.webQueryParameters().map((text) => `?${text}`),
  fc
    .tuple(
      fc.constantFrom("status", "health", "cursor", "limit", "sort", "q", "after", "range"),
      fc.string({ maxLength: 12 }),
    )
    .filter(([, value]) => value.isWellFormed())
    .map(([name, value]) => `?${name}=${encodeURIComponent(value)}`),
);
const known = fc.constantFrom(
  ["POST", "/api/mcp/sessions"],
  ["PATCH", "/api/mcp/sessions/known"],
  ["POST", "/api/mcp/sessions/known/heartbeat"],
  ["POST", "/api/mcp/heartbeats"],
  ["POST", "/api/mcp/sessions/known/reconnect"],
  ["DELETE", "/api/mcp/sessions/other"],
);
const anywhere = fc.tuple(
  fc.constantFrom(...METHODS),
  fc.array(segment, { maxLength: 6 }).map((segments) => `/${segments.join("/")}`),
);

describe("arbitrary requests", () => {
  let registry: TestRegistry;
  beforeAll(async () => {
    registry = await startTestRegistry();
    await registry.call("POST", "/api/mcp/sessions", { body: { id: "known", server: "notes" } });
  });
  afterAll(() => registry.close());

  /** The registry itself holds every answer against the documented schemas. */
  async function expectSane(method: string, path: string, options: { body?: string | undefined; type?: string }) {
    const carriesBody = options.body !== undefined && method !== "GET" && method !== "HEAD";
    const headers = { "content-type": options.type ?? "application/json" };
    const answer = await registry.call(method, path, carriesBody ? { body: options.body, headers } : {});
    expect(answer.status).toBeLessThan(500);
  }

  it("never make the registry fail, whatever the body", async () => {
    await fc.assert(
      fc.asyncProperty(known, body, async ([method = "", path = ""], text) => {
        await expectSane(method, path, { body: text });
      }),
      { numRuns: 800 },
    );
  });

  it("never make the registry fail, whatever the path, method, query and content type", async () => {
    const type = fc.constantFrom("application/json", "text/plain", "application/json; charset=utf-16", "*/*");
    await fc.assert(
      fc.asyncProperty(anywhere, fc.record({ query, body, type }), async ([method, path], request) => {
        await expectSane(method, `${path}${request.query}`, request);
      }),
      { numRuns: 800 },
    );
  });

  it("create sessions that are read back as they were answered, whatever client info they carry", async () => {
    const info = fc.dictionary(
      fc.string({ unit: "binary" }).filter((name) => name !== "__proto__"),
      json,
      { maxKeys: 4 },
    );
    await fc.assert(
      fc.asyncProperty(info, async (clientInfo) => {
        const created = await registry.call("POST", "/api/mcp/sessions", { body: { server: "notes", clientInfo } });
        if (created.status !== 201) return;
        const read = await registry.call("GET", String(created.headers.get("location")));
        expect(read.body).toEqual(created.body);
        expect(read.body["clientInfo"]).toEqual(JSON.parse(JSON.stringify(clientInfo)));
      }),
      { numRuns: 150 },
    );
  });

  it("leave the registry working", async () => {
    expect(await registry.call("GET", "/readyz")).toMatchObject({ status: 200 });
    expect(await registry.call("GET", "/api/mcp/sessions/health")).toMatchObject({ status: 200 });
    expect(await registry.call("GET", "/api/mcp/sessions?limit=200")).toMatchObject({ status: 200 });
  });
});
