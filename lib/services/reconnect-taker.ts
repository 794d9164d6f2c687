import type { ReconnectBody } from "@/lib/contract/tokens";
import { HoldfastError } from "@/lib/domain/errors";
import type { InstanceRecord } from "@/lib/domain/instance";
import type { SessionRecord } from "@/lib/domain/session";
import type { ServiceContext } from "./context";
import { canComeBack, instanceDraining, instanceLost, instanceNotFound, instanceSuperseded } from "./require-instance";

type Taker = Pick<ReconnectBody, "server" | "instanceId" | "bootId">;

/**
 * The instance that wants to take a session up, if it names itself and is known. A token is not enough for a server that
 * does not own the session.
 * @throws wrong_server
 */
export async function requireTaker(
  ctx: ServiceContext,
  record: SessionRecord,
  { server, instanceId }: Taker,
): Promise<InstanceRecord | null> {
  const instance = instanceId === undefined ? null : await ctx.store.instances.findInstance(instanceId);
  if ([server, instance?.server].some((name) => name !== undefined && name !== record.server)) {
    throw new HoldfastError("wrong_server", "A reconnect token is good only for the server that owns the session.");
  }
  return instance;
}

/** @throws instance_not_found, instance_superseded, instance_draining */
export function assertTaker(instance: InstanceRecord | null, { instanceId, bootId }: Taker): void {
  if (instanceId === undefined) return;
  if (!instance) throw instanceNotFound(instanceId);
  if (instance.bootId !== bootId || !canComeBack(instance)) throw instanceSuperseded(instance);
  if (instance.status !== "alive") throw instanceLost(instance);
  if (instance.drain !== null) throw instanceDraining(instance);
}
