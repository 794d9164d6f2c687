import type { SessionHealthSummary } from "@/lib/contract/health";
import type { Session } from "@/lib/contract/session";
import { recentSession } from "./replace-session";

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
    ...{ stateVersion: 0, supersedes: null, supersededBy: null },
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
