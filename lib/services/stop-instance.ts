import type { Instance } from "@/lib/contract/instances";
import type { BootRef } from "@/lib/store/instance-store";
import type { ServiceContext } from "./context";
import { presentInstance } from "./present-instance";
import { announceInstance, bootRefused } from "./require-instance";
import { disconnectOrphans } from "./sweep-instances";

/**
 * A server process says goodbye. Its sessions are not closed: they become disconnected (`server_shutdown`) and wait for
 * another process to take them up.
 * @throws instance_not_found, instance_superseded, storage_busy, storage_full
 */
export async function stopInstance(ctx: ServiceContext, boot: BootRef): Promise<Instance> {
  const result = await ctx.store.instances.stopInstance({ ...boot, now: ctx.clock.now() });
  if (result.outcome === "lost") throw await bootRefused(ctx, boot);
  announceInstance(ctx, result.instance);
  await disconnectOrphans(ctx);
  return presentInstance(result.instance);
}
