import { expect, it } from "vitest";
import { DEFAULT_HEALTH_THRESHOLDS } from "@/lib/domain/health";
import { HealthProjection } from "@/lib/domain/projection/health-projection";
import { sessionFamilies } from "./session-families";

const NOW = Date.UTC(2026, 0, 11, 12, 0, 0);

it("has one sample for a server that is called as the rest is, and for the rest", () => {
  const health = new HealthProjection(DEFAULT_HEALTH_THRESHOLDS);
  const servers = ["_OTHER", "_OTHER", ...Array.from({ length: 25 }, (_, index) => `s-${String(index)}`)];
  const activity = { lastActivityAt: NOW, lastHeartbeatAt: null, idleSince: NOW, deadlineAt: NOW + 60_000 };
  servers.forEach((server, pk) => {
    const origin = { server, client: null, protocol: null };
    health.apply([{ type: "created", pk, createdAt: NOW, activity, origin }], NOW);
  });
  const family = sessionFamilies(health, NOW).find(({ name }) => name === "holdfast_server_active_sessions");
  const samples = family?.samples ?? [];
  expect(new Set(samples.map(({ labels }) => labels["server"])).size).toBe(samples.length);
  // Its own two, and the six servers that have no series of their own.
  expect(samples.filter(({ labels }) => labels["server"] === "_OTHER")).toMatchObject([{ value: 8 }]);
  expect(samples.reduce((sum, { value }) => sum + value, 0)).toBe(servers.length);
});

it("has every series once, however many reasons there are to end in good order", () => {
  const health = new HealthProjection(DEFAULT_HEALTH_THRESHOLDS);
  const activity = { lastActivityAt: NOW, lastHeartbeatAt: null, idleSince: NOW, deadlineAt: NOW + 60_000 };
  const origin = { server: "notes", client: null, protocol: null };
  const reasons = ["client_closed", "server_closed", "server_shutdown", "idle_timeout", "idle_timeout"] as const;
  reasons.forEach((reason, pk) => {
    const end = { pk, from: "active", status: "closed", reason, endedAt: NOW + 1_500, recoverUntil: null } as const;
    health.apply([{ type: "created", pk, createdAt: NOW, activity, origin }], NOW);
    health.apply([{ type: "ended", ...end, createdAt: NOW }], NOW + 1_500);
  });
  const samples = sessionFamilies(health, NOW + 2_000).flatMap((family) =>
    family.samples.map((sample) => ({ ...sample, name: sample.metricName ?? family.name })),
  );
  const series = samples.map(({ name, labels }) => JSON.stringify([name, Object.entries(labels).sort()]));
  expect(new Set(series).size).toBe(series.length);
  const counts = samples.filter(({ name }) => name === "mcp_server_session_duration_seconds_count");
  expect(counts.map(({ labels, value }) => [labels["error_type"], value])).toEqual([
    [undefined, 3],
    ["idle_timeout", 2],
  ]);
  const sums = samples.filter(({ name }) => name === "mcp_server_session_duration_seconds_sum");
  expect(sums.map(({ value }) => value)).toEqual([4.5, 3]);
});
