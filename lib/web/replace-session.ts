import type { SessionHealthSummary } from "@/lib/contract/health";
import { recentSession } from "@/lib/contract/recent-session";
import type { Session } from "@/lib/contract/session";

/** The summary with one session as the server has just answered it; the figures wait for the next poll. */
export function replaceSession(summary: SessionHealthSummary, session: Session): SessionHealthSummary {
  return {
    ...summary,
    recentActivity: summary.recentActivity.map((row) => (row.id === session.id ? recentSession(session) : row)),
  };
}
