import type { ServiceContext } from "./context";

const BATCH = 1_000;

/** Records lost leases, and disconnects the sessions that depended on them. Answers how many instances were lost. */
export async function sweepInstances(ctx: ServiceContext): Promise<number> {
  const lost = await ctx.store.instances.recordLostInstances(ctx.clock.now());
  if (lost > 0) await disconnectOrphans(ctx);
  return lost;
}

/** Disconnects every session whose boot is no longer alive, batch by batch, so that other writes get their turn. */
export async function disconnectOrphans(ctx: ServiceContext): Promise<void> {
  const { recoveryWindowMs } = ctx.policy;
  for (let more = true; more;) {
    ({ more } = await ctx.store.instances.disconnectOrphans({ now: ctx.clock.now(), limit: BATCH, recoveryWindowMs }));
  }
}

/** Takes up again every session that was lost with a boot which is alive again. Answers how many. */
export async function reviveSessions(ctx: ServiceContext): Promise<number> {
  let total = 0;
  for (let more = true; more;) {
    const batch = await ctx.store.instances.reviveSessions({
      now: ctx.clock.now(),
      limit: BATCH,
      graceMs: ctx.policy.bootGraceMs,
    });
    total += batch.revived;
    more = batch.more;
  }
  return total;
}
