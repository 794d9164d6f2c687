import type { ServiceContext } from "./context";

const SWEEP_BATCH = 1_000;
const PURGE_BATCH = 200;

/** Records every session whose deadline has passed: status, event, figures. Answers how many. */
export async function sweepExpired(ctx: ServiceContext): Promise<number> {
  let total = 0;
  for (;;) {
    const { expired, more } = await ctx.store.recordExpired(ctx.clock.now(), SWEEP_BATCH);
    total += expired;
    if (!more) return total;
  }
}

/** Deletes one batch of sessions that ended before the retention period. Answers whether there may be more. */
export async function purgeEnded(ctx: ServiceContext): Promise<{ more: boolean }> {
  const purged = await ctx.store.purgeEnded(ctx.clock.now() - ctx.policy.retentionMs, PURGE_BATCH);
  return { more: purged === PURGE_BATCH };
}
