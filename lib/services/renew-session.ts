import type { RenewedSession, RenewSessionBody } from "@/lib/contract/session";
import { HoldfastError } from "@/lib/domain/errors";
import { isOpen } from "@/lib/domain/lifecycle";
import { viewSession } from "@/lib/domain/session-view";
import type { ServiceContext } from "./context";
import { presentSession } from "./present-session";
import { requireSession, sessionUnusable } from "./require-session";
import { sweepExpired } from "./sweep";

/**
 * Continues an expired session under a new id: same server, client, labels and timeouts, state and messages not copied. A
 * session has one successor: whoever asks again, or at the same time, is answered with that one.
 * @throws session_not_found, session_active, session_disconnected, session_gone, session_exists, storage_busy, storage_full
 */
export async function renewSession(
  ctx: ServiceContext,
  id: string,
  body: RenewSessionBody,
): Promise<{ renewed: RenewedSession; isNew: boolean }> {
  await assertExpired(ctx, id);
  const newId = body.id ?? ctx.ids.newId();
  const result = await ctx.store.renewSession({ id, newId, now: ctx.clock.now() });
  if (result.outcome === "won") {
    const session = presentSession(ctx, result.session, ctx.clock.now());
    return { renewed: { newSessionId: session.id, session }, isNew: true };
  }
  const { supersededBy } = await requireSession(ctx, id);
  if (supersededBy === null) {
    const existing = `/api/mcp/sessions/${encodeURIComponent(newId)}`;
    throw new HoldfastError("session_exists", "A session with the new id is registered already.", {
      sessionId: newId,
      existing,
    });
  }
  const session = presentSession(ctx, await requireSession(ctx, supersededBy), ctx.clock.now());
  return { renewed: { newSessionId: supersededBy, session }, isNew: false };
}

async function assertExpired(ctx: ServiceContext, id: string): Promise<void> {
  const record = await requireSession(ctx, id);
  const now = ctx.clock.now();
  const { status } = viewSession(record, now, ctx.policy.thresholds);
  if (status === "active") {
    throw new HoldfastError("session_active", "The session is active: use it as it is.", { sessionId: id });
  }
  if (status !== "expired")
    throw sessionUnusable(record, now, ctx) ?? new HoldfastError("session_gone", "The session has ended.");
  // Its end has to be on record before it can have a successor.
  if (isOpen(record.status)) await sweepExpired(ctx);
}
