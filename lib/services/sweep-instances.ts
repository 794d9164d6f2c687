import type { ServiceContext } from "./context";
import { announceInstance } from "./require-instance";

const BATCH = 1_000;

/**
 * Records lost leases and disconnects the sessions that depended on them; also what an earlier attempt at either left
 * undone. Answers how many instances were lost.
 */
export async function sweepInstances(ctx: ServiceContext): Promise<number> {
  const lost = await ctx.store.instances.recordLostInstances(ctx.clock.now());
  if (lost.length > 0) ctx.duties.orphans = true;
  for (const instance of lost) announceInstance(ctx, instance);
  if (ctx.duties.orphans) await disconnectOrphans(ctx);
  if (ctx.duties.revivals) await reviveSessions(ctx);
  return lost.length;
}

/** Disconnects every session whose boot is no longer alive, batch by batch, so that other writes get their turn. */
export async function disconnectOrphans(ctx: ServiceContext): Promise<void> {
  ctx.duties.orphans = true;
  const { recoveryWindowMs } = ctx.policy;
  for (let more = true; more;) {
    ({ more } = await ctx.store.instances.disconnectOrphans({ now: ctx.clock.now(), limit: BATCH, recoveryWindowMs }));
  }
  ctx.duties.orphans = false;
}

/** Takes up again every session that was lost with a boot which is alive again. Answers how many. */
export async function reviveSessions(ctx: ServiceContext): Promise<number> {
  ctx.duties.revivals = true;
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
  ctx.duties.revivals = false;
  return total;
}
