import { z } from "zod";
import { COMMAND_OUTCOMES } from "@/lib/domain/command";
import { END_REASONS, SESSION_STATUSES } from "@/lib/domain/session";
import { count, SessionId, text } from "./primitives";
import { Session } from "./session";

const MAX_BEATS = 1_000;
const MAX_IDLE_MS = 365 * 24 * 3_600_000;

const figures = {
  idleMs: count(MAX_IDLE_MS).optional().meta({ description: "Milliseconds since the end of the last client request." }),
  inFlight: count(1_000_000)
    .optional()
    .meta({ description: "Requests being worked on now; the session is not idle meanwhile." }),
  requests: count(1_000_000_000).optional().meta({ description: "Requests since the last heartbeat." }),
  errors: count(1_000_000_000).optional().meta({ description: "Errors since the last heartbeat." }),
};

export const Acknowledgement = z
  .strictObject({
    id: text(64),
    outcome: z.enum(COMMAND_OUTCOMES).default("done"),
    detail: text(500).nullable().default(null),
  })
  .meta({ id: "Acknowledgement", description: "What became of a command." });

const Acks = z
  .array(z.union([text(64), Acknowledgement]))
  .max(MAX_BEATS)
  .default([])
  .meta({ description: "Commands that are settled, by id or with an outcome; they are not sent again." });

/** `POST /api/mcp/sessions/{id}/heartbeat`; an empty body means that a request has just happened. */
export const HeartbeatBody = z.strictObject({ ...figures, acks: Acks }).meta({ id: "Heartbeat" });
export type HeartbeatBody = z.output<typeof HeartbeatBody>;

export const BeatFields = z
  .strictObject({
    id: SessionId,
    ...figures,
    epoch: count().optional().meta({ description: "Counts only while this is the session's epoch; else `fenced`." }),
  })
  .meta({ id: "Beat" });

/** `POST /api/mcp/heartbeats` */
export const HeartbeatsBody = z
  .strictObject({
    beats: z.array(BeatFields).max(MAX_BEATS),
    acks: Acks,
  })
  .meta({ id: "Heartbeats" });
export type HeartbeatsBody = z.output<typeof HeartbeatsBody>;

export const Command = z
  .strictObject({
    id: z.string(),
    type: z.literal("terminate"),
    sessionId: SessionId,
    reason: z.string().nullable(),
  })
  .meta({ id: "Command", description: "Something the MCP server is asked to do; repeated until acknowledged." });
export type Command = z.output<typeof Command>;

export const Commands = z
  .array(Command)
  .meta({ description: "Open commands for the servers of the sessions reported on." });

export const BeatResult = z
  .strictObject({
    id: z.string(),
    outcome: z.enum(["ok", "gone", "disconnected", "fenced", "unknown"]),
    status: z.enum(SESSION_STATUSES).nullable(),
    reason: z.enum(END_REASONS).nullable(),
  })
  .meta({ id: "BeatResult" });
export type BeatResult = z.output<typeof BeatResult>;

export const HeartbeatsReply = z
  .strictObject({ results: z.array(BeatResult), commands: Commands })
  .meta({ id: "HeartbeatsReply" });
export type HeartbeatsReply = z.output<typeof HeartbeatsReply>;

export const HeartbeatReply = z
  .strictObject({ session: Session.pick({ id: true, status: true, expiresAt: true }), commands: Commands })
  .meta({ id: "HeartbeatReply" });
export type HeartbeatReply = z.output<typeof HeartbeatReply>;
