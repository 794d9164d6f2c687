import { disconnectOrphans } from "./model-boots";
import { revive } from "./model-leases";
import { hasDeadline, recordExpired } from "./model-time";
import { GRACE_MS, type ModelWorld } from "./model-world";

/** The registry is stopped in good order, or killed, and is down for a while. */
export function goDown(world: ModelWorld, how: "restart" | "crash"): void {
  if (how === "crash") return;
  recordExpired(world);
  world.seenAt = world.now;
}

/** It is back: deadlines and leases that passed while nobody was there get a grace period. */
export function comeBack(world: ModelWorld): void {
  const { now, seenAt, sessions, boots } = world;
  const until = now + GRACE_MS;
  for (const session of sessions) {
    if (hasDeadline(session) && session.deadline > seenAt && session.deadline <= now) session.deadline = until;
  }
  for (const boot of boots) if (boot.leaseEndsAt !== null) boot.leaseEndsAt = Math.max(boot.leaseEndsAt, until);
  disconnectOrphans(world);
  revive(world);
  world.seenAt = now;
}
