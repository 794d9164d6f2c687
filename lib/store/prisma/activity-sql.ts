import { deadlineOf, IN_FLIGHT_TRUST_MS, idleSinceOf } from "@/lib/domain/deadlines";
import type { ActivityChange, SessionChange } from "@/lib/domain/events";
import { Prisma } from "./generated/client";

/** `idleSinceOf` of the domain, over the activity row `a`. */
export const IDLE_SINCE = Prisma.sql`
  (a."lastActivityAt" + CASE WHEN a."inFlight" > 0 THEN ${IN_FLIGHT_TRUST_MS} ELSE 0 END)`;

/** Later than any deadline: stands for "none" in a minimum. */
export const NEVER = Prisma.sql`9007199254740991`;

/** When the session of row `a` expires by its timeouts if it was used last at `usedAt`. */
export function dueAfter(usedAt: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`min(${usedAt} + a."idleTimeoutMs", coalesce(a."lifetimeEndsAt", ${NEVER}))`;
}

/** A deadline for row `a`, unless its lifetime is over and it lives by a grace period: that one goes on. */
export function unlessForgiven(deadline: Prisma.Sql, now: number): Prisma.Sql {
  return Prisma.sql`CASE WHEN a."lifetimeEndsAt" <= ${now} THEN a."deadlineAt" ELSE ${deadline} END`;
}

export interface ActivityRow {
  sessionPk: number | bigint;
  lastActivityAt: number | bigint;
  lastHeartbeatAt: number | bigint | null;
  inFlight: number | bigint;
  deadlineAt: number | bigint;
}

export function toActivityChange(row: Omit<ActivityRow, "sessionPk">): ActivityChange {
  const activity = { lastActivityAt: Number(row.lastActivityAt), inFlight: Number(row.inFlight) };
  return {
    lastActivityAt: activity.lastActivityAt,
    lastHeartbeatAt: row.lastHeartbeatAt === null ? null : Number(row.lastHeartbeatAt),
    idleSince: idleSinceOf(activity),
    deadlineAt: Number(row.deadlineAt),
  };
}

/** Moved activity rows as the in-memory figures need to hear of them. */
export function toTouchedChanges(rows: readonly ActivityRow[]): SessionChange[] {
  return rows.map((row) => ({ type: "touched", pk: Number(row.sessionPk), activity: toActivityChange(row) }));
}

/** The activity of a session created at `now`. */
export function initialActivity(now: number, idleTimeoutMs: number, lifetimeMs: number | null) {
  const lifetimeEndsAt = lifetimeMs === null ? null : now + lifetimeMs;
  const busy = { lastActivityAt: now, inFlight: 0 };
  return {
    ...busy,
    lastHeartbeatAt: null,
    requestCount: 0,
    errorCount: 0,
    lifetimeEndsAt,
    deadlineAt: deadlineOf(busy, idleTimeoutMs, lifetimeEndsAt),
    disconnectedAt: null,
    epoch: 1,
  };
}
