import type { SessionHealthHistory, SessionHealthSummary } from "@/lib/contract/health";
import type { InstanceWithCounts, ServerList } from "@/lib/contract/instances";
import type { Session } from "@/lib/contract/session";
import { recentSession } from "@/lib/contract/recent-session";

const AT = "2026-11-20T07:00:00.000Z";

/** A session as the registry answers it, for tests. */
export function aSession(overrides: Partial<Session> = {}): Session {
  return {
    ...{ id: "session-1", kind: "protocol", server: "notes", serverVersion: "1.0.0", instanceId: null, clientId: null },
    ...{ clientInfo: { name: "claude-ai", version: "0.9" }, capabilities: {}, protocolVersion: "2025-11-25" },
    ...{ transport: "streamable-http", principal: null, mcpServers: ["notes"], labels: {}, idleTimeoutMs: 1_800_000 },
    ...{ lifetimeMs: null, status: "active", health: "healthy", idleMs: 900, uptimeMs: 61_000, createdAt: AT },
    ...{
      lastActivityAt: AT,
      lastHeartbeatAt: null,
      expiresAt: "2026-11-20T07:30:00.000Z",
      endedAt: null,
      endReason: null,
    },
    ...{ endDetail: null, inFlight: 0, requestCount: 3, errorCount: 0, reconnectCount: 0, messageCount: 0 },
    ...{ stateVersion: 0, supersedes: null, supersededBy: null, epoch: 1, tokenExpiresAt: null },
    ...overrides,
  };
}

/** Health of a registry that holds these sessions, all of them active, for tests. */
export function aSummary(sessions: readonly Session[] = []): SessionHealthSummary {
  const count = sessions.length;
  return {
    statusBreakdown: {
      ...{ active: count, disconnected: 0, total: count },
      byStatus: { disconnected: 0, expired: 0, closed: 0, terminated: 0 },
    },
    ageDistribution: { healthy: count, aging: 0, stale: 0 },
    thresholds: { agingAfterMs: 300_000, staleAfterMs: 600_000 },
    connectionHealth: {
      ...{ windowHours: 24, sessionsStarted: count, sessionsPerHour: count / 24, avgDurationSeconds: null },
      ...{ p95DurationSeconds: null, disconnectRatePercent: count === 0 ? null : 0, endsByReason: {} },
    },
    recentActivity: sessions.map(recentSession),
    generatedAt: AT,
  };
}

/** A server process as the registry answers it, for tests: its lease was renewed 6 s ago. */
export function anInstance(overrides: Partial<InstanceWithCounts> = {}): InstanceWithCounts {
  return {
    ...{ id: "notes-1", bootId: "0b6f8a5e-6a3e-4c53-9a41", server: "notes", serverVersion: "1.0.0", host: "node-a" },
    ...{ pid: 4121, sdk: "@modelcontextprotocol/sdk 1.32.2", protocolVersions: ["2025-11-25"], status: "alive" },
    ...{ startedAt: "2026-11-20T05:00:00.000Z", registeredAt: "2026-11-20T05:00:01.000Z", leaseMs: 30_000 },
    ...{ lastHeartbeatAt: "2026-11-20T06:59:54.000Z", leaseExpiresAt: "2026-11-20T07:00:24.000Z", endedAt: null },
    ...{ drain: null, sessions: { active: 3, disconnected: 0 } },
    ...overrides,
  };
}

type Server = ServerList["servers"][number];

export function aServer(overrides: Partial<Server> = {}): Server {
  return {
    ...{ name: "notes", sessions: { active: 3, disconnected: 0 }, unleased: { active: 0, disconnected: 0 } },
    instances: [anInstance()],
    ...overrides,
  };
}

export function aServerList(servers: Server[] = [aServer()]): ServerList {
  return { servers, generatedAt: AT };
}

const NOBODY = { top: [], other: { names: 0, active: 0, started: 0 } };

/** A quarter of an hour in which nothing happened, for tests. */
export function aHistory(overrides: Partial<SessionHealthHistory> = {}): SessionHealthHistory {
  const start = Date.parse("2026-11-20T06:46:00.000Z");
  return {
    ...{ range: "15m", bucketMs: 60_000, restarts: [], durations: [], generatedAt: AT },
    ...{ servers: NOBODY, clients: NOBODY, protocols: NOBODY },
    points: Array.from({ length: 15 }, (_, index) => ({
      at: new Date(start + index * 60_000).toISOString(),
      ...{ active: 1, peak: 1, started: 0, ended: 0, endsByReason: {} },
      ages: { healthy: 1, aging: 0, stale: 0 },
    })),
    ...overrides,
  };
}
