import { whyNoTaker } from "./model-boots";
import { whyEnded } from "./model-sessions";
import { hasDeadline, isOver, lifetimeEnd, recordExpired, takeUp } from "./model-time";
import { goodTokens } from "./model-tokens";
import { wireOf } from "./model-wire";
import {
  bootOf,
  type Expected,
  GOOD_TOKENS,
  iso,
  type ModelSession,
  type ModelToken,
  type ModelWorld,
  note,
  refusal,
  REPEAT_MS,
  sessionOf,
  TOKEN_MS,
} from "./model-world";

/** A token whose text only the registry knows until it answers. */
function newToken(now: number): ModelToken {
  const expiresAt = Math.ceil((now + TOKEN_MS) / 1_000) * 1_000;
  return { text: "", expiresAt, redeemedAt: null, isVoid: false, successor: null };
}

/** What has to be answered, and the token that the answer hands out. */
export interface TokenAnswer {
  expected: Expected;
  issued: ModelToken | null;
}

const refused = (expected: Expected): TokenAnswer => ({ expected, issued: null });

export function issueToken(world: ModelWorld, id: string): TokenAnswer {
  const { now } = world;
  const session = sessionOf(world, id);
  if (!session) return refused(refusal(404, "session_not_found"));
  const ended = whyEnded(session, now);
  if (ended) return refused(ended);
  const issued = newToken(now);
  session.tokens.push(issued);
  for (const oldest of goodTokens(session, now).slice(0, -GOOD_TOKENS)) oldest.isVoid = true;
  note(session, { type: "token_issued", at: now, data: { expiresAt: iso(issued.expiresAt) } });
  return { expected: { status: 200, body: { sessionId: id, expiresAt: iso(issued.expiresAt) } }, issued };
}

export interface Redemption {
  id: string;
  token: ModelToken;
  /** Whose token it is. */
  owner: ModelSession;
  taker: { instanceId: string; bootId: string } | null;
}

export function redeem(world: ModelWorld, { id, token, owner, taker }: Redemption): TokenAnswer {
  const { now } = world;
  if (token.expiresAt <= now) return refused(refusal(401, "token_expired"));
  if (owner.id !== id) return refused(refusal(401, "token_wrong_session"));
  const instance = taker && bootOf(world, taker.instanceId);
  if (instance && instance.server !== owner.server) return refused(refusal(403, "wrong_server"));
  if (owner.status === "closed" || owner.status === "terminated")
    return refused(whyEnded(owner, now) ?? { status: 410 });
  if (token.isVoid) return refused(refusal(401, "token_revoked"));
  const superseded = refusal(409, "session_superseded", { newSessionId: owner.supersededBy });
  if (token.redeemedAt !== null) {
    const { successor } = token;
    const isLate = now >= token.redeemedAt + REPEAT_MS;
    if (isLate || successor?.redeemedAt !== null) return refused(punish(world, owner));
    if (owner.supersededBy !== null) return refused(superseded);
    const unfit = taker && whyNoTaker(world, taker);
    if (unfit) return refused(unfit);
    // Only who has it already is given the same answer twice.
    if (instance && instance !== owner.lastHolder)
      return refused(refusal(409, "session_owned", { epoch: owner.epoch }));
    return refused({ status: 200, body: answerOf(owner, successor, { repeated: true, now }) });
  }
  if (owner.supersededBy !== null) return refused(superseded);
  if (isOver(owner, now)) recordExpired(world);
  if (lifetimeEnd(owner) <= now) return refused(whyEnded(owner, now) ?? refusal(410, "session_expired"));
  const unfit = taker && whyNoTaker(world, taker);
  if (unfit) return refused(unfit);
  return resume(world, { session: owner, token, taker });
}

/** The token has been used: it may be stolen, so the session ends. */
function punish(world: ModelWorld, session: ModelSession): Expected {
  const { now } = world;
  if (isOver(session, now)) recordExpired(world);
  const from = session.status;
  session.status = "terminated";
  session.endReason = "token_reuse";
  session.endDetail = null;
  session.endedAt = now;
  session.holder = null;
  for (const token of session.tokens) token.isVoid = true;
  const data = from === "active" ? {} : { from };
  note(session, { type: "terminated", at: now, reason: "token_reuse", data });
  return refusal(401, "token_reused");
}

interface Resumption {
  session: ModelSession;
  token: ModelToken;
  taker: Redemption["taker"];
}

function resume(world: ModelWorld, { session, token, taker }: Resumption): TokenAnswer {
  const { now } = world;
  const from = session.status;
  const successor = newToken(now);
  token.redeemedAt = now;
  token.successor = successor;
  session.tokens.push(successor);
  const boot = taker && bootOf(world, taker.instanceId);
  const holder = boot ?? (hasDeadline(session) && session.holder?.status === "alive" ? session.holder : null);
  session.holder = holder;
  session.lastHolder = holder ?? session.lastHolder;
  session.instanceId = boot?.instanceId ?? session.instanceId;
  session.epoch += 1;
  session.reconnects += 1;
  takeUp(session, now);
  const { epoch, instanceId } = session;
  note(session, { type: "reconnected", at: now, data: { from, epoch, instanceId } });
  const body = answerOf(session, successor, { repeated: false, now });
  return { expected: { status: 200, body }, issued: successor };
}

function answerOf(session: ModelSession, next: ModelToken, { repeated, now }: { repeated: boolean; now: number }) {
  const text = next.text === "" ? {} : { token: next.text };
  return { session: wireOf(session, now), tokenExpiresAt: iso(next.expiresAt), repeated, ...text };
}
