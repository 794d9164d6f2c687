import type { Session } from "@/lib/contract/session";
import type { ServiceContext } from "./context";
import { presentSession } from "./present-session";
import { requireSession, sessionEnded } from "./require-session";

/**
 * The session that an operator's `endSession` would end at this moment. Changes nothing.
 * @throws session_not_found, session_gone, session_expired, as ending it would
 */
export async function previewEnd(ctx: ServiceContext, id: string): Promise<Session> {
  const record = await requireSession(ctx, id);
  const now = ctx.clock.now();
  const ended = sessionEnded(record, now, ctx);
  const canComeBack = record.tokenExpiresAt !== null && record.tokenExpiresAt > now;
  if (ended && !(ended.code === "session_expired" && canComeBack)) throw ended;
  return presentSession(ctx, record, now);
}
