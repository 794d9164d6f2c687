import type { AcknowledgeBody, Acknowledged } from "@/lib/contract/instances";
import type { ServiceContext } from "./context";
import { acknowledge } from "./record-heartbeats";
import { requireBoot } from "./require-instance";

/**
 * Takes an instance's word on what became of its commands, at once rather than with its next heartbeat.
 * @throws instance_not_found, instance_superseded, storage_busy, storage_full
 */
export async function acknowledgeCommands(
  ctx: ServiceContext,
  id: string,
  { bootId, acks }: AcknowledgeBody,
): Promise<Acknowledged> {
  const instance = await requireBoot(ctx, { id, bootId });
  const by = { server: instance.server, instanceId: id, instancePk: instance.pk, pid: instance.pid };
  return { acknowledged: [...(await acknowledge(ctx, acks, by))] };
}
