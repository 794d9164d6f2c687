import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SessionHealthHistory, SessionHealthSummary } from "@/lib/contract/health";
import type { Session } from "@/lib/contract/session";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";

const SESSIONS = "/api/mcp/sessions";
const MINUTE_MS = 60_000;

describe("health routes", () => {
  let registry: TestRegistry;
  beforeEach(async () => {
    registry = await startTestRegistry();
  });
  afterEach(() => registry.close());

  const create = (id: string, body: object = {}) =>
    registry.call("POST", SESSIONS, { body: { id, server: "notes", ...body } });
  const health = async () => (await registry.call<SessionHealthSummary>("GET", `${SESSIONS}/health`)).body;
  const history = async (query = "") =>
    (await registry.call<SessionHealthHistory>("GET", `${SESSIONS}/health/history${query}`)).body;

  /** Without what is looked at and not stored. */
  const onRecord = ({ peak: _peak, ages: _ages, ...point }: SessionHealthHistory["points"][number]) => point;

  it("has zeros where it counted and nulls where it measured nothing", async () => {
    expect(await health()).toEqual({
      statusBreakdown: {
        active: 0,
        disconnected: 0,
        total: 0,
        byStatus: { disconnected: 0, expired: 0, closed: 0, terminated: 0 },
      },
      ageDistribution: { healthy: 0, aging: 0, stale: 0 },
      thresholds: { agingAfterMs: 300_000, staleAfterMs: 600_000 },
      connectionHealth: {
        windowHours: 24,
        sessionsStarted: 0,
        sessionsPerHour: 0,
        avgDurationSeconds: null,
        p95DurationSeconds: null,
        disconnectRatePercent: null,
        endsByReason: {},
      },
      recentActivity: [],
      generatedAt: new Date(registry.time.now()).toISOString(),
    });
  });

  it("sums up what happened", async () => {
    for (const id of ["active", "closed", "terminated", "expired"]) {
      await create(id, id === "expired" ? { idleTimeoutMs: 30_000 } : {});
    }
    registry.time.advance(10_000);
    await registry.call("DELETE", `${SESSIONS}/closed`, { body: { as: "closed", by: "client" } });
    await registry.call("DELETE", `${SESSIONS}/terminated`);
    registry.time.advance(5 * MINUTE_MS - 10_000);
    await registry.sweep();
    const { statusBreakdown, ageDistribution, connectionHealth } = await health();
    expect(statusBreakdown).toEqual({
      active: 1,
      disconnected: 3,
      total: 4,
      byStatus: { disconnected: 0, expired: 1, closed: 1, terminated: 1 },
    });
    expect(ageDistribution).toEqual({ healthy: 0, aging: 1, stale: 0 });
    expect(connectionHealth).toEqual({
      windowHours: 24,
      sessionsStarted: 4,
      sessionsPerHour: 0.2,
      avgDurationSeconds: 16.7,
      p95DurationSeconds: 30,
      disconnectRatePercent: 75,
      endsByReason: { client_closed: 1, operator_terminated: 1, idle_timeout: 1 },
    });
  });

  it("counts a session without a server as disconnected, not as ended for good, and as active once it is back", async () => {
    await registry.call("PUT", "/api/mcp/instances/notes-1", {
      body: { bootId: "b", server: "notes", leaseMs: 60_000 },
    });
    await create("lost", { instanceId: "notes-1" });
    await create("kept");
    registry.time.advance(MINUTE_MS);
    await registry.sweep();
    const lost = await health();
    expect(lost.statusBreakdown).toEqual({
      active: 1,
      disconnected: 1,
      total: 2,
      byStatus: { disconnected: 1, expired: 0, closed: 0, terminated: 0 },
    });
    expect(lost.connectionHealth).toMatchObject({ disconnectRatePercent: 50, endsByReason: { instance_lost: 1 } });
    registry.time.advance(MINUTE_MS);
    await registry.call("POST", "/api/mcp/instances/notes-1/heartbeat", { body: { bootId: "b" } });
    const back = await health();
    expect(back.statusBreakdown).toMatchObject({ active: 2, disconnected: 0 });
    expect(back.connectionHealth).toMatchObject({ disconnectRatePercent: 0, endsByReason: { instance_lost: 1 } });
    const { points } = await history("?range=1h");
    expect(points.slice(-3).map(({ active, started, ended }) => [active, started, ended])).toEqual([
      [2, 2, 0],
      [1, 0, 1],
      [2, 0, 0],
    ]);
    await registry.restart();
    expect(await health()).toEqual(back);
    expect((await history("?range=1h")).points.map(onRecord)).toEqual(points.map(onRecord));
  });

  it("counts a session as expired from the end of its recovery window, before any sweep has seen it", async () => {
    await create("lost", { idleTimeoutMs: 3_600_000 });
    await registry.call("POST", `${SESSIONS}/lost/disconnect`);
    registry.time.advance(15 * MINUTE_MS - 1);
    expect((await health()).statusBreakdown.byStatus).toMatchObject({ disconnected: 1, expired: 0 });
    registry.time.advance(1);
    const over = await health();
    expect(over.statusBreakdown.byStatus).toMatchObject({ disconnected: 0, expired: 1 });
    await registry.sweep();
    expect((await health()).statusBreakdown).toEqual(over.statusBreakdown);
  });

  it("shows the 20 latest activities, ended sessions among them, each as it reads on its own", async () => {
    for (let index = 0; index < 25; index += 1) {
      await create(`s-${String(index)}`, { clientInfo: { name: "cli" }, principal: "ada" });
      registry.time.advance(1_000);
    }
    await registry.call("POST", `${SESSIONS}/s-0/heartbeat`);
    await registry.call("DELETE", `${SESSIONS}/s-24`);
    registry.time.advance(1_000);
    const { recentActivity } = await health();
    expect(recentActivity.map(({ id }) => id)).toEqual([
      "s-0",
      ...Array.from({ length: 19 }, (_, index) => `s-${String(24 - index)}`),
    ]);
    for (const row of recentActivity) {
      expect((await registry.call<Session>("GET", `${SESSIONS}/${row.id}`)).body).toMatchObject(row);
    }
    expect(recentActivity[1]).toMatchObject({ status: "terminated", health: null, uptimeMs: 1_000 });
  });

  it("reads the same after a restart", async () => {
    for (const id of ["a", "b", "c", "d"]) await create(id);
    registry.time.advance(MINUTE_MS);
    await registry.call("DELETE", `${SESSIONS}/a`);
    await registry.call("POST", `${SESSIONS}/b/heartbeat`);
    const [before, historyBefore] = [await health(), await history("?range=1h")];
    await registry.restart();
    expect(await health()).toEqual(before);
    const historyAfter = await history("?range=1h");
    expect(historyAfter.points.map(onRecord)).toEqual(historyBefore.points.map(onRecord));
    expect(historyAfter).toMatchObject({ ...historyBefore, points: {}, restarts: [before.generatedAt] });
  });

  it("looks at ages every minute from its start on, and knows none of the time before it", async () => {
    await create("a");
    registry.time.advance(5 * MINUTE_MS);
    await create("b");
    registry.time.advance(MINUTE_MS);
    const ages = async () => (await history("?range=15m")).points.slice(-4).map((point) => point.ages);
    const both = { healthy: 1, aging: 1, stale: 0 };
    expect(await ages()).toEqual([{ healthy: 1, aging: 0, stale: 0 }, { healthy: 1, aging: 0, stale: 0 }, both, both]);
    await registry.restart();
    expect(await ages()).toEqual([null, null, null, both]);
  });

  it("knows the most that were active at once, though they were gone before the minute was over", async () => {
    for (const id of ["a", "b", "c"]) await create(id);
    registry.time.advance(1_000);
    for (const id of ["a", "b", "c"]) await registry.call("DELETE", `${SESSIONS}/${id}`);
    expect((await history("?range=15m")).points.at(-1)).toMatchObject({ active: 0, peak: 3 });
  });

  it("ranks servers, clients and protocol revisions, together all sessions of the range", async () => {
    const of = (server: string, client: string | null, protocolVersion: string | null) => ({
      ...{ server, protocolVersion },
      clientInfo: client === null ? null : { name: client },
    });
    await create("a", of("notes", "claude-ai", "2025-11-25"));
    await create("b", of("notes", "claude-ai", "2025-11-25"));
    await create("c", of("search", "cursor", "2026-07-28"));
    await create("d", of("search", null, null));
    registry.time.advance(20 * MINUTE_MS);
    await registry.call("DELETE", `${SESSIONS}/a`);
    for (let index = 0; index < 10; index += 1) await create(`n-${String(index)}`, of(`x-${String(index)}`, "x", null));
    const quarter = await history("?range=15m");
    expect(quarter.servers.top).toHaveLength(8);
    expect(quarter.servers.top[0]).toEqual({ name: "search", active: 2, started: 0 });
    expect(quarter.servers.other).toEqual({ names: 4, active: 4, started: 3 });
    const hour = await history("?range=1h");
    expect(hour.clients).toEqual({
      top: [
        { name: "x", active: 10, started: 10 },
        { name: "claude-ai", active: 1, started: 2 },
        { name: null, active: 1, started: 1 },
        { name: "cursor", active: 1, started: 1 },
      ],
      other: { names: 0, active: 0, started: 0 },
    });
    expect(hour.protocols.top.map(({ name, active }) => [name, active])).toEqual([
      [null, 11],
      ["2025-11-25", 1],
      ["2026-07-28", 1],
    ]);
    expect(hour.durations.filter(({ count }) => count > 0)).toEqual([
      { fromMs: 15 * MINUTE_MS, toMs: 30 * MINUTE_MS, count: 1 },
    ]);
  });

  it("counts a session by its client's new name once that is known", async () => {
    await create("a", { clientInfo: { name: "unknown" } });
    await registry.call("PATCH", `${SESSIONS}/a`, { body: { clientInfo: { name: "cursor" } } });
    const { clients } = await history("?range=1h");
    expect(clients.top.find(({ active }) => active > 0)).toMatchObject({ name: "cursor", active: 1 });
  });

  it.each([
    { query: "", range: "24h", points: 96, bucketMs: 15 * MINUTE_MS },
    { query: "?range=1h", range: "1h", points: 60, bucketMs: MINUTE_MS },
    { query: "?range=15m", range: "15m", points: 15, bucketMs: MINUTE_MS },
    { query: "?range=6h", range: "6h", points: 72, bucketMs: 5 * MINUTE_MS },
    { query: "?range=24h", range: "24h", points: 96, bucketMs: 15 * MINUTE_MS },
    { query: "?range=7d", range: "7d", points: 168, bucketMs: 60 * MINUTE_MS },
  ])("answers the history$query as $range in $points points", async ({ query, ...expected }) => {
    const { range, points, bucketMs } = await history(query);
    expect({ range, points: points.length, bucketMs }).toEqual(expected);
  });

  it("tells starts, ends and actives over time, with gaps before it ran", async () => {
    await create("a");
    await create("b");
    registry.time.advance(2 * MINUTE_MS);
    await registry.call("DELETE", `${SESSIONS}/a`);
    const { points } = await history("?range=1h");
    expect(
      points.slice(-4).map(({ active, started, ended, endsByReason }) => ({ active, started, ended, endsByReason })),
    ).toEqual([
      { active: null, started: null, ended: null, endsByReason: null },
      { active: 2, started: 2, ended: 0, endsByReason: {} },
      { active: 2, started: 0, ended: 0, endsByReason: {} },
      { active: 1, started: 0, ended: 1, endsByReason: { operator_terminated: 1 } },
    ]);
  });

  it("refuses a range that it does not know", async () => {
    const answer = await registry.call("GET", `${SESSIONS}/health/history?range=1y`);
    expect(answer).toMatchObject({
      status: 400,
      body: { code: "invalid_request", errors: [{ pointer: "query:range" }] },
    });
  });

  it("follows the operator's thresholds", async () => {
    await registry.close();
    registry = await startTestRegistry({ env: { HOLDFAST_AGING_AFTER_MS: "1000", HOLDFAST_STALE_AFTER_MS: "2000" } });
    await create("a");
    registry.time.advance(1_000);
    expect(await health()).toMatchObject({
      thresholds: { agingAfterMs: 1_000, staleAfterMs: 2_000 },
      ageDistribution: { healthy: 0, aging: 1, stale: 0 },
    });
  });
});
