import type { EndReason, JsonObject, SessionStatus } from "./session";

export const SESSION_EVENT_TYPES = [
  "created",
  "updated",
  "state_written",
  "messages_appended",
  "renewed",
  "expired",
  "closed",
  "terminated",
] as const;
/** Kinds of entries in the append-only session log. */
export type SessionEventType = (typeof SESSION_EVENT_TYPES)[number];

export interface SessionEvent {
  /** Position in the global log: strictly increasing over all sessions. */
  seq: number;
  type: SessionEventType;
  /** Epoch milliseconds. */
  at: number;
  reason: EndReason | null;
  data: JsonObject | null;
}

/** What a commit changed, as the in-memory figures need to hear it. Times are epoch milliseconds. */
export type SessionChange =
  | { type: "created"; pk: number; createdAt: number; activity: ActivityChange }
  | { type: "touched"; pk: number; activity: ActivityChange }
  | { type: "ended"; pk: number; status: SessionStatus; reason: EndReason; createdAt: number; endedAt: number }
  | { type: "purged"; pk: number; status: SessionStatus };

export interface ActivityChange {
  lastActivityAt: number;
  idleSince: number;
  deadlineAt: number;
}
