import type { ServiceContext } from "@/lib/services/context";
import { recordNotices } from "@/lib/services/record-notices";
import { purgeEnded, sweepExpired } from "@/lib/services/sweep";
import { sweepInstances } from "@/lib/services/sweep-instances";
import type { SteadyClock } from "./steady-clock";

/** Deadlines are recorded within a second: four looks per second, each one index probe when nothing is due. */
const SWEEP_EVERY_MS = 250;
const ALIVE_EVERY_SWEEPS = 40;
const PURGE_EVERY_SWEEPS = 240;
const TICK_EVERY_SWEEPS = 60;

export interface Housekeeping {
  /** Resolves when the sweep in progress has finished; none starts after it. */
  stop(): Promise<void>;
}

/** Runs the sweeper and the slower chores on one timer, one after the other and never twice at once. */
export function startHousekeeping(ctx: ServiceContext, clock: SteadyClock, runId: number): Housekeeping {
  let isStopped = false;
  let sweeps = 0;
  let isFailing = false;
  let hasMoreToPurge = false;
  let timer: NodeJS.Timeout | undefined;
  let current: Promise<void> = Promise.resolve();

  const round = async (): Promise<void> => {
    sweeps += 1;
    if (await heldBackJump(ctx, clock)) return;
    // Before the sweep: what a session went through comes before its end in the log.
    await recordNotices(ctx);
    await sweepInstances(ctx);
    await sweepExpired(ctx);
    if (sweeps % TICK_EVERY_SWEEPS === 0) ctx.signals.tick();
    if (sweeps % ALIVE_EVERY_SWEEPS === 0) {
      await ctx.store.markRunAlive(runId, clock.now());
      await ctx.store.maintain();
    }
    if (hasMoreToPurge || sweeps % PURGE_EVERY_SWEEPS === 0) hasMoreToPurge = (await purgeEnded(ctx)).more;
  };

  const roundAndReport = async (): Promise<void> => {
    try {
      await round();
      if (isFailing) ctx.log.info({}, "housekeeping works again");
      isFailing = false;
    } catch (error) {
      if (!isFailing) ctx.log.error({ err: error }, "housekeeping failed; trying again");
      isFailing = true;
    }
    if (!isStopped) schedule();
  };

  const schedule = (): void => {
    timer = setTimeout(() => {
      current = roundAndReport();
    }, SWEEP_EVERY_MS);
    timer.unref();
  };

  schedule();
  return {
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await current;
    },
  };
}

/** After a jump of the wall clock no session may end that a heartbeat could have saved: its deadline gets a grace period. */
async function heldBackJump(ctx: ServiceContext, clock: SteadyClock): Promise<boolean> {
  const jumpMs = clock.pendingJump();
  if (jumpMs === null) return false;
  const from = clock.now();
  const to = from + Math.max(0, jumpMs);
  const spared = jumpMs > 0 ? await ctx.store.grantGrace({ from, to, until: to + ctx.policy.bootGraceMs }) : 0;
  if (jumpMs > 0) await ctx.store.instances.extendLeases(to + ctx.policy.bootGraceMs);
  clock.adoptJump();
  if (jumpMs < 0) await ctx.store.instances.capLeases(clock.now());
  ctx.log.warn({ jumpMs, spared }, "the wall clock jumped; skipped a sweep");
  return true;
}
