import type { HealthHistoryQuery, SessionHealthHistory } from "@/lib/contract/health";
import type { ServiceContext } from "./context";
import { isoTime } from "./present-session";

/** Active sessions, starts and ends over time, from memory. */
export function summarizeHistory(ctx: ServiceContext, { range }: HealthHistoryQuery): SessionHealthHistory {
  const now = ctx.clock.now();
  const { bucketMs, points } = ctx.health.historyAt(range, now);
  return {
    range,
    bucketMs,
    points: points.map((point) => ({ ...point, at: isoTime(point.at) })),
    generatedAt: isoTime(now),
  };
}
