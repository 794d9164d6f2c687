import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";

interface Renewed {
  newSessionId: string;
  session: Record<string, unknown>;
}

let registry: TestRegistry;
let id: string;

beforeAll(async () => {
  registry = await startTestRegistry();
});
afterAll(() => registry.close());
beforeEach(async () => {
  const body = { server: "notes", clientInfo: { name: "atlas" }, labels: { team: "core" }, idleTimeoutMs: 60_000 };
  const created = await registry.call<{ id: string }>("POST", "/api/mcp/sessions", { body });
  id = created.body.id;
});

const renew = (body?: unknown) =>
  registry.call<Renewed>("POST", `/api/mcp/sessions/${id}/renew`, body === undefined ? {} : { body });
const read = async (sessionId: string) => (await registry.call("GET", `/api/mcp/sessions/${sessionId}`)).body;

describe("renewing an expired session", () => {
  it("works at the very moment at which a heartbeat says that it has been idle for too long", async () => {
    const beat = (body: object) => registry.call("POST", `/api/mcp/sessions/${id}/heartbeat`, { body });
    await beat({ inFlight: 1 });
    registry.time.advance(100_000);
    await registry.sweep();
    expect(await beat({ idleMs: 90_000 })).toMatchObject({ status: 410, body: { code: "session_expired" } });
    expect((await renew()).status).toBe(201);
  });

  it("answers with a different id, linked both ways, with the same facts and without its state", async () => {
    await registry.call("PUT", `/api/mcp/sessions/${id}/state`, { body: { counter: 5 } });
    registry.time.advance(60_000);
    const { status, body, headers } = await renew();
    expect(status).toBe(201);
    expect(body.newSessionId).not.toBe(id);
    expect(headers.get("location")).toBe(`/api/mcp/sessions/${body.newSessionId}`);
    expect(body.session).toMatchObject({
      ...{ id: body.newSessionId, status: "active", server: "notes", labels: { team: "core" }, supersedes: id },
      ...{ clientInfo: { name: "atlas" }, idleTimeoutMs: 60_000, stateVersion: 0, idleMs: 0, requestCount: 0 },
    });
    expect(await read(id)).toMatchObject({ status: "expired", supersededBy: body.newSessionId, stateVersion: 1 });
    expect((await registry.call("GET", `/api/mcp/sessions/${body.newSessionId}/state`)).body).toEqual({});
  });

  it("makes one successor, however many ask", async () => {
    registry.time.advance(60_000);
    const answers = await Promise.all(Array.from({ length: 100 }, () => renew()));
    expect(new Set(answers.map(({ body }) => body.newSessionId)).size).toBe(1);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect((await renew()).status).toBe(200);
    const { body } = await registry.call<{ events: { type: string }[] }>("GET", `/api/mcp/sessions/${id}/events`);
    expect(body.events.map(({ type }) => type)).toEqual(["created", "expired", "renewed"]);
  });

  it("takes the id that the server has minted, unless it is in use", async () => {
    const other = await registry.call<{ id: string }>("POST", "/api/mcp/sessions", { body: { server: "notes" } });
    registry.time.advance(60_000);
    expect((await renew({ id: other.body.id })).body).toMatchObject({ code: "session_exists" });
    expect((await renew({ id: `${id}-2` })).body.newSessionId).toBe(`${id}-2`);
  });

  it("gives the successor a life of its own", async () => {
    registry.time.advance(60_000);
    const { body } = await renew();
    const beat = () => registry.call("POST", `/api/mcp/sessions/${body.newSessionId}/heartbeat`);
    registry.time.advance(59_999);
    expect((await beat()).status).toBe(200);
    registry.time.advance(60_000);
    expect((await beat()).body).toMatchObject({ code: "session_expired" });
    const { body: health } = await registry.call<{ statusBreakdown: object }>("GET", "/api/mcp/sessions/health");
    const { body: list } = await registry.call<{ sessions: unknown[] }>(
      "GET",
      "/api/mcp/sessions?status=expired&limit=200",
    );
    expect(health.statusBreakdown).toMatchObject({ byStatus: { expired: list.sessions.length } });
  });

  it("refuses sessions that are active, ended for good or unknown", async () => {
    expect((await renew()).body).toMatchObject({ code: "session_active" });
    await registry.call("DELETE", `/api/mcp/sessions/${id}`);
    expect((await renew()).body).toMatchObject({ code: "session_gone", endReason: "operator_terminated" });
    id = "nobody";
    expect((await renew()).body).toMatchObject({ code: "session_not_found" });
  });
});
