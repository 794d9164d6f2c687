import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SessionHealthHistory, SessionHealthSummary } from "@/lib/contract/health";
import { END_REASONS } from "@/lib/domain/session";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";
import { dispatch } from "../dispatch";

const SESSIONS = "/api/mcp/sessions";
const MINUTE_MS = 60_000;

type Series = Map<string, number>;

describe("GET /metrics", () => {
  let registry: TestRegistry;
  beforeEach(async () => {
    registry = await startTestRegistry();
  });
  afterEach(() => registry.close());

  const create = (id: string, body: object = {}) =>
    registry.call("POST", SESSIONS, { body: { id, server: "notes", ...body } });

  async function scrape(): Promise<{ text: string; series: Series }> {
    const response = await dispatch(new Request("http://127.0.0.1:3738/metrics"), registry.runtime);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    const text = await response.text();
    const series: Series = new Map();
    for (const line of text.split("\n")) {
      const [, key, value] = /^([^#\s][^{\s]*(?:\{.*\})?) (\S+)$/.exec(line) ?? [];
      if (key !== undefined) series.set(key, Number(value));
    }
    return { text, series };
  }

  /** A gauge's values by the value of its label. */
  function byLabel(series: Series, name: string): Record<string, number> {
    const found = [...series].flatMap(([key, value]) => {
      const [, label] = new RegExp(`^${name}\\{\\w+="(.*)"\\}$`).exec(key) ?? [];
      return label === undefined ? [] : [[label, value] as const];
    });
    return Object.fromEntries(found);
  }

  it("says what the dashboard says, of sessions of every kind", async () => {
    await registry.call("PUT", "/api/mcp/instances/notes-1", { body: { bootId: "b", server: "notes" } });
    for (let index = 0; index < 25; index += 1)
      await create(`n-${String(index)}`, { server: `s-${String(index % 23)}` });
    for (const id of ["lost", "kept"]) await create(id, { instanceId: "notes-1" });
    await create("short", { idleTimeoutMs: 60_000 });
    await registry.call("DELETE", `${SESSIONS}/n-1`);
    await registry.call("DELETE", `${SESSIONS}/n-2`, { body: { as: "closed", by: "client" } });
    await registry.call("POST", `${SESSIONS}/lost/disconnect`);
    registry.time.advance(6 * MINUTE_MS);
    await registry.call("POST", `${SESSIONS}/n-3/heartbeat`);
    const { series } = await scrape();
    const health = (await registry.call<SessionHealthSummary>("GET", `${SESSIONS}/health`)).body;
    const history = (await registry.call<SessionHealthHistory>("GET", `${SESSIONS}/health/history?range=15m`)).body;
    const { active, byStatus } = health.statusBreakdown;
    expect(byLabel(series, "holdfast_sessions")).toEqual({ active, ...byStatus });
    expect(byLabel(series, "holdfast_active_sessions")).toEqual(health.ageDistribution);
    const byServer = byLabel(series, "holdfast_server_active_sessions");
    expect(Object.keys(byServer)).toHaveLength(21);
    expect(Object.values(byServer).reduce((sum, count) => sum + count, 0)).toBe(active);
    for (const { name, active: ofServer } of history.servers.top) expect(byServer[name ?? ""]).toBe(ofServer);
    const ended = byLabel(series, "holdfast_sessions_ended_total");
    expect(Object.keys(ended).sort()).toEqual([...END_REASONS].sort());
    const { endsByReason } = health.connectionHealth;
    expect(Object.fromEntries(Object.entries(ended).filter(([, count]) => count > 0))).toEqual(endsByReason);
    expect(series.get("holdfast_sessions_started_total")).toBe(health.connectionHealth.sessionsStarted);
    // Expired, and no sweep has been there to record it.
    expect(series.get("holdfast_sessions_overdue")).toBe(1);
  });

  it("has session durations under OpenTelemetry's name, cumulative, by revision and kind of end", async () => {
    await create("a", { protocolVersion: "2025-11-25" });
    await create("b", { protocolVersion: "2025-11-25" });
    registry.time.advance(45_000);
    await registry.call("DELETE", `${SESSIONS}/a`, { body: { as: "closed", by: "client" } });
    await registry.call("DELETE", `${SESSIONS}/b`);
    const { series, text } = await scrape();
    const name = "mcp_server_session_duration_seconds";
    const labels = 'mcp_protocol_version="2025-11-25"';
    expect(text).toContain(`# TYPE ${name} histogram`);
    expect(series.get(`${name}_count{${labels}}`)).toBe(1);
    expect(series.get(`${name}_sum{${labels}}`)).toBe(45);
    expect(series.get(`${name}_bucket{${labels},le="30"}`)).toBe(0);
    expect(series.get(`${name}_bucket{${labels},le="60"}`)).toBe(1);
    expect(series.get(`${name}_bucket{${labels},le="+Inf"}`)).toBe(1);
    expect(series.get(`${name}_count{${labels},error_type="operator_terminated"}`)).toBe(1);
  });

  it("counts heartbeats, commands, instances and requests", async () => {
    await registry.call("PUT", "/api/mcp/instances/notes-1", { body: { bootId: "b", server: "notes" } });
    await create("a", { instanceId: "notes-1" });
    const beats = [{ id: "a" }, { id: "nobody" }];
    await registry.call("POST", "/api/mcp/heartbeats", { body: { beats } });
    await registry.call("POST", `${SESSIONS}/a/heartbeat`);
    await registry.call("DELETE", `${SESSIONS}/a`);
    await registry.call("PUT", "/api/mcp/instances/notes-1/drain", { body: {} });
    await registry.call("GET", "/api/mcp/nothing");
    const { series } = await scrape();
    expect(byLabel(series, "holdfast_heartbeats_total")).toMatchObject({ ok: 2, unknown: 1, gone: 0 });
    expect(byLabel(series, "holdfast_instances")).toEqual({ alive: 1, lost: 0 });
    expect([series.get("holdfast_commands_open"), series.get("holdfast_instances_draining")]).toEqual([1, 1]);
    expect(series.get("holdfast_store_wal_bytes")).toBeGreaterThan(0);
    expect(series.get("holdfast_store_queued_writes")).toBe(0);
    const requests = (method: string, status: number, route?: string) => {
      const where = route === undefined ? "" : `,http_route="${route}"`;
      const labels = `http_request_method="${method}",http_response_status_code="${String(status)}"${where}`;
      return series.get(`http_server_request_duration_seconds_count{${labels}}`);
    };
    expect(requests("POST", 200, "/api/mcp/sessions/{id}/heartbeat")).toBe(1);
    expect(requests("POST", 201, SESSIONS)).toBe(1);
    expect(requests("GET", 404)).toBe(1);
    registry.time.advance(31_000);
    await registry.sweep();
    expect(byLabel((await scrape()).series, "holdfast_instances")).toEqual({ alive: 0, lost: 1 });
  });

  it("keeps names from outside within their quotes, and methods within a closed set", async () => {
    await create("a", { server: 'no"tes\\' });
    await dispatch(new Request("http://127.0.0.1:3738/livez", { method: "BREW" }), registry.runtime);
    const { text } = await scrape();
    expect(text).toContain('holdfast_server_active_sessions{server="no\\"tes\\\\"} 1');
    expect(text).toContain('http_request_method="_OTHER"');
    expect(text).not.toContain("BREW");
  });

  it("is guarded like everything else", async () => {
    const headers = { host: "attacker.example" };
    const response = await dispatch(new Request("http://127.0.0.1:3738/metrics", { headers }), registry.runtime);
    expect([response.status, await response.json()]).toMatchObject([421, { code: "host_not_allowed" }]);
    const other = { "sec-fetch-site": "cross-site" };
    const read = await dispatch(new Request("http://127.0.0.1:3738/metrics", { headers: other }), registry.runtime);
    expect(read.status).toBe(403);
  });
});
