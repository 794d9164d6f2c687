import type { EndSessionBody, Session } from "@/lib/contract/session";
import { HoldfastError } from "@/lib/domain/errors";
import type { EndReason } from "@/lib/domain/session";
import type { ServiceContext } from "./context";
import { presentSession } from "./present-session";
import { requireSession, sessionEnded } from "./require-session";

/**
 * Ends an active session for good: as its server or client closing it, or as an operator terminating it. A termination
 * leaves a command for the MCP server that holds the session.
 * @throws session_not_found, session_gone, session_expired, storage_busy, storage_full
 */
export async function endSession(ctx: ServiceContext, id: string, body: EndSessionBody): Promise<Session> {
  const now = ctx.clock.now();
  const result = await ctx.store.endSession({
    id,
    as: body.as,
    reason: reasonOf(body),
    detail: body.reason ?? null,
    commandId: body.as === "terminated" ? ctx.ids.newId() : null,
    now,
  });
  if (result.outcome === "won") return presentSession(ctx, result.session);
  const ended = sessionEnded(await requireSession(ctx, id), now, ctx);
  throw ended ?? new HoldfastError("storage_busy", "The session changed while it was being ended; try again.");
}

function reasonOf(body: EndSessionBody): EndReason {
  if (body.as === "terminated") return "operator_terminated";
  return body.by === "client" ? "client_closed" : "server_closed";
}
