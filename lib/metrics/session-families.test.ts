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
