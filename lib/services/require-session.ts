import { HoldfastError } from "@/lib/domain/errors";
import type { SessionRecord } from "@/lib/domain/session";
import { viewSession } from "@/lib/domain/session-view";
import type { ServiceContext, SessionRef } from "./context";

export function sessionNotFound(id: string): HoldfastError {
  return new HoldfastError("session_not_found", "No session has this id.", { sessionId: id });
}

/** The stored session, or `session_not_found`. */
export async function requireSession(ctx: ServiceContext, id: string): Promise<SessionRecord> {
  const record = await ctx.store.findSession(id);
  if (!record) throw sessionNotFound(id);
  return record;
}

/** The session as a writer knows it has another owner by now; null when it has not. */
export function sessionFenced(
  record: SessionRecord,
  { ifEpoch = null }: Pick<SessionRef, "ifEpoch">,
): HoldfastError | null {
  const { epoch } = record.activity;
  if (ifEpoch === null || ifEpoch === epoch) return null;
  const fields = { sessionId: record.id, epoch, instanceId: record.instanceId };
  return new HoldfastError("session_fenced", `The session is at epoch ${String(epoch)}.`, fields);
}

/** Why a session cannot be written to; null when it can. */
export function sessionUnusable(record: SessionRecord, now: number, ctx: ServiceContext): HoldfastError | null {
  return sessionEnded(record, now, ctx) ?? sessionDisconnected(record, now, ctx);
}

function sessionDisconnected(record: SessionRecord, now: number, ctx: ServiceContext): HoldfastError | null {
  const { status, endReason, expiresAt } = viewSession(record, now, ctx.policy.thresholds);
  if (status !== "disconnected") return null;
  return new HoldfastError("session_disconnected", "The session is disconnected and waits to be taken up again.", {
    sessionId: record.id,
    sessionStatus: status,
    endReason,
    recoverableUntil: expiresAt === null ? null : new Date(expiresAt).toISOString(),
  });
}

/** Why a session that has ended cannot be used: 410 with the reason. */
export function sessionEnded(record: SessionRecord, now: number, ctx: ServiceContext): HoldfastError | null {
  const { status, endReason, endDetail, endedAt } = viewSession(record, now, ctx.policy.thresholds);
  if (status === "active" || status === "disconnected") return null;
  const fields = {
    sessionId: record.id,
    sessionStatus: status,
    endReason,
    endDetail,
    endedAt: endedAt === null ? null : new Date(endedAt).toISOString(),
  };
  return status === "expired"
    ? new HoldfastError("session_expired", "The session has expired.", fields)
    : new HoldfastError("session_gone", `The session was ${status} and cannot be used again.`, fields);
}
