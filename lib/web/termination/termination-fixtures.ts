import type { Termination, TerminationResult } from "@/lib/contract/termination-jobs";

const AT = "2026-11-20T07:00:00.000Z";

/** A plan for two sessions as the registry answers it, for tests. */
export function aTermination(overrides: Partial<Termination> = {}): Termination {
  const count = overrides.count ?? 2;
  return {
    ...{ id: "t1", state: "planned", stoppedBy: null, reason: "leaking", perSecond: 50, createdAt: AT },
    ...{ filter: { query: "server:notes" }, expiresAt: "2026-11-20T07:15:00.000Z", startedAt: null, endedAt: null },
    ...{ count, progress: { queued: count, ended: 0, acknowledged: 0, failed: 0, skipped: 0 }, etaMs: null },
    ...{ needsConfirmation: count > 25, byStatus: { active: count, disconnected: 0, expired: 0 }, otherServers: 0 },
    byServer: [{ server: "notes", count }],
    sample: [
      {
        ...{ id: "session-1", server: "notes", clientInfo: { name: "claude-ai" }, clientId: null, principal: null },
        ...{ status: "active", idleMs: 4_000, requestCount: 3 },
      },
    ],
    excluded: [],
    ...overrides,
  };
}

export function aResult(overrides: Partial<TerminationResult> = {}): TerminationResult {
  return {
    ...{ number: 1, id: "session-1", server: "notes", outcome: "ended", code: null, status: "terminated" },
    ...{ endReason: "operator_terminated", endDetail: "leaking", endedAt: AT, isCommanded: true },
    answer: { outcome: "done", detail: null, elapsedMs: 240, instanceId: "notes-1", pid: 4121 },
    ...overrides,
  };
}
