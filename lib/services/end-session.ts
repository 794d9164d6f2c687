import type { EndSessionBody, Session } from "@/lib/contract/session";
import { HoldfastError } from "@/lib/domain/errors";
import { isOverdue } from "@/lib/domain/deadlines";
import { type EndAs, isOpen } from "@/lib/domain/lifecycle";
import type { EndReason, SessionRecord } from "@/lib/domain/session";
import type { ServiceContext, SessionRef } from "./context";
import { presentSession } from "./present-session";
import { requireSession, sessionEnded, sessionFenced } from "./require-session";
import { sweepExpired } from "./sweep";

/** How often to start over when the session comes back, or its expiry is recorded, at that very moment. */
const ATTEMPTS = 5;

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
  const commandId = body.as === "terminated" ? ctx.ids.newId() : null;
  const end = { id, as: body.as, reason: reasonOf(body), detail: body.reason ?? null, ifEpoch, commandId };
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const now = ctx.clock.now();
    const result = await ctx.store.endSession({ ...end, now });
    if (result.outcome === "won") return presentSession(ctx, result.session);
    const record = await requireSession(ctx, id);
    const refusal = sessionFenced(record, { ifEpoch }) ?? whyOver(ctx, record, { as: body.as, now });
    if (refusal) throw refusal;
    // Its end has to be on record before it can get another one.
    if (isOpen(record.status) && isOverdue(record.activity.deadlineAt, now)) await sweepExpired(ctx);
  }
  throw new HoldfastError("storage_busy", "The session kept changing while it was being ended; try again.");
}

/** Null for a session that can be ended, as it is now. */
function whyOver(
  ctx: ServiceContext,
  record: SessionRecord,
  { as, now }: { as: EndAs; now: number },
): HoldfastError | null {
  const ended = sessionEnded(record, now, ctx);
  const isReconnectable = record.tokenExpiresAt !== null && record.tokenExpiresAt > now;
  return ended?.code === "session_expired" && as === "terminated" && isReconnectable ? null : ended;
}

function reasonOf(body: EndSessionBody): EndReason {
  if (body.as === "terminated") return "operator_terminated";
  return body.by === "client" ? "client_closed" : "server_closed";
}
