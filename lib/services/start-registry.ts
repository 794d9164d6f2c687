import type { ServiceContext } from "./context";
import { disconnectOrphans, reviveSessions } from "./sweep-instances";

/**
 * Brings the registry up on an opened store: opens the record of this run, grants a grace period to sessions whose
 * deadline passed while nobody was there to receive their heartbeats, and to leases likewise, and rebuilds the figures.
 * Answers the run's id.
 */
export async function startRegistry(ctx: ServiceContext): Promise<number> {
  const now = ctx.clock.now();
  const { runId, lastSeenAt } = await ctx.store.startRun(now);
  if (lastSeenAt !== null) {
    const spared = await ctx.store.grantGrace({ from: lastSeenAt, to: now, until: now + ctx.policy.bootGraceMs });
    if (spared > 0)
      ctx.log.info({ spared, graceMs: ctx.policy.bootGraceMs }, "granted grace to sessions due while down");
    await ctx.store.instances.extendLeases(now + ctx.policy.bootGraceMs);
    // A kill may have cut these short; both only finish what is on record.
    await disconnectOrphans(ctx);
    await reviveSessions(ctx);
  }
  await ctx.store.rebuild(ctx.health, now);
  ctx.store.onCommit((changes) => {
    ctx.health.apply(changes, ctx.clock.now());
  });
  ctx.store.onCommand((address) => {
    ctx.signals.announce({ about: "command", ...address });
  });
  return runId;
}
