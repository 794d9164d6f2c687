import { MAX_LABELS } from "@/lib/contract/primitives";
import type { Session, UpdateSessionBody } from "@/lib/contract/session";
import { HoldfastError } from "@/lib/domain/errors";
import type { SessionUpdate } from "@/lib/store/session-store";
import type { ServiceContext } from "./context";
import { presentSession } from "./present-session";
import { requireSession, sessionEnded } from "./require-session";

/**
 * Changes what a server may say of a session later: labels (merged), timeouts, client info. Not an activity.
 * @throws session_not_found, session_gone, session_expired, too_many_labels, storage_busy, storage_full
 */
export async function updateSession(ctx: ServiceContext, id: string, body: UpdateSessionBody): Promise<Session> {
  const now = ctx.clock.now();
  const result = await ctx.store.updateSession({ id, now, changes: definedOnly(body) });
  if (result.outcome === "won") return presentSession(ctx, result.session);
  const ended = sessionEnded(await requireSession(ctx, id), now, ctx);
  throw ended ?? new HoldfastError("too_many_labels", `A session has at most ${String(MAX_LABELS)} labels.`);
}

function definedOnly(body: UpdateSessionBody): SessionUpdate["changes"] {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}
