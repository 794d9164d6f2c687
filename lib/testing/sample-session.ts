import type { SessionRecord } from "@/lib/domain/session";
import { sampleFacts } from "@/lib/store/contract/sample-facts";

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
    instancePk: null,
    tokenExpiresAt: null,
    activity: {
      lastActivityAt: 1_000_000,
      lastHeartbeatAt: null,
      inFlight: 0,
      requestCount: 0,
      errorCount: 0,
      lifetimeEndsAt: null,
      deadlineAt: 1_060_000,
      disconnectedAt: null,
      epoch: 1,
      ...activity,
    },
    ...record,
  };
}
