import type { ReconnectToken } from "@/lib/contract/tokens";
import { HoldfastError } from "@/lib/domain/errors";
import type { ServiceContext } from "./context";
import { isoTime } from "./present-session";
import { requireSession, sessionEnded } from "./require-session";

/** Several tokens may be out for a session: an operator's must not take its client's away. */
const MAX_GOOD_TOKENS = 8;
/** How often to start over when the session gets another owner at that very moment. */
const ATTEMPTS = 5;

/**
 * Issues a reconnect token for an active or disconnected session. Its text is nowhere kept: this answer is the only copy.
 * @throws session_not_found, session_gone, session_expired, storage_busy, storage_full
 */
export async function issueToken(ctx: ServiceContext, id: string): Promise<ReconnectToken> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { activity } = await requireOpen(ctx, id);
    const now = ctx.clock.now();
    const { text, facts } = await ctx.tokens.issue({
      ...{ sessionId: id, epoch: activity.epoch },
      ...{ ttlMs: ctx.policy.tokenTtlMs, now },
    });
    const result = await ctx.store.tokens.issueToken({ sessionId: id, token: facts, maxGood: MAX_GOOD_TOKENS, now });
    if (result.outcome === "won") return { sessionId: id, token: text, expiresAt: isoTime(facts.expiresAt) };
  }
  throw new HoldfastError("storage_busy", "The session kept changing its owner; try again.");
}

/**
 * The session, if tokens can be issued for it.
 * @throws session_not_found, session_gone, session_expired
 */
export async function requireOpen(ctx: ServiceContext, id: string) {
  const record = await requireSession(ctx, id);
  const ended = sessionEnded(record, ctx.clock.now(), ctx);
  if (ended) throw ended;
  return record;
}
