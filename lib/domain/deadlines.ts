import type { EndReason, SessionActivity } from "./session";

/**
 * How long a reported in-flight request is believed without another heartbeat. A request that outlives it keeps the
 * session alive as long as its server keeps beating; a server that died mid-request does not keep it forever.
 */
export const IN_FLIGHT_TRUST_MS = 5 * 60_000;

type Busy = Pick<SessionActivity, "lastActivityAt" | "inFlight">;

/** The moment from which idle time counts: the end of the last request, or later while one is in flight. */
export function idleSinceOf(activity: Busy): number {
  return activity.lastActivityAt + (activity.inFlight > 0 ? IN_FLIGHT_TRUST_MS : 0);
}

/** Milliseconds without a client request at `at`; 0 while one is in flight. */
export function idleMsAt(activity: Busy, at: number): number {
  return Math.max(0, at - idleSinceOf(activity));
}

/** The exact moment at which a session expires unless it is used before. */
export function deadlineOf(activity: Busy, idleTimeoutMs: number, lifetimeEndsAt: number | null): number {
  const idleDeadline = idleSinceOf(activity) + idleTimeoutMs;
  return lifetimeEndsAt === null ? idleDeadline : Math.min(idleDeadline, lifetimeEndsAt);
}

/** A deadline is reached at its own millisecond, not one later. */
export function isOverdue(deadlineAt: number, now: number): boolean {
  return deadlineAt <= now;
}

/** Which of its clocks ran out. */
export function expiryReason(
  activity: Pick<SessionActivity, "deadlineAt" | "lifetimeEndsAt" | "disconnectedAt">,
): EndReason {
  const { deadlineAt, lifetimeEndsAt, disconnectedAt } = activity;
  if (lifetimeEndsAt !== null && lifetimeEndsAt <= deadlineAt) return "lifetime_exceeded";
  return disconnectedAt === null ? "idle_timeout" : "recovery_window_over";
}
