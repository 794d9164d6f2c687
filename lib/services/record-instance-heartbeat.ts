import type { InstanceHeartbeatBody, InstanceHeartbeatReply } from "@/lib/contract/instances";
import type { ServiceContext } from "./context";
import { presentDrain } from "./present-instance";
import { isoTime } from "./present-session";
import { beat, COMMAND_WINDOW_MS, presentCommand, toResults } from "./record-heartbeats";
import { announceInstance, bootRefused } from "./require-instance";
import { reviveSessions } from "./sweep-instances";

/**
 * Renews an instance's lease, records what it reports of its sessions, and hands it its open commands. A boot that comes
 * back after its lease was lost takes its sessions up again before its beats count.
 * @throws instance_not_found, instance_superseded, storage_busy, storage_full
 */
export async function recordInstanceHeartbeat(
  ctx: ServiceContext,
  id: string,
  { bootId, sessions, acks }: InstanceHeartbeatBody,
): Promise<InstanceHeartbeatReply> {
  const renewal = await ctx.store.instances.renewLease({ id, bootId, now: ctx.clock.now() });
  if (renewal.outcome === "lost") throw await bootRefused(ctx, { id, bootId });
  const { instance, wasLost } = renewal;
  if (wasLost) announceInstance(ctx, instance);
  const revived = wasLost ? await reviveSessions(ctx) : 0;
  const input = { beats: sessions, acks };
  const by = { server: instance.server, instanceId: id, instancePk: instance.pk, pid: instance.pid };
  const { outcomes, now } = await beat(ctx, input, by);
  return {
    leaseExpiresAt: isoTime(instance.leaseExpiresAt ?? now),
    revived,
    drain: presentDrain(instance.drain),
    results: toResults(input, outcomes),
    commands: ctx.store.openCommandsOf(instance, now - COMMAND_WINDOW_MS).map(presentCommand),
  };
}
