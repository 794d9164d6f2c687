import { z } from "zod";
import { COMMAND_OUTCOMES } from "@/lib/domain/command";
import { SESSION_EVENT_TYPES } from "@/lib/domain/events";
import { END_REASONS, SESSION_STATUSES } from "@/lib/domain/session";
import { SessionHealthSummary } from "./health";
import { Instance } from "./instances";
import { count, IsoTimestamp, SessionId } from "./primitives";
import { ServerName, Session } from "./session";

/** Where the feed is served. */
export const LIVE_PATH = "/ws/sessions";

/** Most sessions of which a viewer may ask to see the activity: what fits on a screen, generously. */
export const MAX_WATCHED = 200;

/** What a viewer sends over `/ws/sessions`; each one replaces the one before. */
export const Subscribe = z
  .strictObject({
    type: z.literal("subscribe"),
    since: count().optional().meta({ description: "The last sequence number seen: what came after it is sent first." }),
    server: ServerName.optional().meta({ description: "Only sessions of this server." }),
    session: SessionId.optional().meta({ description: "Only this session." }),
    watch: z
      .array(SessionId)
      .max(MAX_WATCHED)
      .default([])
      .meta({ description: "Sessions on screen: their activity is sent too, at most once a second each." }),
  })
  .meta({ id: "Subscribe" });
export type Subscribe = z.output<typeof Subscribe>;

/** The subscription that a connection begins with, as query parameters of its address. */
export const LiveQuery = z
  .strictObject({
    since: z
      .string()
      .regex(/^\d{1,15}$/, { error: "must be a sequence number" })
      .transform(Number)
      .optional(),
    server: ServerName.optional(),
    session: SessionId.optional(),
  })
  .meta({ id: "LiveQuery" });
export type LiveQuery = z.output<typeof LiveQuery>;

const position = {
  seq: count().meta({ description: "Position in the registry's log; resume with it." }),
  at: IsoTimestamp,
};

/** Answers a connection, and every subscription to something else: what follows comes after this position. */
const Hello = z.strictObject({ type: z.literal("hello"), ...position });
const SessionCreated = z.strictObject({ type: z.literal("session_created"), ...position, session: Session });
const SessionUpdated = z.strictObject({
  type: z.literal("session_updated"),
  ...position,
  events: z
    .array(z.enum(SESSION_EVENT_TYPES))
    .meta({ description: "What happened, in order; empty for mere activity." }),
  session: Session,
});
/** It is no longer active, for a typed reason. */
const SessionDisconnected = z.strictObject({
  type: z.literal("session_disconnected"),
  ...position,
  status: z.enum(SESSION_STATUSES),
  reason: z.enum(END_REASONS),
  session: Session,
});
const InstanceUpdated = z.strictObject({ type: z.literal("instance_updated"), ...position, instance: Instance });
const CommandUpdated = z.strictObject({
  type: z.literal("command_updated"),
  ...position,
  commandId: z.string(),
  sessionId: SessionId,
  state: z.enum(["requested", "acknowledged"]),
  outcome: z.enum(COMMAND_OUTCOMES).nullable(),
  detail: z.string().nullable(),
  elapsedMs: count().nullable(),
  instanceId: z.string().nullable(),
  pid: count().nullable(),
});
const Health = z.strictObject({ type: z.literal("health"), ...position, health: SessionHealthSummary });
/** Too much was missed: read everything again, and go on from here. */
const Resync = z.strictObject({
  type: z.literal("resync"),
  ...position,
  reason: z.enum(["too_far_behind", "too_slow", "unknown_position"]),
});

export const SingleFrame = z.discriminatedUnion("type", [
  Hello,
  SessionCreated,
  SessionUpdated,
  SessionDisconnected,
  InstanceUpdated,
  CommandUpdated,
  Health,
  Resync,
]);
export type SingleFrame = z.output<typeof SingleFrame>;

/** What a viewer receives: a frame, or under load all frames of a moment at once. */
export const LiveFrame = z.discriminatedUnion("type", [
  ...SingleFrame.options,
  z.strictObject({ type: z.literal("batch"), frames: z.array(SingleFrame).min(2) }),
]);
export type LiveFrame = z.output<typeof LiveFrame>;
