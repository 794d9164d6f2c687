import { z } from "zod";
import { HISTORY_RANGES } from "@/lib/domain/projection/history-range";
import { END_REASONS } from "@/lib/domain/session";
import { count, IsoTimestamp } from "./primitives";
import { Session } from "./session";

const EndsByReason = z
  .partialRecord(z.enum(END_REASONS), count())
  .meta({ description: "Ends per reason; reasons without one are absent.", example: { idle_timeout: 7 } });

const AgeDistribution = z.strictObject({ healthy: count(), aging: count(), stale: count() });

/** `GET /api/mcp/sessions/health` */
export const SessionHealthSummary = z
  .strictObject({
    statusBreakdown: z.strictObject({
      active: count(),
      disconnected: count().meta({ description: "Every session that is no longer active." }),
      total: count(),
      byStatus: z.strictObject({ disconnected: count(), expired: count(), closed: count(), terminated: count() }),
    }),
    ageDistribution: AgeDistribution,
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

const OriginRanking = z
  .strictObject({
    top: z.array(z.strictObject({ name: z.string().nullable(), active: count(), started: count() })).meta({
      description: "By sessions active now and started in the range; a null name: nobody has said.",
    }),
    other: z.strictObject({ names: count(), active: count(), started: count() }).meta({
      description: "Everything below the top; together they make up every session.",
    }),
  })
  .meta({ id: "OriginRanking" });
export type OriginRanking = z.output<typeof OriginRanking>;

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
          peak: count().nullable().meta({
            description: "The most active at once; before Holdfast's last start, the most at the turn of any minute.",
          }),
          started: count().nullable(),
          ended: count().nullable(),
          endsByReason: EndsByReason.nullable(),
          ages: AgeDistribution.nullable().meta({
            description: "Ages of those active at the end of the bucket; known from Holdfast's last start on.",
          }),
        }),
      )
      .meta({ description: "Oldest first; all figures null where Holdfast was not running." }),
    restarts: z.array(IsoTimestamp).meta({ description: "When Holdfast came back within the range." }),
    durations: z.array(z.strictObject({ fromMs: count(), toMs: count().nullable(), count: count() })).meta({
      description: "How long sessions lasted that ended in the range, in classes; the last has no upper end.",
    }),
    servers: OriginRanking,
    clients: OriginRanking,
    protocols: OriginRanking,
    generatedAt: IsoTimestamp,
  })
  .meta({ id: "SessionHealthHistory" });
export type SessionHealthHistory = z.output<typeof SessionHealthHistory>;
