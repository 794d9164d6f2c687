import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveApi } from "@/lib/http/node-adapter";
import { mcpCaller } from "@/lib/testing/mcp-caller";
import { type AnyMcpClient, MCP_CLIENTS } from "@/lib/testing/mcp-clients";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";
import packageJson from "@/package.json";

const SESSIONS = "/api/mcp/sessions";
const TOOLS = {
  create_session: {},
  get_session: { readOnlyHint: true, idempotentHint: true },
  list_sessions: { readOnlyHint: true, idempotentHint: true },
  explain_session: { readOnlyHint: true, idempotentHint: true },
  update_session_state: { destructiveHint: true, idempotentHint: true },
  append_messages: {},
  reconnect_session: {},
  renew_session: { idempotentHint: true },
  terminate_session: { destructiveHint: true },
  get_session_health: { readOnlyHint: true, idempotentHint: true },
};

describe.each(MCP_CLIENTS)("the registry as an MCP server, %s", (_name, connect) => {
  let registry: TestRegistry;
  let server: Server;
  let client: AnyMcpClient;

  beforeAll(async () => {
    registry = await startTestRegistry();
    server = createServer((incoming, outgoing) => void serveApi(incoming, outgoing, registry.runtime));
    await once(server.listen(0, "127.0.0.1"), "listening");
    client = await connect(new URL(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/api/mcp`));
    // From here on the clients hold every structured result against its tool's output schema.
    await client.listTools();
  });
  afterAll(async () => {
    await client.close();
    server.closeAllConnections();
    server.close();
    await registry.close();
  });

  const { called, succeed, fail } = mcpCaller(() => client);

  async function create(args: Record<string, unknown> = {}): Promise<string> {
    const { session } = (await succeed("create_session", { server: "notes", ...args })) as { session: { id: string } };
    return session.id;
  }

  async function createExpired(): Promise<string> {
    const id = await create({ idle_timeout_ms: 60_000 });
    registry.time.advance(60_000);
    return id;
  }

  async function issueToken(id: string): Promise<string> {
    const { status, body } = await registry.call<{ token: string }>("POST", `${SESSIONS}/${id}/token`);
    expect(status).toBeLessThan(300);
    return body.token;
  }

  const statusOf = async (id: string) => (await registry.call("GET", `${SESSIONS}/${id}`)).body["status"];

  it("says who it is and how to use it", () => {
    expect(client.getServerVersion()).toMatchObject({ name: "holdfast", version: packageJson.version });
    expect(client.getInstructions()).toContain("newSessionId");
  });

  it("lists its tools with strict schemas and honest hints", async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name).sort()).toEqual(Object.keys(TOOLS).sort());
    for (const { name, title, description = "", inputSchema, outputSchema, annotations } of tools) {
      expect(title, name).toBeTypeOf("string");
      expect(description.length, name).toBeGreaterThan(80);
      expect(inputSchema, name).toMatchObject({ type: "object", additionalProperties: false });
      expect(outputSchema, name).toMatchObject({ type: "object", additionalProperties: false });
      expect(JSON.stringify([inputSchema, outputSchema]), name).not.toContain("$ref");
      const hints = { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false };
      expect(annotations, name).toEqual({ title, ...hints, ...TOOLS[name as keyof typeof TOOLS] });
      for (const argument of Object.keys(inputSchema["properties"] as object)) expect(argument).toMatch(/^[a-z_]+$/);
    }
  });

  it("keeps a session's state and messages and finds it again", async () => {
    const id = await create({ client_info: { name: "model" }, labels: { team: "core" } });
    const first = await succeed("update_session_state", { session_id: id, state: { counter: 4, draft: true } });
    expect(first).toEqual({ sessionId: id, version: 1, state: { counter: 4, draft: true } });
    const merged = { session_id: id, state: { counter: 5, draft: null }, if_version: 1 };
    expect(await succeed("update_session_state", merged)).toMatchObject({ version: 2, state: { counter: 5 } });
    const replaced = { session_id: id, state: { lastTool: "list_nodes" }, mode: "replace" };
    expect(await succeed("update_session_state", replaced)).toMatchObject({ state: { lastTool: "list_nodes" } });
    const messages = ["one", "two", "three"].map((content) => ({ role: "user", content }));
    expect(await succeed("append_messages", { session_id: id, messages })).toMatchObject({ messageCount: 3 });

    expect(Object.keys(await succeed("get_session", { session_id: id }))).toEqual(["session"]);
    expect(await succeed("get_session", { session_id: id, include_state: true, include_messages: 2 })).toMatchObject({
      session: { id, status: "active", kind: "handle", labels: { team: "core" }, stateVersion: 3 },
      state: { lastTool: "list_nodes" },
      messages: [{ content: "two" }, { content: "three" }],
    });
    const found = { sessions: [{ id }], nextCursor: null };
    expect(await succeed("list_sessions", { query: id, status: ["active"], health: ["healthy"] })).toMatchObject(found);
    expect(await succeed("list_sessions", { query: "label.team=core idle:<1h -status:closed" })).toMatchObject(found);
    expect(await succeed("explain_session", { session_id: id })).toMatchObject({ status: "active" });
  });

  it("creates one session however often it is asked with one idempotency key", async () => {
    const args = { idempotency_key: "key-1", labels: { try: "again" } };
    expect(await create(args)).toBe(await create(args));
    await fail("create_session", { server: "other", ...args }, "idempotency_key_reused");
  });

  it("pages through sessions", async () => {
    const ids = [
      await create({ server: "paged" }),
      await create({ server: "paged" }),
      await create({ server: "paged" }),
    ];
    const args = { server: "paged", limit: 2, order: "asc" };
    const first = await succeed("list_sessions", args);
    const second = await succeed("list_sessions", { ...args, cursor: first["nextCursor"] });
    const seen = [first, second].flatMap(({ sessions }) => (sessions as { id: string }[]).map(({ id }) => id));
    expect(seen).toEqual(ids);
    await fail("list_sessions", { cursor: "made up" }, "invalid_cursor");
  });

  it("counts the same as the HTTP API", async () => {
    const overHttp = await registry.call("GET", `${SESSIONS}/health`);
    expect(await succeed("get_session_health")).toEqual(overHttp.body);
  });

  it("refuses arguments that it does not know, and names what is wrong", async () => {
    const id = await create();
    for (const [name, args, argument] of [
      ["create_session", { server: "notes", is_admin: true }, "is_admin"],
      ["create_session", {}, "server"],
      ["get_session", { session_id: id, sessionId: id }, "sessionId"],
      ["list_sessions", { status: ["gone"] }, "status.0"],
      ["list_sessions", { query: "stauts:active" }, "query"],
      ["update_session_state", { session_id: id, state: [] }, "state"],
      ["append_messages", { session_id: id, messages: [{ role: "robot", content: "x" }] }, "messages.0.role"],
      ["terminate_session", { session_id: id, dryRun: true }, "dryRun"],
      ["get_session_health", { window: 1 }, "window"],
    ] as const) {
      const { error } = (await fail(name, args, "invalid_request")) as { error: { details: { errors: unknown[] } } };
      expect(error.details.errors).toContainEqual(expect.objectContaining({ argument }));
    }
    expect(await statusOf(id)).toBe("active");
    await expect(client.callTool({ name: "drop_database" })).rejects.toThrow(/not found/);
  });

  it("says in a dry run what a termination would end, and ends nothing", async () => {
    const id = await create();
    const before = (await registry.call("GET", `${SESSIONS}/${id}/events`)).body;
    const dry = await succeed("terminate_session", { session_id: id, dry_run: true });
    expect(dry).toMatchObject({ dryRun: true, terminated: false, session: { id, status: "active" } });
    expect((await registry.call("GET", `${SESSIONS}/${id}/events`)).body).toEqual(before);
    await registry.call("POST", "/api/mcp/heartbeats", { body: { beats: [] } });

    const ended = await succeed("terminate_session", { session_id: id, reason: "asked to" });
    expect(ended).toMatchObject({
      dryRun: false,
      terminated: true,
      session: { status: "terminated", endDetail: "asked to" },
    });
    expect(await statusOf(id)).toBe("terminated");
    for (const dryRun of [true, false]) {
      const gone = await fail("terminate_session", { session_id: id, dry_run: dryRun }, "session_gone");
      expect(gone).toMatchObject({ error: { details: { endReason: "operator_terminated" } } });
    }
    await fail("update_session_state", { session_id: id, state: {} }, "session_gone");
    expect(await succeed("explain_session", { session_id: id })).toMatchObject({ status: "terminated" });
  });

  it("carries newSessionId when a write names an expired session, the same for every call", async () => {
    const id = await createExpired();
    expect(await succeed("get_session", { session_id: id })).toMatchObject({
      session: { status: "expired", supersededBy: null },
    });
    const message = { session_id: id, messages: [{ role: "user", content: "still there?" }] };
    const answers = await Promise.all([
      fail("update_session_state", { session_id: id, state: { counter: 6 } }, "session_expired"),
      fail("append_messages", message, "session_expired"),
      fail("update_session_state", { session_id: id, state: { counter: 7 } }, "session_expired"),
    ]);
    const ids = new Set(answers.map(({ newSessionId }) => newSessionId));
    expect(ids.size).toBe(1);
    const [newId] = [...ids] as [string];
    expect(newId).not.toBe(id);
    expect(await succeed("renew_session", { session_id: id })).toMatchObject({ newSessionId: newId, created: false });
    expect(await succeed("get_session", { session_id: id, include_state: true })).toMatchObject({
      session: { status: "expired", supersededBy: newId, messageCount: 0, stateVersion: 0 },
      state: {},
    });
    expect(await succeed("append_messages", { ...message, session_id: newId })).toMatchObject({ messageCount: 1 });
  });

  it("carries newSessionId too when nobody took a disconnected session up in time", async () => {
    const id = await create();
    await registry.call("POST", `${SESSIONS}/${id}/disconnect`, { body: { reason: "transport_lost" } });
    registry.time.advance(15 * 60_000);
    const { newSessionId } = await fail("update_session_state", { session_id: id, state: {} }, "session_expired");
    expect(await statusOf(String(newSessionId))).toBe("active");
  });

  it("renews an expired session under an id of the caller's choice", async () => {
    const id = await createExpired();
    const renewed = await succeed("renew_session", { session_id: id, new_session_id: `${id}-2` });
    expect(renewed).toMatchObject({ newSessionId: `${id}-2`, created: true, session: { supersedes: id } });
    await fail("renew_session", { session_id: `${id}-2` }, "session_active");
  });

  it("reconnects a session with its token, once", async () => {
    const id = await create({ idle_timeout_ms: 60_000 });
    await succeed("update_session_state", { session_id: id, state: { counter: 5, lastTool: "list_nodes" } });
    const token = await issueToken(id);
    registry.time.advance(60_000);
    const back = await succeed("reconnect_session", { session_id: id, reconnect_token: token });
    expect(back).toMatchObject({ session: { id, status: "active", reconnectCount: 1 }, repeated: false });
    expect(await succeed("get_session", { session_id: id, include_state: true })).toMatchObject({
      state: { counter: 5, lastTool: "list_nodes" },
    });
    await fail("reconnect_session", { session_id: id, reconnect_token: "made.up.token" }, "token_invalid");
  });

  it("says of a disconnected session how to take it up, and does so", async () => {
    const id = await create();
    const token = await issueToken(id);
    await registry.call("POST", `${SESSIONS}/${id}/disconnect`, { body: { reason: "transport_lost" } });
    const refused = await fail("update_session_state", { session_id: id, state: {} }, "session_disconnected");
    expect(refused).toMatchObject({ error: { nextStep: expect.stringContaining("reconnect_session") as string } });
    const dry = await succeed("terminate_session", { session_id: id, dry_run: true });
    expect(dry).toMatchObject({ terminated: false, session: { status: "disconnected" } });
    await succeed("reconnect_session", { session_id: id, reconnect_token: token });
    expect(await succeed("update_session_state", { session_id: id, state: {} })).toMatchObject({ version: 1 });
  });

  it("tells a model what to do about a session that does not exist", async () => {
    for (const name of ["get_session", "explain_session", "renew_session", "terminate_session"]) {
      const { error } = await fail(name, { session_id: "nobody" }, "session_not_found");
      expect(error).toMatchObject({ nextStep: expect.stringContaining("list_sessions") as string });
    }
  });

  it("offers sessions and figures as resources", async () => {
    const id = await create({ session_id: `odd/id,${String(registry.time.now())}`, server: "library" });
    const uri = `session://${encodeURIComponent(id)}`;
    await succeed("update_session_state", { session_id: id, state: { page: 7 } });
    const { resources } = await client.listResources();
    expect(resources.map((resource) => resource.uri)).toEqual(expect.arrayContaining(["health://summary", uri]));
    const { resourceTemplates } = await client.listResourceTemplates();
    expect(resourceTemplates).toMatchObject([{ uriTemplate: "session://{id}" }]);

    const read = async (address: string) => {
      const { contents } = await client.readResource({ uri: address });
      const [content] = contents as [{ uri: string; mimeType: string; text: string }];
      expect([contents.length, content.mimeType]).toEqual([1, "application/json"]);
      return JSON.parse(content.text) as unknown;
    };
    expect(await read(uri)).toMatchObject({ session: { id, server: "library" }, state: { page: 7 } });
    expect(await read("health://summary")).toEqual((await registry.call("GET", `${SESSIONS}/health`)).body);
    await expect(client.readResource({ uri: "session://nobody" })).rejects.toThrow(/No session has this id|not found/);
    const ref = { type: "ref/resource" as const, uri: "session://{id}" };
    const { completion } = await client.complete({ ref, argument: { name: "id", value: "odd/" } });
    expect(completion.values).toEqual([id]);
  });

  it("keeps concurrent calls apart", async () => {
    const ids = await Promise.all(Array.from({ length: 50 }, () => create()));
    expect(new Set(ids).size).toBe(50);
    const [id = ""] = ids;
    const merges = Array.from({ length: 40 }, (_, index) =>
      succeed("update_session_state", { session_id: id, state: { [`key${String(index)}`]: index } }),
    );
    const versions = (await Promise.all(merges)).map(({ version }) => version);
    expect(new Set(versions).size).toBe(40);
    const { state } = await succeed("get_session", { session_id: id, include_state: true });
    expect(Object.keys(state as object)).toHaveLength(40);
  });

  it("was called with every tool that it lists", () => {
    expect([...called].sort()).toEqual(Object.keys(TOOLS).sort());
  });
});
