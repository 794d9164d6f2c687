import { expiryReason, idleMsAt, isOverdue } from "./deadlines";
import { isOpen } from "./lifecycle";
import { healthOf, type HealthThresholds, type SessionHealth } from "./health";
import type { EndReason, SessionRecord, SessionStatus } from "./session";

/** What is true of a session at one moment, whatever has been recorded so far. */
export interface SessionView {
  status: SessionStatus;
  endReason: EndReason | null;
  /** In words, where somebody gave them; what was said of a disconnect says nothing of the expiry that followed. */
  endDetail: string | null;
  endedAt: number | null;
  /** Null once the session has ended. */
  health: SessionHealth | null;
  idleMs: number;
  /** Stops at the session's end. */
  uptimeMs: number;
  /** When it expires unless it is used (disconnected: taken up again) before; null once it has ended. */
  expiresAt: number | null;
}

/** Reads a stored session as of `now`: an open one whose deadline has passed is expired, recorded or not. */
export function viewSession(record: SessionRecord, now: number, thresholds: HealthThresholds): SessionView {
  const { activity } = record;
  const isExpiredUnrecorded = isOpen(record.status) && isOverdue(activity.deadlineAt, now);
  const status = isExpiredUnrecorded ? "expired" : record.status;
  const endedAt = isExpiredUnrecorded ? activity.deadlineAt : record.endedAt;
  // What came after the disconnect was not use: idle time and uptime stop there.
  const until = activity.disconnectedAt ?? endedAt ?? now;
  const idleMs = idleMsAt(activity, until);
  return {
    status,
    endReason: isExpiredUnrecorded ? expiryReason(activity) : record.endReason,
    endDetail: isExpiredUnrecorded ? null : record.endDetail,
    endedAt,
    health: status === "active" ? healthOf(idleMs, thresholds) : null,
    idleMs,
    uptimeMs: Math.max(0, until - record.createdAt),
    expiresAt: isOpen(status) ? activity.deadlineAt : null,
  };
}
