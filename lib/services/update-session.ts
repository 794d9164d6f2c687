import { MAX_LABELS } from "@/lib/contract/primitives";
import type { Session, UpdateSessionBody } from "@/lib/contract/session";
import { HoldfastError } from "@/lib/domain/errors";
import type { SessionUpdate } from "@/lib/store/session-store";
import type { ServiceContext, SessionRef } from "./context";
import { presentSession } from "./present-session";
import { requireSession, sessionFenced, sessionUnusable } from "./require-session";

/**
 * Changes what a server may say of a session later: labels (merged), timeouts, client info. Not an activity.
 * @throws session_not_found, session_gone, session_expired, session_disconnected, session_fenced, too_many_labels, storage_busy, storage_full
 */
export async function updateSession(
  ctx: ServiceContext,
  { id, ifEpoch = null }: SessionRef,
  body: UpdateSessionBody,
): Promise<Session> {
  const now = ctx.clock.now();
  const result = await ctx.store.updateSession({ id, now, ifEpoch, changes: definedOnly(body) });
  if (result.outcome === "won") return presentSession(ctx, result.session);
  const record = await requireSession(ctx, id);
  const unusable = sessionFenced(record, { ifEpoch }) ?? sessionUnusable(record, now, ctx);
  throw unusable ?? new HoldfastError("too_many_labels", `A session has at most ${String(MAX_LABELS)} labels.`);
}

function definedOnly(body: UpdateSessionBody): SessionUpdate["changes"] {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}
