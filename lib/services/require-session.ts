import { HoldfastError } from "@/lib/domain/errors";
import type { SessionRecord } from "@/lib/domain/session";
import { viewSession } from "@/lib/domain/session-view";
import type { ServiceContext } from "./context";

export function sessionNotFound(id: string): HoldfastError {
  return new HoldfastError("session_not_found", "No session has this id.", { sessionId: id });
}

/** The stored session, or `session_not_found`. */
export async function requireSession(ctx: ServiceContext, id: string): Promise<SessionRecord> {
  const record = await ctx.store.findSession(id);
  if (!record) throw sessionNotFound(id);
  return record;
}

/** Why a session that has ended cannot be used: 410 with the reason. */
export function sessionEnded(record: SessionRecord, now: number, ctx: ServiceContext): HoldfastError | null {
  const { status, endReason, endedAt } = viewSession(record, now, ctx.policy.thresholds);
  if (status === "active") return null;
  const fields = {
    sessionId: record.id,
    sessionStatus: status,
    endReason,
    endDetail: record.endDetail,
    endedAt: endedAt === null ? null : new Date(endedAt).toISOString(),
  };
  return status === "expired"
    ? new HoldfastError("session_expired", "The session has expired.", fields)
    : new HoldfastError("session_gone", `The session was ${status} and cannot be used again.`, fields);
}
