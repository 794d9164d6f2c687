import type { ServiceContext } from "./context";

/**
 * Brings the registry up on an opened store: opens the record of this run, grants a grace period to sessions whose
 * deadline passed while nobody was there to receive their heartbeats, and rebuilds the figures. Answers the run's id.
 */
export async function startRegistry(ctx: ServiceContext): Promise<number> {
  const now = ctx.clock.now();
  const { runId, lastSeenAt } = await ctx.store.startRun(now);
  if (lastSeenAt !== null) {
    const spared = await ctx.store.grantGrace({ from: lastSeenAt, to: now, until: now + ctx.policy.bootGraceMs });
    if (spared > 0)
      ctx.log.info({ spared, graceMs: ctx.policy.bootGraceMs }, "granted grace to sessions due while down");
  }
  await ctx.store.rebuild(ctx.health, now);
  ctx.store.onCommit((changes) => {
    ctx.health.apply(changes, ctx.clock.now());
  });
  return runId;
}
