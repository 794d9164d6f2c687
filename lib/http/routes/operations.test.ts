import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";

describe("operation routes", () => {
  let registry: TestRegistry;
  beforeAll(async () => {
    registry = await startTestRegistry();
  });
  afterAll(() => registry.close());

  it("is live and ready", async () => {
    for (const path of ["/livez", "/readyz"]) {
      expect(await registry.call("GET", path)).toMatchObject({ status: 200, body: { status: "ok" } });
    }
  });

  it("serves its own description", async () => {
    expect(await registry.call("GET", "/api/openapi.json")).toMatchObject({ status: 200, body: { openapi: "3.1.0" } });
  });

  it("is live but no longer ready once it begins to stop", async () => {
    const stopping = await startTestRegistry();
    stopping.runtime.beginShutdown();
    expect((await stopping.call("GET", "/livez")).status).toBe(200);
    const ready = await stopping.call("GET", "/readyz");
    expect(ready).toMatchObject({ status: 503, body: { code: "shutting_down" } });
    expect(ready.headers.get("retry-after")).toBe("2");
    await stopping.close();
  });

  it("refuses writes as shutting down once its store is closed", async () => {
    const stopped = await startTestRegistry();
    const created = await stopped.call("POST", "/api/mcp/sessions", { body: { id: "s", server: "notes" } });
    expect(created.status).toBe(201);
    await stopped.runtime.close();
    const late = await stopped.call("POST", "/api/mcp/sessions", { body: { server: "notes" } });
    expect(late).toMatchObject({ status: 503, body: { code: "shutting_down" } });
    expect(late.headers.get("retry-after")).not.toBeNull();
    rmSync(stopped.dataDir, { recursive: true });
  });
});
