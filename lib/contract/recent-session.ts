import type { RecentSession } from "./health";
import type { Session } from "./session";

/** The part of a session that the summary's rows show. */
export function recentSession(session: Session): RecentSession {
  const { id, server, clientInfo, clientId, principal, status, health, endReason } = session;
  const { idleMs, uptimeMs, requestCount, errorCount, createdAt, lastActivityAt, endedAt } = session;
  return {
    ...{ id, server, clientInfo, clientId, principal, status, health, endReason },
    ...{ idleMs, uptimeMs, requestCount, errorCount, createdAt, lastActivityAt, endedAt },
  };
}
