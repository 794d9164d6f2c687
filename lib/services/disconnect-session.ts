import type { DisconnectBody } from "@/lib/contract/instances";
import type { Session } from "@/lib/contract/session";
import { HoldfastError } from "@/lib/domain/errors";
import type { ServiceContext, SessionRef } from "./context";
import { presentSession } from "./present-session";
import { requireSession, sessionFenced, sessionUnusable } from "./require-session";

/**
 * Records that a session has lost its transport or its server without ending: it can be taken up again within the recovery
 * window. Repeating it is harmless.
 * @throws session_not_found, session_gone, session_expired, session_fenced, storage_busy, storage_full
 */
export async function disconnectSession(
  ctx: ServiceContext,
  { id, ifEpoch = null }: SessionRef,
  { reason, detail }: DisconnectBody,
): Promise<Session> {
  const now = ctx.clock.now();
  const { recoveryWindowMs } = ctx.policy;
  const result = await ctx.store.instances.disconnectSession({ id, reason, detail, ifEpoch, recoveryWindowMs, now });
  if (result.outcome === "won") return presentSession(ctx, result.session);
  const record = await requireSession(ctx, id);
  const unusable = sessionFenced(record, { ifEpoch }) ?? sessionUnusable(record, now, ctx);
  if (unusable?.code === "session_disconnected") return presentSession(ctx, record);
  throw unusable ?? new HoldfastError("storage_busy", "The session changed while it was being written; try again.");
}
