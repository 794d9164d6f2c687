import type { Instance } from "@/lib/contract/instances";
import type { ServiceContext } from "./context";
import { presentInstance } from "./present-instance";
import { announceInstance, instanceSuperseded, requireInstance } from "./require-instance";

/**
 * Begins a drain, which keeps new sessions away from an instance, or ends it (null). `withinMs` says by when the operator
 * wants it empty; nothing is ended by force then.
 * @throws instance_not_found, instance_superseded, storage_busy, storage_full
 */
export async function drainInstance(
  ctx: ServiceContext,
  id: string,
  order: { withinMs: number | null } | null,
): Promise<Instance> {
  const now = ctx.clock.now();
  const withinMs = order?.withinMs ?? null;
  const deadlineAt = withinMs === null ? null : now + withinMs;
  const result = await ctx.store.instances.drainInstance({ id, now, drain: order && { deadlineAt } });
  if (result.outcome === "lost") throw instanceSuperseded(await requireInstance(ctx, id));
  announceInstance(ctx, result.instance);
  return presentInstance(result.instance);
}
