import type { SessionHealthSummary } from "@/lib/contract/health";
import { recentSession } from "@/lib/contract/recent-session";
import type { ServiceContext } from "./context";
import { isoTime, presentSession } from "./present-session";

const RECENT_ROWS = 20;

/** Aggregated health at this moment. Counts come from memory; only the recent rows are read from the database. */
export async function summarizeHealth(ctx: ServiceContext): Promise<SessionHealthSummary> {
  const recent = await ctx.store.findSessionsByPk(ctx.health.recent.latest(RECENT_ROWS));
  // Counted after the read, so that counts and rows speak of the same moment.
  const now = ctx.clock.now();
  return {
    statusBreakdown: ctx.health.statusBreakdownAt(now),
    ageDistribution: ctx.health.ageDistributionAt(now),
    thresholds: { ...ctx.policy.thresholds },
    connectionHealth: ctx.health.connectionHealthAt(now),
    recentActivity: recent.map((record) => recentSession(presentSession(ctx, record, now))),
    generatedAt: isoTime(now),
  };
}
