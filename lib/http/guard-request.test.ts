import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";
import { guardRequest } from "./guard-request";

const GET = { method: "GET", origin: null, fetchSite: null, isNavigation: false };
const POST = { method: "POST", host: "127.0.0.1:3738", origin: null, fetchSite: null, isNavigation: false };
const LOOPBACK = { host: "127.0.0.1", allowedHosts: [] };

describe("guardRequest", () => {
  it.each(["127.0.0.1:3738", "localhost", "LocalHost:80", "[::1]:3738"])("serves loopback's name %s", (host) => {
    expect(() => {
      guardRequest({ ...GET, host }, LOOPBACK);
    }).not.toThrow();
  });

  it.each([
    "evil.example",
    "127.0.0.1.evil.example",
    "localhost.evil.example:3738",
    "",
    "10.0.0.5",
    "[::2]",
    "user@localhost",
    null,
  ])("refuses the name %j on loopback", (host) => {
    expect(() => {
      guardRequest({ ...GET, host }, LOOPBACK);
    }).toThrow(expect.objectContaining({ code: "host_not_allowed" }));
  });

  it("serves the names that the operator allows, and the address it listens on", () => {
    const policy = { host: "192.168.1.5", allowedHosts: ["registry.example"] };
    for (const host of ["registry.example", "Registry.Example:8443", "192.168.1.5:3738", "localhost"]) {
      expect(() => {
        guardRequest({ ...GET, host }, policy);
      }).not.toThrow();
    }
    expect(() => {
      guardRequest({ ...GET, host: "other.example" }, policy);
    }).toThrow();
  });

  it("serves any address on all interfaces, which nobody can point elsewhere, and only allowed names", () => {
    const policy = { host: "0.0.0.0", allowedHosts: ["registry.example"] };
    for (const host of ["192.168.1.5:3738", "[fe80::1]:3738", "registry.example", "localhost:3738"]) {
      expect(() => {
        guardRequest({ ...GET, host }, policy);
      }).not.toThrow();
    }
    for (const host of ["rebound.example", "1.2.3", "192.168.1.5.example"]) {
      expect(() => {
        guardRequest({ ...GET, host }, policy);
      }).toThrow(expect.objectContaining({ code: "host_not_allowed" }));
    }
  });

  it("keeps reads from other sites' pages, and lets a browser navigate here from anywhere", () => {
    const read = { ...GET, host: "localhost", fetchSite: "cross-site" };
    expect(() => {
      guardRequest(read, LOOPBACK);
    }).toThrow(expect.objectContaining({ code: "cross_origin_request" }));
    expect(() => {
      guardRequest({ ...read, isNavigation: true }, LOOPBACK);
    }).not.toThrow();
    expect(() => {
      guardRequest({ ...read, method: "POST", isNavigation: true }, LOOPBACK);
    }).toThrow();
  });

  it.each([
    { origin: "https://evil.example" },
    { origin: "http://127.0.0.1:9999" },
    { origin: "null" },
    { origin: "" },
    { fetchSite: "cross-site" },
    { fetchSite: "same-site" },
    { origin: "http://127.0.0.1:3738", fetchSite: "cross-site" },
  ])("refuses a change from %j", (from) => {
    expect(() => {
      guardRequest({ ...POST, ...from }, LOOPBACK);
    }).toThrow(expect.objectContaining({ code: "cross_origin_request" }));
    expect(() => {
      guardRequest({ ...POST, ...from, method: "GET", isNavigation: true }, LOOPBACK);
    }).not.toThrow();
  });

  it.each([{}, { origin: "http://127.0.0.1:3738" }, { fetchSite: "same-origin" }, { fetchSite: "none" }])(
    "takes a change from %j",
    (from) => {
      expect(() => {
        guardRequest({ ...POST, ...from }, LOOPBACK);
      }).not.toThrow();
    },
  );

  it("takes a change from a page under a name that the operator allows, whatever the proxy's scheme", () => {
    const policy = { host: "0.0.0.0", allowedHosts: ["registry.example"] };
    const request = { ...POST, host: "registry.example", origin: "https://registry.example" };
    expect(() => {
      guardRequest(request, policy);
    }).not.toThrow();
  });
});

describe("guarded routes", () => {
  let registry: TestRegistry;
  beforeAll(async () => {
    registry = await startTestRegistry();
  });
  afterAll(() => registry.close());

  it("answers a rebound name with 421, also where it only reads", async () => {
    for (const [method, path] of [
      ["GET", "/api/mcp/sessions"],
      ["POST", "/api/mcp/sessions"],
      ["GET", "/none"],
    ] as const) {
      const answer = await registry.call(method, path, { headers: { host: "evil.example" } });
      expect(answer).toMatchObject({ status: 421, body: { code: "host_not_allowed" } });
    }
  });

  it("lets no other site's page change anything", async () => {
    const headers = { origin: "https://evil.example" };
    const created = await registry.call("POST", "/api/mcp/sessions", { body: { id: "s", server: "notes" }, headers });
    expect(created).toMatchObject({ status: 403, body: { code: "cross_origin_request" } });
    expect((await registry.call("GET", "/api/mcp/sessions/s")).status).toBe(404);
    await registry.call("POST", "/api/mcp/sessions", { body: { id: "s", server: "notes" } });
    for (const [method, path] of [
      ["DELETE", ""],
      ["PATCH", ""],
      ["POST", "/heartbeat"],
    ] as const) {
      expect((await registry.call(method, `/api/mcp/sessions/s${path}`, { headers })).status).toBe(403);
    }
    expect((await registry.call("GET", "/api/mcp/sessions/s", { headers })).body).toMatchObject({ status: "active" });
  });

  it("gives no other site leave to read", async () => {
    const answer = await registry.call("OPTIONS", "/api/mcp/sessions", { headers: { origin: "https://evil.example" } });
    expect([...answer.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
  });
});
