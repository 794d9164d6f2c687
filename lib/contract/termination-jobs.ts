import { z } from "zod";
import { COMMAND_OUTCOMES } from "@/lib/domain/command";
import { ERROR_CODES } from "@/lib/domain/errors";
import { END_REASONS, SESSION_STATUSES } from "@/lib/domain/session";
import { TERMINATION_OUTCOMES, TERMINATION_STATES, TERMINATION_STOPS } from "@/lib/domain/termination-job";
import { count, IsoTimestamp, SessionId, text } from "./primitives";
import { EndReasonText } from "./session";
import { SessionFilterQuery } from "./session-list";

/** Most sessions of one plan. */
export const MAX_TERMINATION_SESSIONS = 100_000;
export const MAX_TERMINATION_IDS = 1_000;
/** A plan of more sessions than this starts only with their number as `confirm`. */
export const CONFIRM_ABOVE = 25;
export const DEFAULT_PER_SECOND = 50;
export const MAX_PER_SECOND = 1_000;

export const TerminationId = text(64).meta({ description: "Id of the plan, and of the job that it becomes." });

const Filter = SessionFilterQuery.meta({
  description: "What the sessions have in common, as in the query of `GET /api/mcp/sessions`. Empty: every session.",
});

/** `POST /api/mcp/terminations` */
export const PlanTerminationBody = z
  .strictObject({
    filter: Filter.optional(),
    ids: z.array(SessionId).min(1).max(MAX_TERMINATION_IDS).optional(),
    reason: EndReasonText.nullable().default(null),
    perSecond: z
      .int()
      .min(1)
      .max(MAX_PER_SECOND)
      .default(DEFAULT_PER_SECOND)
      .meta({ description: "Sessions ended per second." }),
    dryRun: z.literal(true).default(true).meta({ description: "Always: a plan ends nothing until it is started." }),
  })
  .refine((body) => (body.filter === undefined) !== (body.ids === undefined), {
    error: "must have either filter or ids",
  })
  .meta({ id: "PlanTermination", description: "Which sessions to end: by `filter` or by `ids`." });
export type PlanTerminationBody = z.output<typeof PlanTerminationBody>;

/** `POST /api/mcp/terminations/{id}/start` */
export const StartTerminationBody = z
  .strictObject({
    confirm: count()
      .optional()
      .meta({ description: `The plan's \`count\`; required above ${String(CONFIRM_ABOVE)}, and never wrong.` }),
  })
  .meta({ id: "StartTermination" });
export type StartTerminationBody = z.output<typeof StartTerminationBody>;

/** Why sessions that were named are not in the set. */
export const EXCLUSION_REASONS = ["already_ended", "unknown", "over_limit"] as const;

export const TerminationSample = z
  .strictObject({
    id: SessionId,
    server: z.string(),
    clientInfo: z.record(z.string(), z.unknown()).nullable(),
    clientId: z.string().nullable(),
    principal: z.string().nullable(),
    status: z.enum(SESSION_STATUSES),
    idleMs: count(),
    requestCount: count(),
  })
  .meta({ id: "TerminationSample" });
export type TerminationSample = z.output<typeof TerminationSample>;

/** A plan or job with its account. */
export const TerminationSummary = z
  .strictObject({
    id: TerminationId,
    state: z.enum(TERMINATION_STATES),
    stoppedBy: z.enum(TERMINATION_STOPS).nullable().meta({ description: "Who cancelled it." }),
    reason: z.string().nullable(),
    perSecond: count(),
    filter: z
      .record(z.string(), z.string())
      .nullable()
      .meta({ description: "As it was given, by parameter; null when the sessions were named." }),
    createdAt: IsoTimestamp,
    expiresAt: IsoTimestamp.meta({ description: "Until when it can be started." }),
    startedAt: IsoTimestamp.nullable(),
    endedAt: IsoTimestamp.nullable(),
    count: count().meta({ description: "Sessions in the set; it never changes." }),
    progress: z.strictObject({
      queued: count(),
      ended: count(),
      acknowledged: count().meta({ description: "Of those ended: dropped by their MCP servers, as these have said." }),
      failed: count(),
      skipped: count().meta({ description: "Had ended before their turn came." }),
    }),
    etaMs: count().nullable().meta({ description: "Milliseconds until it is through; null unless it is running." }),
  })
  .meta({ id: "TerminationSummary" });
export type TerminationSummary = z.output<typeof TerminationSummary>;

export const Termination = z
  .strictObject({
    ...TerminationSummary.shape,
    needsConfirmation: z.boolean(),
    byStatus: z.strictObject({ active: count(), disconnected: count(), expired: count() }).meta({
      description: "As the plan was made. Expired ones are those that a reconnect token could bring back.",
    }),
    byServer: z
      .array(z.strictObject({ server: z.string(), count: count() }))
      .meta({ description: "The servers with the most sessions." }),
    otherServers: count().meta({ description: "Sessions of servers that are not in `byServer`." }),
    sample: z.array(TerminationSample).meta({ description: "Some of the set, spread over it." }),
    excluded: z.array(z.strictObject({ reason: z.enum(EXCLUSION_REASONS), count: count() })),
  })
  .meta({ id: "Termination" });
export type Termination = z.output<typeof Termination>;

/** `GET /api/mcp/terminations` */
export const TerminationList = z
  .strictObject({ terminations: z.array(TerminationSummary), generatedAt: IsoTimestamp })
  .meta({ id: "TerminationList" });
export type TerminationList = z.output<typeof TerminationList>;

/** Query of `GET /api/mcp/terminations/{id}/results`. */
export const ListTerminationResultsQuery = z.strictObject({
  outcome: z.enum(TERMINATION_OUTCOMES).optional(),
  after: z.coerce.number().int().min(0).default(0).meta({ description: "Number to continue after." }),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type ListTerminationResultsQuery = z.output<typeof ListTerminationResultsQuery>;

export const TerminationResult = z
  .strictObject({
    number: count().meta({ description: "Place in the set, from 1." }),
    id: SessionId,
    server: z.string(),
    outcome: z.enum(TERMINATION_OUTCOMES),
    code: z.enum(ERROR_CODES).nullable().meta({ description: "Why it failed." }),
    status: z.enum(SESSION_STATUSES).nullable().meta({ description: "As it is on record now." }),
    endReason: z.enum(END_REASONS).nullable(),
    endDetail: z.string().nullable(),
    endedAt: IsoTimestamp.nullable(),
    isCommanded: z.boolean().meta({ description: "Whether its MCP server has been told to drop it." }),
    answer: z
      .strictObject({
        outcome: z.enum(COMMAND_OUTCOMES),
        detail: z.string().nullable(),
        elapsedMs: count().nullable(),
        instanceId: z.string().nullable(),
        pid: count().nullable(),
      })
      .nullable()
      .meta({ description: "What its MCP server made of it; null while it has not answered." }),
  })
  .meta({ id: "TerminationResult" });
export type TerminationResult = z.output<typeof TerminationResult>;

export const TerminationResults = z
  .strictObject({ results: z.array(TerminationResult), nextAfter: count().nullable() })
  .meta({ id: "TerminationResults" });
export type TerminationResults = z.output<typeof TerminationResults>;
