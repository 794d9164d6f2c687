import { lose } from "./model-endings";
import { renewLease, revive } from "./model-leases";
import { isLive } from "./model-time";
import { bootWireOf } from "./model-wire";
import { bootOf, canComeBack, type Expected, iso, type ModelBoot, type ModelWorld, refusal } from "./model-world";

export interface BootName {
  instanceId: string;
  bootId: string;
}

/** The boot if it may speak for its instance, or why not. */
function speaker(world: ModelWorld, { instanceId, bootId }: BootName): ModelBoot | Expected {
  const boot = bootOf(world, instanceId);
  if (!boot) return refusal(404, "instance_not_found");
  if (boot.bootId !== bootId || !canComeBack(boot)) return refusal(409, "instance_superseded");
  return boot;
}

function isBoot(answer: ModelBoot | Expected): answer is ModelBoot {
  return "bootId" in answer;
}

/** Why an instance cannot take a session up; null when it can. */
export function whyNoTaker(world: ModelWorld, name: BootName): Expected | null {
  const boot = speaker(world, name);
  if (!isBoot(boot)) return boot;
  if (boot.status !== "alive") return refusal(409, "instance_superseded");
  return boot.drain === null ? null : refusal(409, "instance_draining");
}

export interface Registration extends BootName {
  server: string;
  leaseMs: number;
}

export function register(world: ModelWorld, { instanceId, bootId, server, leaseMs }: Registration): Expected {
  const { now } = world;
  const own = world.boots.filter((boot) => boot.instanceId === instanceId);
  const known = own.find((boot) => boot.bootId === bootId);
  if (known?.server === server && !canComeBack(known)) return refusal(409, "instance_superseded");
  const isForeign = (boot: ModelBoot): boolean => boot.server !== server && (boot === known || boot.status === "alive");
  if (own.some(isForeign)) return refusal(409, "instance_exists");
  const wasLost = known?.status === "lost";
  const boot = known ?? newBoot({ instanceId, bootId, server, leaseMs }, now);
  if (!known) world.boots.push(boot);
  boot.leaseMs = leaseMs;
  renewLease(boot, now);
  for (const other of own) {
    if (other === boot || !canComeBack(other)) continue;
    other.endedAt ??= now;
    other.status = "superseded";
    other.leaseEndsAt = null;
  }
  if (!known) disconnectOrphans(world);
  if (wasLost) revive(world);
  return { status: known ? 200 : 201, body: bootWireOf(boot) };
}

function newBoot({ instanceId, bootId, server, leaseMs }: Registration, now: number): ModelBoot {
  const times = { leaseEndsAt: null, lastHeartbeatAt: now, endedAt: null };
  return { instanceId, bootId, server, leaseMs, status: "alive", drain: null, ...times };
}

/** The boot beats. What it says of its sessions comes after this. */
export function beatOfBoot(world: ModelWorld, name: BootName): { boot: ModelBoot; expected: object } | Expected {
  const boot = speaker(world, name);
  if (!isBoot(boot)) return boot;
  const wasLost = boot.status === "lost";
  renewLease(boot, world.now);
  const revived = wasLost ? revive(world) : 0;
  return { boot, expected: { leaseExpiresAt: iso(boot.leaseEndsAt), revived, drain: bootWireOf(boot).drain } };
}

export function stop(world: ModelWorld, name: BootName): Expected {
  const boot = speaker(world, name);
  if (!isBoot(boot)) return boot;
  boot.status = "stopped";
  boot.leaseEndsAt = null;
  boot.endedAt = world.now;
  disconnectOrphans(world);
  return { status: 200, body: bootWireOf(boot) };
}

export function drain(world: ModelWorld, instanceId: string, order: { withinMs: number | null } | null): Expected {
  const boot = bootOf(world, instanceId);
  if (!boot) return refusal(404, "instance_not_found");
  if (boot.status !== "alive") return refusal(409, "instance_superseded");
  const { now } = world;
  const withinMs = order?.withinMs ?? null;
  const deadlineAt = withinMs === null ? null : now + withinMs;
  boot.drain = order && { since: boot.drain?.since ?? now, deadlineAt };
  return { status: 200, body: bootWireOf(boot) };
}

/** What a sweep writes down of leases that have run out, and of the sessions that depended on them. */
export function recordLost(world: ModelWorld): void {
  const lost = world.boots.filter(({ leaseEndsAt }) => leaseEndsAt !== null && leaseEndsAt <= world.now);
  for (const boot of lost) {
    boot.status = "lost";
    boot.endedAt = boot.leaseEndsAt;
    boot.leaseEndsAt = null;
  }
  if (lost.length > 0) disconnectOrphans(world);
}

export function disconnectOrphans({ sessions, now }: ModelWorld): void {
  for (const session of sessions) {
    const { holder } = session;
    if (!holder || holder.status === "alive" || session.status !== "active" || !isLive(session, now)) continue;
    const reason = holder.status === "stopped" ? "server_shutdown" : "instance_lost";
    lose(session, { now, reason, detail: null, instanceId: holder.instanceId });
  }
}
