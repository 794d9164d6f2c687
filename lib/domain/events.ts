import type { EndReason, JsonObject, SessionStatus } from "./session";

export const SESSION_EVENT_TYPES = [
  "created",
  "updated",
  "state_written",
  "messages_appended",
  "renewed",
  "health_changed",
  "heartbeat_gap",
  "disconnected",
  "revived",
  "claimed",
  "token_issued",
  "reconnected",
  "command_acknowledged",
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

/** An event with the session that it belongs to. */
export interface LogEntry extends SessionEvent {
  pk: number;
  sessionId: string;
  server: string;
}

/** What a commit changed, as the in-memory figures need to hear it. Times are epoch milliseconds. */
export type SessionChange =
  | { type: "created"; pk: number; createdAt: number; activity: ActivityChange; origin: SessionOrigin }
  | { type: "touched"; pk: number; activity: ActivityChange }
  | {
      type: "ended";
      pk: number;
      /** What it was before: only one that was active stops being counted as such. */
      from: SessionStatus;
      status: Exclude<SessionStatus, "active">;
      reason: EndReason;
      createdAt: number;
      endedAt: number;
      /** Until when a disconnected session can be taken up again; null for every other end. */
      recoverUntil: number | null;
      /** Present when it cut off a request in flight, which was activity until then. */
      lastActivityAt?: number;
    }
  | {
      type: "resumed";
      pk: number;
      from: SessionStatus;
      createdAt: number;
      at: number;
      activity: ActivityChange;
      /** Absent when it only lost its server: that one's is still known. */
      origin?: SessionOrigin;
    }
  | { type: "origin_changed"; pk: number; origin: SessionOrigin }
  | { type: "deadline_moved"; pk: number; recoverUntil: number }
  | { type: "purged"; pk: number; status: SessionStatus };

/** What sessions are counted by besides their status; null where nobody has said. */
export interface SessionOrigin {
  server: string;
  /** The client's name. */
  client: string | null;
  /** Protocol revision. */
  protocol: string | null;
}

/** Something seen rather than done: an entry for the log that changes nothing of its session. */
export interface Notice {
  pk: number;
  type: Extract<SessionEventType, "health_changed" | "heartbeat_gap">;
  at: number;
  data: JsonObject;
}

export interface ActivityChange {
  lastActivityAt: number;
  /** Null while its server has not reported on it. */
  lastHeartbeatAt: number | null;
  idleSince: number;
  deadlineAt: number;
}
