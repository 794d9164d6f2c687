import { expiryReason, idleMsAt, isOverdue } from "./deadlines";
import { healthOf, type HealthThresholds, type SessionHealth } from "./health";
import type { EndReason, SessionRecord, SessionStatus } from "./session";

/** What is true of a session at one moment, whatever has been recorded so far. */
export interface SessionView {
  status: SessionStatus;
  endReason: EndReason | null;
  endedAt: number | null;
  /** Null once the session has ended. */
  health: SessionHealth | null;
  idleMs: number;
  /** Stops at the session's end. */
  uptimeMs: number;
  /** When it expires unless used before; null once it has ended. */
  expiresAt: number | null;
}

/** Reads a stored session as of `now`: one whose deadline has passed is expired, recorded or not. */
export function viewSession(record: SessionRecord, now: number, thresholds: HealthThresholds): SessionView {
  const { activity } = record;
  const isExpiredUnrecorded = record.status === "active" && isOverdue(activity.deadlineAt, now);
  const status = isExpiredUnrecorded ? "expired" : record.status;
  const endedAt = isExpiredUnrecorded ? activity.deadlineAt : record.endedAt;
  const idleMs = idleMsAt(activity, endedAt ?? now);
  return {
    status,
    endReason: isExpiredUnrecorded ? expiryReason(activity) : record.endReason,
    endedAt,
    health: status === "active" ? healthOf(idleMs, thresholds) : null,
    idleMs,
    uptimeMs: Math.max(0, (endedAt ?? now) - record.createdAt),
    expiresAt: status === "active" ? activity.deadlineAt : null,
  };
}
