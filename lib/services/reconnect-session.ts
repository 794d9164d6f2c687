import type { ReconnectBody, ReconnectedSession } from "@/lib/contract/tokens";
import { HoldfastError } from "@/lib/domain/errors";
import type { InstanceRecord } from "@/lib/domain/instance";
import { isFinal } from "@/lib/domain/lifecycle";
import type { SessionRecord } from "@/lib/domain/session";
import { viewSession } from "@/lib/domain/session-view";
import type { TokenFacts, TokenRecord } from "@/lib/store/token-store";
import type { ServiceContext } from "./context";
import { isoTime, presentSession } from "./present-session";
import { assertTaker, requireTaker } from "./reconnect-taker";
import { requireSession, sessionEnded } from "./require-session";
import { sweepExpired } from "./sweep";
import { verifyToken } from "./verify-token";

/** How long a used token still gets the answer that may have been lost, and not the treatment of a stolen one. */
const REPEAT_WINDOW_MS = 10_000;
/** More than there can be good tokens of one session: each start-over means that another one has won meanwhile. */
const ATTEMPTS = 20;

/**
 * Makes a session active again for the holder of a reconnect token, with state and messages as they were. The token is
 * used up; the answer brings the next. A used one is honoured again for ten seconds, and ends the session after that.
 * @throws token_invalid, token_wrong_type, token_wrong_session, token_expired, token_revoked, token_reused, wrong_server,
 * session_not_found, session_gone, session_expired, session_superseded, session_owned, instance_not_found, instance_superseded,
 * instance_draining, storage_busy, storage_full
 */
export async function reconnectSession(
  ctx: ServiceContext,
  id: string,
  body: ReconnectBody,
): Promise<ReconnectedSession> {
  const hash = await verifyToken(ctx, id, body.token);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const answer = await tryReconnect(ctx, { id, hash, body });
    if (answer) return answer;
  }
  throw new HoldfastError("storage_busy", "The session kept changing; try again.");
}

interface Reconnect {
  id: string;
  hash: string;
  body: ReconnectBody;
}

/** Null when the session has changed between the look at it and the attempt. */
async function tryReconnect(ctx: ServiceContext, reconnect: Reconnect): Promise<ReconnectedSession | null> {
  const { id, hash, body } = reconnect;
  // The token first: whoever finds it used then reads the session as it is since.
  const found = await ctx.store.tokens.findToken(hash);
  const record = await requireSession(ctx, id);
  const instance = await requireTaker(ctx, record, body);
  const now = ctx.clock.now();
  if (isFinal(record.status)) throw gone(ctx, record, now);
  const token = assertKnown(found, id, now);
  if (token.redeemedAt !== null) return answerUsed(ctx, record, { token, instance, body, now });
  assertUnsuperseded(record);
  if (!isOnRecord(ctx, record, now)) {
    await sweepExpired(ctx);
    return null;
  }
  const { lifetimeEndsAt, epoch } = record.activity;
  if (lifetimeEndsAt !== null && lifetimeEndsAt <= now) throw sessionEnded(record, now, ctx) ?? livedOut(id);
  assertTaker(instance, body);
  const { text, facts } = await ctx.tokens.issue({
    ...{ sessionId: id, epoch: epoch + 1 },
    ...{ ttlMs: ctx.policy.tokenTtlMs, now },
  });
  const { instanceId, bootId } = body;
  const result = await ctx.store.tokens.redeemToken({
    ...{ sessionId: id, hash, successor: facts, now },
    instance: instanceId === undefined || bootId === undefined ? null : { id: instanceId, bootId },
  });
  if (result.outcome === "lost") return null;
  return present(ctx, result.session, { text, facts, repeated: false });
}

/** A token that came back: its answer may have been lost, or somebody else has used it. */
async function answerUsed(
  ctx: ServiceContext,
  record: SessionRecord,
  {
    token,
    instance,
    body,
    now,
  }: { token: TokenRecord; instance: InstanceRecord | null; body: ReconnectBody; now: number },
): Promise<ReconnectedSession | null> {
  const { redeemedAt, successor, isSuccessorRedeemed, hash } = token;
  const isRecent = redeemedAt !== null && redeemedAt <= now && now < redeemedAt + REPEAT_WINDOW_MS;
  if (isRecent && successor && !isSuccessorRedeemed) {
    assertUnsuperseded(record);
    assertTaker(instance, body);
    // The first one has it: who asks again in another's name has to claim it, under an epoch of its own.
    if (instance && instance.pk !== record.instancePk) throw takenByAnother(record);
    const text = await ctx.tokens.restore(record.id, successor);
    if (text === null) throw revoked();
    return present(ctx, record, { text, facts: successor, repeated: true });
  }
  if (!isOnRecord(ctx, record, now)) {
    await sweepExpired(ctx);
    return null;
  }
  const { outcome } = await ctx.store.tokens.punishReuse({
    ...{ sessionId: record.id, hash, now },
    commandId: ctx.ids.newId(),
  });
  if (outcome === "lost") return null;
  ctx.log.warn({ sessionId: record.id }, "a used reconnect token came back; the session has been terminated");
  throw new HoldfastError("token_reused", "The token was used before; its session has been terminated.");
}

function takenByAnother({ id, instanceId, activity }: SessionRecord): HoldfastError {
  const fields = { sessionId: id, epoch: activity.epoch, instanceId };
  return new HoldfastError("session_owned", "The token has just been redeemed for another instance.", fields);
}

function present(
  ctx: ServiceContext,
  record: SessionRecord,
  { text, facts, repeated }: { text: string; facts: TokenFacts; repeated: boolean },
): ReconnectedSession {
  return { session: presentSession(ctx, record), token: text, tokenExpiresAt: isoTime(facts.expiresAt), repeated };
}

function assertKnown(token: TokenRecord | null, id: string, now: number): TokenRecord {
  if (token?.sessionId !== id || token.revokedAt !== null) throw revoked();
  if (token.expiresAt <= now) throw new HoldfastError("token_expired", "The token has expired.");
  return token;
}

function revoked(): HoldfastError {
  return new HoldfastError("token_revoked", "The token is no longer good; a newer one has taken its place.");
}

function assertUnsuperseded({ id, supersededBy }: SessionRecord): void {
  if (supersededBy === null) return;
  throw new HoldfastError("session_superseded", "The session was continued under a new id.", {
    sessionId: id,
    newSessionId: supersededBy,
  });
}

/** Whether what is stored says what is true: its end has to be on record before it can come back. */
function isOnRecord(ctx: ServiceContext, record: SessionRecord, now: number): boolean {
  return viewSession(record, now, ctx.policy.thresholds).status === record.status;
}

/** It ran out while the registry was down: the grace period since is for its owner, not to begin anew. */
function livedOut(sessionId: string): HoldfastError {
  return new HoldfastError("session_expired", "The session's lifetime is over.", { sessionId });
}

function gone(ctx: ServiceContext, record: SessionRecord, now: number): HoldfastError {
  return sessionEnded(record, now, ctx) ?? new HoldfastError("session_gone", "The session has ended.");
}
