import { HoldfastError } from "@/lib/domain/errors";
import type { InstanceRecord } from "@/lib/domain/instance";
import type { BootRef } from "@/lib/store/instance-store";
import type { ServiceContext } from "./context";

export function instanceNotFound(id: string): HoldfastError {
  return new HoldfastError("instance_not_found", "No instance has this id.", { instanceId: id });
}

export function instanceSuperseded({ id, status }: InstanceRecord): HoldfastError {
  const detail =
    status === "stopped"
      ? "This boot of the instance has said goodbye."
      : "Another boot of the instance has taken over.";
  return new HoldfastError("instance_superseded", detail, { instanceId: id });
}

/** Its sessions may be another's by now: it takes none before the registry has heard of it again. */
export function instanceLost({ id }: InstanceRecord): HoldfastError {
  const detail = "The instance has lost its lease; it has to send a heartbeat first.";
  return new HoldfastError("instance_superseded", detail, { instanceId: id });
}

export function instanceDraining({ id, drain }: InstanceRecord): HoldfastError {
  const deadlineAt = drain?.deadlineAt ?? null;
  return new HoldfastError("instance_draining", "The instance is being drained.", {
    instanceId: id,
    drainDeadlineAt: deadlineAt === null ? null : new Date(deadlineAt).toISOString(),
  });
}

/** Wakes whoever follows the instance. */
export function announceInstance(ctx: ServiceContext, { server, id }: Pick<InstanceRecord, "server" | "id">): void {
  ctx.signals.announce({ about: "instance", server, instanceId: id });
}

/** Whether the boot is alive, or could be with its next heartbeat. */
export function canComeBack({ status }: InstanceRecord): boolean {
  return status === "alive" || status === "lost";
}

/** The instance by its id, or `instance_not_found`. */
export async function requireInstance(ctx: ServiceContext, id: string): Promise<InstanceRecord> {
  const instance = await ctx.store.instances.findInstance(id);
  if (!instance) throw instanceNotFound(id);
  return instance;
}

/** Why a boot cannot speak for its instance: to be thrown after a write for it was lost. */
export async function bootRefused(ctx: ServiceContext, { id, bootId }: BootRef): Promise<HoldfastError> {
  const instance = await ctx.store.instances.findInstance(id);
  if (!instance) return instanceNotFound(id);
  if (instance.bootId === bootId && canComeBack(instance)) {
    return new HoldfastError("storage_busy", "The instance changed while it was being written; try again.");
  }
  return instanceSuperseded(instance);
}

/**
 * The instance, for the boot that it still is.
 * @throws instance_not_found, instance_superseded
 */
export async function requireBoot(ctx: ServiceContext, boot: BootRef): Promise<InstanceRecord> {
  const instance = await ctx.store.instances.findInstance(boot.id);
  if (instance?.bootId !== boot.bootId || !canComeBack(instance)) throw await bootRefused(ctx, boot);
  return instance;
}
