import type { SpanField } from "@/lib/domain/session-query/query-term";
import type { SessionFilter } from "../../session-list-store";
import { IDLE_SINCE } from "../activity-sql";
import { Prisma } from "../generated/client";

/**
 * What `viewSession` of the domain answers, over the rows s and a: an open session past its deadline has expired, recorded
 * or not. The plus signs keep SQLite from choosing an index by them: which rows are read is the walk's decision.
 */
const IS_OPEN = Prisma.sql`+s."status" IN ('active', 'disconnected')`;

function isOverdue(now: number): Prisma.Sql {
  return Prisma.sql`(${IS_OPEN} AND a."deadlineAt" <= ${now})`;
}

export function statusAt({ now }: SessionFilter): Prisma.Sql {
  return Prisma.sql`CASE WHEN ${isOverdue(now)} THEN 'expired' ELSE +s."status" END`;
}

export function reasonAt({ now }: SessionFilter): Prisma.Sql {
  return Prisma.sql`CASE WHEN NOT ${isOverdue(now)} THEN s."endReason"
    WHEN a."lifetimeEndsAt" <= a."deadlineAt" THEN 'lifetime_exceeded'
    WHEN a."disconnectedAt" IS NULL THEN 'idle_timeout' ELSE 'recovery_window_over' END`;
}

/** Null unless the session is active. */
export function healthAt({ now, thresholds }: SessionFilter): Prisma.Sql {
  const idle = Prisma.sql`${now} - ${IDLE_SINCE}`;
  return Prisma.sql`CASE WHEN +s."status" <> 'active' OR a."deadlineAt" <= ${now} THEN NULL
    WHEN ${idle} < ${thresholds.agingAfterMs} THEN 'healthy'
    WHEN ${idle} <= ${thresholds.staleAfterMs} THEN 'aging' ELSE 'stale' END`;
}

/** Null while it has not ended. */
function endedAt({ now }: SessionFilter): Prisma.Sql {
  return Prisma.sql`CASE WHEN ${isOverdue(now)} THEN a."deadlineAt" ELSE +s."endedAt" END`;
}

/** Null when there is no such span: nothing since the end of a session that has not ended. */
export function spanAt(field: SpanField, filter: SessionFilter): Prisma.Sql {
  const { now } = filter;
  const until = Prisma.sql`coalesce(a."disconnectedAt", ${endedAt(filter)}, ${now})`;
  switch (field) {
    case "idle":
      return Prisma.sql`max(0, ${until} - ${IDLE_SINCE})`;
    case "uptime":
      return Prisma.sql`max(0, ${until} - s."createdAt")`;
    case "age":
      return Prisma.sql`(${now} - s."createdAt")`;
    case "ended":
      return Prisma.sql`(${now} - ${endedAt(filter)})`;
  }
}

/** How long after its creation a session may have been touched for the last time to count as never used. */
const TOUCH_AND_GO_MS = 10_000;

/** It came and went: no longer active, never a request nor a heartbeat, nor anything else after its first seconds. */
export function isProbeAt({ now }: SessionFilter): Prisma.Sql {
  return Prisma.sql`((+s."status" <> 'active' OR a."deadlineAt" <= ${now}) AND a."requestCount" = 0
    AND a."lastHeartbeatAt" IS NULL AND +s."messageCount" = 0 AND a."lastActivityAt" - s."createdAt" <= ${TOUCH_AND_GO_MS})`;
}
