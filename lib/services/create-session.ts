import type { CreateSessionBody, Session } from "@/lib/contract/session";
import { HoldfastError } from "@/lib/domain/errors";
import type { ServiceContext } from "./context";
import { canComeBack, instanceDraining, instanceNotFound, instanceSuperseded } from "./require-instance";
import { presentSession } from "./present-session";
import { reviveSessions } from "./sweep-instances";

export interface CreateSessionInput {
  body: CreateSessionBody;
  idempotencyKey: string | null;
}

/**
 * Registers a session under the id its server minted, or under a new one. The same idempotency key with the same
 * request answers with the session it created before.
 * @throws session_exists, idempotency_key_reused, instance_not_found, instance_superseded, instance_draining, storage_busy, storage_full
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

  const { id = ctx.ids.newId(), idleTimeoutMs = ctx.policy.defaultIdleTimeoutMs, bootId = null, ...rest } = body;
  const facts = { id, ...rest, idleTimeoutMs };
  const result = await ctx.store.createSession({ facts, bootId, idempotency, now: ctx.clock.now() });
  if (result.outcome === "created") {
    if (bootId !== null) await noticeSignOfLife(ctx, facts.instanceId, result.lostBootId);
    return { session: presentSession(ctx, result.session), replayed: false };
  }

  const lostRace = idempotency && (await findReplay(ctx, idempotency));
  if (lostRace) return { session: lostRace, replayed: true };
  if (facts.instanceId !== null) await assertTakesSessions(ctx, { ...facts, instanceId: facts.instanceId, bootId });
  throw new HoldfastError("session_exists", "A session with this id is registered already.", {
    sessionId: facts.id,
    existing: `/api/mcp/sessions/${encodeURIComponent(facts.id)}`,
  });
}

/** A boot that creates sessions is alive, whatever its lease says. */
async function noticeSignOfLife(ctx: ServiceContext, id: string | null, bootId: string | null): Promise<void> {
  if (id === null || bootId === null) return;
  const renewal = await ctx.store.instances.renewLease({ id, bootId, now: ctx.clock.now() });
  if (renewal.outcome === "won" && renewal.wasLost) await reviveSessions(ctx);
}

async function assertTakesSessions(
  ctx: ServiceContext,
  { instanceId, bootId, server }: { instanceId: string; bootId: string | null; server: string },
): Promise<void> {
  const instance = await ctx.store.instances.findInstance(instanceId);
  const isOurs = instance !== null && instance.server === server;
  const isOpen = isOurs && canComeBack(instance);
  if (isOpen && instance.drain !== null) throw instanceDraining(instance);
  if (bootId === null || (isOpen && instance.bootId === bootId)) return;
  throw isOurs ? instanceSuperseded(instance) : instanceNotFound(instanceId);
}

async function findReplay(ctx: ServiceContext, wanted: { key: string; hash: string }): Promise<Session | null> {
  const earlier = await ctx.store.findSessionByIdempotencyKey(wanted.key);
  if (!earlier) return null;
  if (earlier.hash !== wanted.hash) {
    throw new HoldfastError("idempotency_key_reused", "This Idempotency-Key came with a different request before.");
  }
  return presentSession(ctx, earlier.session);
}
