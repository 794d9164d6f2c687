import type { ServiceContext } from "./context";

const SWEEP_BATCH = 1_000;
const PURGE_BATCH = 200;
/** A token that expired this long ago is refused by its text alone. */
const TOKEN_RETENTION_MS = 24 * 3_600_000;

/** Records every session whose deadline has passed: status, event, figures. Answers how many. */
export async function sweepExpired(ctx: ServiceContext): Promise<number> {
  let total = 0;
  for (;;) {
    const { expired, more } = await ctx.store.recordExpired(ctx.clock.now(), SWEEP_BATCH);
    total += expired;
    if (!more) return total;
  }
}

/**
 * Deletes one batch of sessions and instances that ended before the retention period, and of tokens long expired. Answers
 * whether there may be more.
 */
export async function purgeEnded(ctx: ServiceContext): Promise<{ more: boolean }> {
  const endedBefore = ctx.clock.now() - ctx.policy.retentionMs;
  const purged = await ctx.store.purgeEnded(endedBefore, PURGE_BATCH);
  await ctx.store.instances.purgeInstances(endedBefore, PURGE_BATCH);
  const tokens = await ctx.store.tokens.purgeTokens(ctx.clock.now() - TOKEN_RETENTION_MS, PURGE_BATCH);
  return { more: Math.max(purged, tokens) === PURGE_BATCH };
}
