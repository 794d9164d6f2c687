import type { RecentSession, SessionHealthSummary } from "@/lib/contract/health";
import type { Session } from "@/lib/contract/session";

/** The summary with one session as the server has just answered it; the figures wait for the next poll. */
export function replaceSession(summary: SessionHealthSummary, session: Session): SessionHealthSummary {
  return {
    ...summary,
    recentActivity: summary.recentActivity.map((row) => (row.id === session.id ? recentSession(session) : row)),
  };
}

/** The part of a session that the summary's rows show. */
export function recentSession(session: Session): RecentSession {
  const { id, server, clientInfo, clientId, principal, status, health, endReason } = session;
  const { idleMs, uptimeMs, requestCount, errorCount, createdAt, lastActivityAt, endedAt } = session;
  return {
    ...{ id, server, clientInfo, clientId, principal, status, health, endReason },
    ...{ idleMs, uptimeMs, requestCount, errorCount, createdAt, lastActivityAt, endedAt },
  };
}
