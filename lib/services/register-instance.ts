import type { Instance, RegisterInstanceBody } from "@/lib/contract/instances";
import { HoldfastError } from "@/lib/domain/errors";
import type { ServiceContext } from "./context";
import { presentInstance } from "./present-instance";
import { announceInstance, bootRefused } from "./require-instance";
import { disconnectOrphans, reviveSessions } from "./sweep-instances";

/**
 * Registers a server process under a lease, or renews it. Another boot of the same instance is superseded: its sessions
 * become disconnected, and are this boot's only once it claims them.
 * @throws instance_superseded, instance_exists, storage_busy, storage_full
 */
export async function registerInstance(
  ctx: ServiceContext,
  id: string,
  { uptimeMs, leaseMs = ctx.policy.leaseMs, ...body }: RegisterInstanceBody,
): Promise<{ instance: Instance; isNew: boolean }> {
  const now = ctx.clock.now();
  const facts = { id, ...body, startedAt: now - uptimeMs, leaseMs };
  const result = await ctx.store.instances.registerInstance({ facts, now });
  if (result.outcome === "superseded") throw await bootRefused(ctx, facts);
  if (result.outcome === "taken") throw instanceExists(id);
  if (result.outcome === "created") {
    announceInstance(ctx, result.instance);
    await disconnectOrphans(ctx);
  }
  if (result.wasLost) {
    announceInstance(ctx, result.instance);
    await reviveSessions(ctx);
  }
  return { instance: presentInstance(result.instance), isNew: result.outcome === "created" };
}

function instanceExists(instanceId: string): HoldfastError {
  return new HoldfastError("instance_exists", "A living process of another server has this instance id.", {
    instanceId,
  });
}
