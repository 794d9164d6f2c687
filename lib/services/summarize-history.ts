import type { HealthHistoryQuery, SessionHealthHistory } from "@/lib/contract/health";
import { DURATION_STEPS_MS } from "@/lib/domain/projection/range-totals";
import type { ServiceContext } from "./context";
import { isoTime } from "./present-session";

const TOP_NAMES = 8;

/** What happened within a range: over time, and by server, client, protocol revision and duration. From memory alone. */
export function summarizeHistory(ctx: ServiceContext, { range }: HealthHistoryQuery): SessionHealthHistory {
  const now = ctx.clock.now();
  const { bucketMs, points, restarts } = ctx.health.historyAt(range, now);
  const { origins, durations } = ctx.health.breakdownAt(range, { now, limit: TOP_NAMES });
  return {
    range,
    bucketMs,
    points: points.map((point) => ({ ...point, at: isoTime(point.at) })),
    restarts: restarts.map(isoTime),
    durations: DURATION_STEPS_MS.map((fromMs, step) => ({
      ...{ fromMs, toMs: DURATION_STEPS_MS[step + 1] ?? null },
      count: durations[step] ?? 0,
    })),
    servers: origins.server,
    clients: origins.client,
    protocols: origins.protocol,
    generatedAt: isoTime(now),
  };
}
