import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SessionHealthSummary } from "@/lib/contract/health";
import type { HeartbeatsReply } from "@/lib/contract/heartbeat";
import type { Session } from "@/lib/contract/session";
import type { SessionList } from "@/lib/contract/session-list";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";

const SESSIONS = "/api/mcp/sessions";
const ONE = `${SESSIONS}/s`;
const TIMEOUT_MS = 60_000;

describe("expiry", () => {
  let registry: TestRegistry;
  beforeEach(async () => {
    registry = await startTestRegistry();
    const body = { id: "s", server: "notes", idleTimeoutMs: TIMEOUT_MS };
    await registry.call("POST", SESSIONS, { body });
  });
  afterEach(() => registry.close());

  const list = async (query: string) =>
    (await registry.call<SessionList>("GET", `${SESSIONS}${query}`)).body.sessions.map(({ status }) => status);
  const health = async () => (await registry.call<SessionHealthSummary>("GET", `${SESSIONS}/health`)).body;
  const read = async () => (await registry.call<Session>("GET", ONE)).body;

  /** What every path that reads a session's status makes of it. */
  async function statusesEverywhere() {
    const { statusBreakdown, recentActivity, ageDistribution } = await health();
    const { healthy, aging, stale } = ageDistribution;
    return {
      read: (await read()).status,
      list: await list(""),
      listedAsActive: await list("?status=active"),
      listedAsExpired: await list("?status=expired"),
      listedByHealth: await list("?health=healthy,aging,stale"),
      counted: [statusBreakdown.active, statusBreakdown.byStatus.expired],
      aged: healthy + aging + stale,
      recent: recentActivity.map(({ status }) => status),
    };
  }

  const ACTIVE = {
    read: "active",
    list: ["active"],
    listedAsActive: ["active"],
    listedAsExpired: [],
    listedByHealth: ["active"],
    counted: [1, 0],
    aged: 1,
    recent: ["active"],
  };
  const EXPIRED = {
    read: "expired",
    list: ["expired"],
    listedAsActive: [],
    listedAsExpired: ["expired"],
    listedByHealth: [],
    counted: [0, 1],
    aged: 0,
    recent: ["expired"],
  };

  it.each([
    [-TIMEOUT_MS, ACTIVE],
    [-1, ACTIVE],
    [0, EXPIRED],
    [1, EXPIRED],
    [86_400_000, EXPIRED],
  ])("is seen by every path alike %i ms after the deadline, recorded or not", async (afterMs, expected) => {
    registry.time.advance(TIMEOUT_MS + afterMs);
    expect(await statusesEverywhere()).toEqual(expected);
    await registry.sweep();
    expect(await statusesEverywhere()).toEqual(expected);
  });

  it.each([
    ["POST", "/heartbeat", undefined],
    ["PATCH", "", { principal: "late" }],
    ["DELETE", "", { reason: "late" }],
  ])("lets %s %s in until the last millisecond and answers 410 from the deadline on", async (method, path, body) => {
    const send = (id = "s") => registry.call(method, `${SESSIONS}/${id}${path}`, { body });
    registry.time.advance(TIMEOUT_MS);
    const late = await send();
    expect(late).toMatchObject({
      status: 410,
      body: { code: "session_expired", sessionId: "s", sessionStatus: "expired", endReason: "idle_timeout" },
    });
    expect(late.body["endedAt"]).toBe(new Date(registry.time.now()).toISOString());
    await registry.sweep();
    const { requestId: _, ...recorded } = (await send()).body;
    expect(late.body).toMatchObject(recorded);
    await registry.call("POST", SESSIONS, { body: { id: "t", server: "notes", idleTimeoutMs: TIMEOUT_MS } });
    registry.time.advance(TIMEOUT_MS - 1);
    expect((await send("t")).status).toBe(200);
  });

  it("answers a late beat of a batch as gone with the reason, and saves nothing of it", async () => {
    const beat = async () =>
      (await registry.call<HeartbeatsReply>("POST", "/api/mcp/heartbeats", { body: { beats: [{ id: "s" }] } })).body
        .results;
    registry.time.advance(TIMEOUT_MS - 1);
    expect(await beat()).toEqual([{ id: "s", outcome: "ok", status: "active", reason: null }]);
    registry.time.advance(TIMEOUT_MS);
    expect(await beat()).toEqual([{ id: "s", outcome: "gone", status: "expired", reason: "idle_timeout" }]);
    expect(await read()).toMatchObject({ status: "expired", requestCount: 1 });
  });

  it("reads the same before and after the sweep has recorded it", async () => {
    registry.time.advance(TIMEOUT_MS + 5_000);
    const before = await read();
    expect(before).toMatchObject({ uptimeMs: TIMEOUT_MS, idleMs: TIMEOUT_MS, expiresAt: null, health: null });
    expect(await registry.sweep()).toBe(1);
    expect(await registry.sweep()).toBe(0);
    expect(await read()).toEqual(before);
  });

  it("keeps a session that is used before each deadline, however long", async () => {
    for (let round = 0; round < 20; round += 1) {
      registry.time.advance(TIMEOUT_MS - 1);
      await registry.sweep();
      expect((await registry.call("POST", `${ONE}/heartbeat`)).status).toBe(200);
    }
    registry.time.advance(TIMEOUT_MS);
    expect(await read()).toMatchObject({ status: "expired", uptimeMs: 20 * (TIMEOUT_MS - 1) + TIMEOUT_MS });
  });

  it("ends a session at its lifetime however busy it is, and says so", async () => {
    const body = { id: "old", server: "notes", idleTimeoutMs: TIMEOUT_MS, lifetimeMs: 90_000 };
    await registry.call("POST", SESSIONS, { body });
    registry.time.advance(50_000);
    await registry.call("POST", `${SESSIONS}/old/heartbeat`, { body: { inFlight: 1 } });
    registry.time.advance(40_000);
    const late = await registry.call("POST", `${SESSIONS}/old/heartbeat`);
    expect(late).toMatchObject({ status: 410, body: { endReason: "lifetime_exceeded" } });
    expect((await registry.call<Session>("GET", `${SESSIONS}/old`)).body).toMatchObject({ uptimeMs: 90_000 });
  });

  it("sweeps more than one batch in one go", async () => {
    const beats = Array.from({ length: 2_500 }, (_, index) => `s-${String(index)}`);
    await Promise.all(
      beats.map((id) => registry.call("POST", SESSIONS, { body: { id, server: "notes", idleTimeoutMs: TIMEOUT_MS } })),
    );
    registry.time.advance(TIMEOUT_MS);
    expect(await registry.sweep()).toBe(2_501);
    expect((await health()).statusBreakdown).toMatchObject({ active: 0, byStatus: { expired: 2_501 } });
  });
});
