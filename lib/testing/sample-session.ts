import type { SessionFacts, SessionRecord } from "@/lib/domain/session";

/** Facts of a session that say as little as possible, with what a test cares about on top. */
export function sampleFacts(facts: Partial<SessionFacts> & { id: string }): SessionFacts {
  return {
    kind: "protocol",
    server: "notes",
    serverVersion: null,
    instanceId: null,
    clientId: null,
    clientInfo: null,
    capabilities: null,
    protocolVersion: null,
    transport: null,
    principal: null,
    mcpServers: [],
    labels: {},
    idleTimeoutMs: 60_000,
    lifetimeMs: null,
    ...facts,
  };
}

/** An active session created at 1,000,000 that expires a minute later. */
export function sampleRecord({ activity, ...record }: Partial<SessionRecord> = {}): SessionRecord {
  return {
    ...sampleFacts({ id: "session-1" }),
    pk: 1,
    status: "active",
    endReason: null,
    endDetail: null,
    createdAt: 1_000_000,
    endedAt: null,
    reconnectCount: 0,
    messageCount: 0,
    stateVersion: 0,
    supersedes: null,
    supersededBy: null,
    activity: {
      lastActivityAt: 1_000_000,
      lastHeartbeatAt: null,
      inFlight: 0,
      requestCount: 0,
      errorCount: 0,
      lifetimeEndsAt: null,
      deadlineAt: 1_060_000,
      ...activity,
    },
    ...record,
  };
}
