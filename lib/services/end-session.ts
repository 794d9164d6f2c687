import type { EndSessionBody, Session } from "@/lib/contract/session";
import { HoldfastError } from "@/lib/domain/errors";
import { isOverdue } from "@/lib/domain/deadlines";
import { isOpen } from "@/lib/domain/lifecycle";
import type { EndReason, SessionRecord } from "@/lib/domain/session";
import type { SessionEnd } from "@/lib/store/session-store";
import type { ServiceContext, SessionRef } from "./context";
import { presentSession } from "./present-session";
import { requireSession, sessionFenced, sessionUnusable } from "./require-session";
import { sweepExpired } from "./sweep";

/**
 * Ends an open session for good: as its server or client closing it, or as an operator terminating it. A termination
 * leaves a command for the MCP server that holds the session, and also ends an expired one that a token could bring back.
 * @throws session_not_found, session_gone, session_expired, session_fenced, storage_busy, storage_full
 */
export async function endSession(
  ctx: ServiceContext,
  { id, ifEpoch = null }: SessionRef,
  body: EndSessionBody,
): Promise<Session> {
  const now = ctx.clock.now();
  const end: SessionEnd = {
    id,
    as: body.as,
    reason: reasonOf(body),
    detail: body.reason ?? null,
    ifEpoch,
    commandId: body.as === "terminated" ? ctx.ids.newId() : null,
    now,
  };
  const result = await ctx.store.endSession(end);
  if (result.outcome === "won") return presentSession(ctx, result.session);
  const record = await requireSession(ctx, id);
  if (body.as === "terminated" && isReconnectableUnrecorded(record, now)) {
    // Its end has to be on record before it can get another one.
    await sweepExpired(ctx);
    const retried = await ctx.store.endSession(end);
    if (retried.outcome === "won") return presentSession(ctx, retried.session);
  }
  const unusable = sessionFenced(record, { ifEpoch }) ?? sessionUnusable(record, now, ctx);
  throw unusable ?? new HoldfastError("storage_busy", "The session changed while it was being ended; try again.");
}

function isReconnectableUnrecorded({ status, activity, tokenExpiresAt }: SessionRecord, now: number): boolean {
  return isOpen(status) && isOverdue(activity.deadlineAt, now) && tokenExpiresAt !== null && tokenExpiresAt > now;
}

function reasonOf(body: EndSessionBody): EndReason {
  if (body.as === "terminated") return "operator_terminated";
  return body.by === "client" ? "client_closed" : "server_closed";
}
