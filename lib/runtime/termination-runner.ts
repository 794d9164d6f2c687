import type { TerminationJob } from "@/lib/domain/termination-job";
import { advanceTermination } from "@/lib/services/advance-termination";
import type { ServiceContext } from "@/lib/services/context";

/** Sessions that fall due within this time go together: at 1,000 a second, a hundred of them. */
const MIN_WAIT_MS = 100;

export interface TerminationRunner {
  /** Stops every job between two sessions; resolves when none is being ended any more. */
  stop(): Promise<void>;
}

/** Carries out the terminations that have been started, each at its own pace. */
export function startTerminationRunner(ctx: ServiceContext): TerminationRunner {
  const running = new Map<TerminationJob, { timer: NodeJS.Timeout | undefined; round: Promise<void> }>();
  let isStopped = false;

  const round = async (job: TerminationJob): Promise<void> => {
    try {
      await advanceTermination(ctx, job);
    } catch (error) {
      ctx.log.error({ err: error, terminationId: job.id }, "a termination failed");
    }
    const waitMs = job.msUntilDue();
    if (waitMs === null) {
      running.delete(job);
      ctx.log.info({ terminationId: job.id, ...job.counts }, "a termination is over");
      return;
    }
    schedule(job, Math.max(MIN_WAIT_MS, waitMs));
  };

  const schedule = (job: TerminationJob, waitMs: number): void => {
    if (isStopped) {
      job.stop("shutdown", ctx.clock.now());
      return;
    }
    const state = running.get(job) ?? { timer: undefined, round: Promise.resolve() };
    state.timer = setTimeout(() => {
      state.round = round(job);
    }, waitMs);
    state.timer.unref();
    running.set(job, state);
  };

  ctx.terminations.onStart(({ job }) => {
    schedule(job, 0);
  });
  return {
    stop: async () => {
      isStopped = true;
      ctx.terminations.stopAll(ctx.clock.now());
      const rounds = [...running.values()].map(({ timer, round: current }) => {
        clearTimeout(timer);
        return current;
      });
      await Promise.all(rounds);
    },
  };
}
