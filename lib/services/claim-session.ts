import type { ClaimBody } from "@/lib/contract/instances";
import type { Session } from "@/lib/contract/session";
import { HoldfastError } from "@/lib/domain/errors";
import type { InstanceRecord } from "@/lib/domain/instance";
import type { SessionRecord } from "@/lib/domain/session";
import type { ServiceContext } from "./context";
import { presentSession } from "./present-session";
import { canComeBack, instanceDraining, instanceLost, instanceSuperseded, requireInstance } from "./require-instance";
import { requireSession, sessionEnded } from "./require-session";

/**
 * Gives a session that has lost its owner to a living instance of its server, with state and messages, under a new epoch
 * that fences the old owner. One claim wins; claiming what one owns already is harmless.
 * @throws session_not_found, session_gone, session_expired, session_owned, wrong_server, instance_not_found,
 * instance_superseded, instance_draining, storage_busy, storage_full
 */
export async function claimSession(
  ctx: ServiceContext,
  sessionId: string,
  { instanceId, bootId }: ClaimBody,
): Promise<Session> {
  const now = ctx.clock.now();
  const result = await ctx.store.instances.claimSession({ sessionId, id: instanceId, bootId, now });
  if (result.outcome === "won") return presentSession(ctx, result.session);
  const record = await requireSession(ctx, sessionId);
  const instance = await requireClaimant(ctx, record, { instanceId, bootId });
  const ended = sessionEnded(record, now, ctx);
  if (ended) throw ended;
  if (instance.status === "lost") throw instanceLost(instance);
  const owner = record.instancePk === null ? null : await ctx.store.instances.findInstanceByPk(record.instancePk);
  if (record.status === "active" && owner?.id === instanceId && owner.bootId === bootId)
    return presentSession(ctx, record);
  throw new HoldfastError("session_owned", "A living instance owns the session.", {
    sessionId,
    epoch: record.activity.epoch,
    instanceId: record.instanceId,
  });
}

async function requireClaimant(
  ctx: ServiceContext,
  { server }: SessionRecord,
  { instanceId, bootId }: ClaimBody,
): Promise<InstanceRecord> {
  const instance = await requireInstance(ctx, instanceId);
  if (instance.server !== server) {
    throw new HoldfastError("wrong_server", "The session belongs to another server than the instance.");
  }
  if (instance.bootId !== bootId || !canComeBack(instance)) throw instanceSuperseded(instance);
  if (instance.drain !== null) throw instanceDraining(instance);
  return instance;
}
