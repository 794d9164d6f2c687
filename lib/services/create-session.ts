import type { CreateSessionBody, Session } from "@/lib/contract/session";
import { HoldfastError } from "@/lib/domain/errors";
import type { ServiceContext } from "./context";
import { presentSession } from "./present-session";

export interface CreateSessionInput {
  body: CreateSessionBody;
  idempotencyKey: string | null;
}

/**
 * Registers a session under the id its server minted, or under a new one. The same idempotency key with the same
 * request answers with the session it created before.
 * @throws session_exists, idempotency_key_reused, storage_busy, storage_full
 */
export async function createSession(
  ctx: ServiceContext,
  { body, idempotencyKey }: CreateSessionInput,
): Promise<{ session: Session; replayed: boolean }> {
  const idempotency =
    idempotencyKey === null
      ? null
      : { key: idempotencyKey, hash: ctx.ids.fingerprint({ ...body, id: body.id ?? null }) };
  const replay = idempotency && (await findReplay(ctx, idempotency));
  if (replay) return { session: replay, replayed: true };

  const { id = ctx.ids.newId(), idleTimeoutMs = ctx.policy.defaultIdleTimeoutMs, ...rest } = body;
  const facts = { id, ...rest, idleTimeoutMs };
  const result = await ctx.store.createSession({ facts, idempotency, now: ctx.clock.now() });
  if (result.outcome === "created") return { session: presentSession(ctx, result.session), replayed: false };

  const lostRace = idempotency && (await findReplay(ctx, idempotency));
  if (lostRace) return { session: lostRace, replayed: true };
  throw new HoldfastError("session_exists", "A session with this id is registered already.", {
    sessionId: facts.id,
    existing: `/api/mcp/sessions/${encodeURIComponent(facts.id)}`,
  });
}

async function findReplay(ctx: ServiceContext, wanted: { key: string; hash: string }): Promise<Session | null> {
  const earlier = await ctx.store.findSessionByIdempotencyKey(wanted.key);
  if (!earlier) return null;
  if (earlier.hash !== wanted.hash) {
    throw new HoldfastError("idempotency_key_reused", "This Idempotency-Key came with a different request before.");
  }
  return presentSession(ctx, earlier.session);
}
