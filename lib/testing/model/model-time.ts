import { IN_FLIGHT_TRUST_MS, type ModelSession, type ModelWorld, note } from "./model-world";

/** Used or waiting: what has a deadline. */
export function hasDeadline({ status }: ModelSession): boolean {
  return status === "active" || status === "disconnected";
}

export function isOver(session: ModelSession, now: number): boolean {
  return hasDeadline(session) && session.deadline <= now;
}

export function statusAt(session: ModelSession, now: number): ModelSession["status"] {
  return isOver(session, now) ? "expired" : session.status;
}

/** Active or waiting, and in time. */
export function isLive(session: ModelSession, now: number): boolean {
  return hasDeadline(session) && session.deadline > now;
}

export function lifetimeEnd({ createdAt, lifetimeMs }: ModelSession): number {
  return lifetimeMs === null ? Number.POSITIVE_INFINITY : createdAt + lifetimeMs;
}

export function reasonOfExpiry(session: ModelSession): string {
  if (lifetimeEnd(session) <= session.deadline) return "lifetime_exceeded";
  return session.disconnectedAt === null ? "idle_timeout" : "recovery_window_over";
}

/** Idle time counts from the end of the last request; one in flight is believed for a while. */
export function idleSince({ lastActivityAt, inFlight }: ModelSession): number {
  return lastActivityAt + (inFlight > 0 ? IN_FLIGHT_TRUST_MS : 0);
}

/** When it would expire by its timeouts alone. */
export function dueAt(session: ModelSession): number {
  return Math.min(idleSince(session) + session.idleTimeoutMs, lifetimeEnd(session));
}

/** In use as of now, and so in time again for as long as its timeouts say. */
export function takeUp(session: ModelSession, now: number): void {
  session.status = "active";
  session.endReason = session.endDetail = session.endedAt = session.disconnectedAt = null;
  session.lastActivityAt = Math.max(session.lastActivityAt, now);
  session.inFlight = 0;
  // A lifetime that ran out while the registry was down is forgiven until the end of the grace period.
  session.deadline = lifetimeEnd(session) <= now ? session.deadline : dueAt(session);
}

/** What a sweep writes down of deadlines that have passed. */
export function recordExpired({ sessions, now }: ModelWorld): void {
  for (const session of sessions) {
    if (!isOver(session, now)) continue;
    const from = session.status;
    session.status = "expired";
    session.endReason = reasonOfExpiry(session);
    session.endDetail = null;
    session.endedAt = session.deadline;
    session.holder = null;
    const data = from === "active" ? {} : { from };
    note(session, { type: "expired", at: session.deadline, reason: session.endReason, data });
  }
}
