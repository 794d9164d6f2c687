import { z } from "zod";
import { HISTORY_RANGES } from "@/lib/domain/projection/history";
import { END_REASONS } from "@/lib/domain/session";
import { count, IsoTimestamp } from "./primitives";
import { Session } from "./session";

const EndsByReason = z
  .partialRecord(z.enum(END_REASONS), count())
  .meta({ description: "Ends per reason; reasons without one are absent.", example: { idle_timeout: 7 } });

/** `GET /api/mcp/sessions/health` */
export const SessionHealthSummary = z
  .strictObject({
    statusBreakdown: z.strictObject({
      active: count(),
      disconnected: count().meta({ description: "Every session that is no longer active." }),
      total: count(),
      byStatus: z.strictObject({ disconnected: count(), expired: count(), closed: count(), terminated: count() }),
    }),
    ageDistribution: z.strictObject({ healthy: count(), aging: count(), stale: count() }),
    thresholds: z
      .strictObject({ agingAfterMs: count(), staleAfterMs: count() })
      .meta({ description: "Idle milliseconds that separate the age buckets." }),
    connectionHealth: z.strictObject({
      windowHours: count(),
      sessionsStarted: count(),
      sessionsPerHour: z.number(),
      avgDurationSeconds: z.number().nullable().meta({ description: "Mean duration of sessions ended in the window." }),
      p95DurationSeconds: z.number().nullable().meta({ description: "95th percentile of the same, within 2 %." }),
      disconnectRatePercent: z
        .number()
        .nullable()
        .meta({ description: "Of the sessions started in the window, the share no longer active." }),
      endsByReason: EndsByReason,
    }),
    recentActivity: z.array(
      Session.pick({
        id: true,
        server: true,
        clientInfo: true,
        clientId: true,
        principal: true,
        status: true,
        health: true,
        endReason: true,
        idleMs: true,
        uptimeMs: true,
        requestCount: true,
        errorCount: true,
        createdAt: true,
        lastActivityAt: true,
        endedAt: true,
      }),
    ),
    generatedAt: IsoTimestamp,
  })
  .meta({ id: "SessionHealthSummary" });
export type SessionHealthSummary = z.output<typeof SessionHealthSummary>;
export type RecentSession = SessionHealthSummary["recentActivity"][number];

export const HealthHistoryQuery = z.strictObject({ range: z.enum(HISTORY_RANGES).default("24h") });
export type HealthHistoryQuery = z.output<typeof HealthHistoryQuery>;

/** `GET /api/mcp/sessions/health/history` */
export const SessionHealthHistory = z
  .strictObject({
    range: z.enum(HISTORY_RANGES),
    bucketMs: count(),
    points: z
      .array(
        z.strictObject({
          at: IsoTimestamp,
          active: count().nullable().meta({ description: "Active at the end of the bucket." }),
          started: count().nullable(),
          ended: count().nullable(),
          endsByReason: EndsByReason.nullable(),
        }),
      )
      .meta({ description: "Oldest first; all figures null where Holdfast was not running." }),
    generatedAt: IsoTimestamp,
  })
  .meta({ id: "SessionHealthHistory" });
export type SessionHealthHistory = z.output<typeof SessionHealthHistory>;
