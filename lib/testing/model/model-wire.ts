import { idleSince, isOver, reasonOfExpiry, statusAt } from "./model-time";
import { tokenExpiry } from "./model-tokens";
import { iso, type ModelBoot, type ModelSession, type ModelWorld } from "./model-world";

const AGING_MS = 300_000;
const STALE_MS = 600_000;

/** The session as every answer has to show it at `now`. */
export function wireOf(session: ModelSession, now: number) {
  const { id, server, instanceId, labels, idleTimeoutMs, lifetimeMs, epoch, supersedes, supersededBy } = session;
  const isUnrecorded = isOver(session, now);
  const status = statusAt(session, now);
  const endedAt = isUnrecorded ? session.deadline : session.endedAt;
  const until = session.disconnectedAt ?? endedAt ?? now;
  const idleMs = Math.max(0, until - idleSince(session));
  return {
    ...{ id, server, instanceId, labels, idleTimeoutMs, lifetimeMs, epoch, supersedes, supersededBy, status, idleMs },
    health: status === "active" ? healthOf(idleMs) : null,
    uptimeMs: until - session.createdAt,
    createdAt: iso(session.createdAt),
    lastActivityAt: iso(session.lastActivityAt),
    lastHeartbeatAt: iso(session.lastHeartbeatAt),
    expiresAt: status === "active" || status === "disconnected" ? iso(session.deadline) : null,
    endedAt: iso(endedAt),
    endReason: isUnrecorded ? reasonOfExpiry(session) : session.endReason,
    endDetail: isUnrecorded ? null : session.endDetail,
    inFlight: status === "active" ? session.inFlight : 0,
    requestCount: session.requests,
    errorCount: session.errors,
    reconnectCount: session.reconnects,
    messageCount: session.messages.length,
    stateVersion: session.stateVersion,
    tokenExpiresAt: iso(tokenExpiry(session, now)),
  };
}

type Age = "healthy" | "aging" | "stale";

function healthOf(idleMs: number): Age {
  if (idleMs < AGING_MS) return "healthy";
  return idleMs <= STALE_MS ? "aging" : "stale";
}

/** The boot as every answer has to show it. */
export function bootWireOf({ instanceId: id, bootId, server, status, leaseMs, drain, ...boot }: ModelBoot) {
  return {
    ...{ id, bootId, server, status, leaseMs },
    leaseExpiresAt: iso(boot.leaseEndsAt),
    lastHeartbeatAt: iso(boot.lastHeartbeatAt),
    endedAt: iso(boot.endedAt),
    drain: drain && { since: iso(drain.since), deadlineAt: iso(drain.deadlineAt) },
  };
}

/** The figures that follow from the sessions of this run alone. */
export function figuresOf({ sessions, now }: ModelWorld) {
  const byStatus = { active: 0, disconnected: 0, expired: 0, closed: 0, terminated: 0 };
  const ages = { healthy: 0, aging: 0, stale: 0 };
  for (const session of sessions) {
    const { status, health } = wireOf(session, now);
    byStatus[status] += 1;
    if (health) ages[health] += 1;
  }
  return { byStatus, ages, connection: connectionOf(sessions) };
}

/** An end is that of being active, however often: what came back and was lost again counts twice. */
function connectionOf(sessions: readonly ModelSession[]) {
  const endsByReason: Record<string, number> = {};
  const durations: number[] = [];
  for (const { events, createdAt } of sessions) {
    for (const { type, at, reason, data } of events) {
      const isEnd = ["disconnected", "expired", "closed", "terminated"].includes(type);
      if (!isEnd || reason === null || data["from"] !== undefined) continue;
      endsByReason[reason] = (endsByReason[reason] ?? 0) + 1;
      durations.push(at - createdAt);
    }
  }
  const isEnded = ({ status }: ModelSession): boolean => status !== "active";
  const rate = (100 * sessions.filter(isEnded).length) / sessions.length;
  const mean = durations.reduce((sum, ms) => sum + ms, 0) / durations.length;
  return {
    sessionsStarted: sessions.length,
    endsByReason,
    disconnectRatePercent: sessions.length === 0 ? null : Number(rate.toFixed(1)),
    avgDurationSeconds: durations.length === 0 ? null : Number((mean / 1000).toFixed(1)),
  };
}
