import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ServiceContext } from "@/lib/services/context";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";
import { createMcpEndpoint } from "./create-mcp-endpoint";

const HEADERS = new Headers({ "content-type": "application/json", accept: "application/json, text/event-stream" });
const CAUSE = "SQLITE_IOERR at /var/lib/holdfast/holdfast.db";

describe("a failure that nobody foresaw", () => {
  let registry: TestRegistry;
  let logged: { fields: object; message: string }[];
  let broken: ServiceContext;
  beforeEach(async () => {
    registry = await startTestRegistry();
    logged = [];
    const { context } = registry.runtime;
    const keep = (fields: object, message: string) => void logged.push({ fields, message });
    const fail = () => Promise.reject(new Error(CAUSE));
    broken = {
      ...context,
      log: { info: keep, warn: keep, error: keep },
      // Inherits everything else: a store's methods live on its class.
      store: Object.create(context.store, { findSession: { value: fail } }) as ServiceContext["store"],
    };
  });
  afterEach(() => registry.close());

  async function ask(method: string, params: object): Promise<Record<string, unknown>> {
    const response = await createMcpEndpoint(broken).answer({ jsonrpc: "2.0", id: 1, method, params }, HEADERS);
    const text = await response.text();
    expect(text).not.toContain("SQLITE");
    return JSON.parse(text) as Record<string, unknown>;
  }

  function expectLogged(requestId: unknown) {
    expect(logged).toMatchObject([{ fields: { requestId, err: new Error(CAUSE) } }]);
  }

  it("of a tool reveals an id, whose cause is in the log", async () => {
    const { result } = await ask("tools/call", { name: "get_session", arguments: { session_id: "any" } });
    const { isError, structuredContent } = result as {
      isError: boolean;
      structuredContent: { error: { code: string; details: { requestId: string } } };
    };
    expect([isError, structuredContent.error.code]).toEqual([true, "internal_error"]);
    expectLogged(structuredContent.error.details.requestId);
  });

  it("of a resource does so too", async () => {
    const { error } = await ask("resources/read", { uri: "session://any" });
    expect(error).toMatchObject({ code: -32603, message: "The resource could not be read." });
    expectLogged((error as { data: { requestId: string } }).data.requestId);
  });
});
