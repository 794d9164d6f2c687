import { type ErrorCode, isHoldfastError } from "@/lib/domain/errors";
import type { TerminationJob } from "@/lib/domain/termination-job";
import type { ServiceContext } from "./context";
import { endSession } from "./end-session";

/** Sessions ended at once, so that they share commits. */
const MAX_AT_ONCE = 250;

/** Ends those sessions of a running job whose turn it is, and resolves once all of them are settled. */
export async function advanceTermination(ctx: ServiceContext, job: TerminationJob): Promise<void> {
  const due = job.takeDue(ctx.clock.now());
  for (let first = 0; first < due.length; first += MAX_AT_ONCE) {
    await Promise.all(due.slice(first, first + MAX_AT_ONCE).map((index) => endOne(ctx, job, index)));
  }
}

/** One end of one session: whoever serves it by now, and unless it has ended meanwhile. */
async function endOne(ctx: ServiceContext, job: TerminationJob, index: number): Promise<void> {
  const target = job.targets[index];
  if (!target) return;
  try {
    await endSession(ctx, { id: target.id }, { as: "terminated", ...(job.reason !== null && { reason: job.reason }) });
    job.settle(index, { outcome: "ended" }, ctx.clock.now());
  } catch (error) {
    const code = isHoldfastError(error) ? error.code : "internal_error";
    if (code === "internal_error") ctx.log.error({ err: error, sessionId: target.id }, "could not terminate a session");
    job.settle(index, HAD_ENDED.has(code) ? { outcome: "skipped" } : { outcome: "failed", code }, ctx.clock.now());
  }
}

const HAD_ENDED: ReadonlySet<ErrorCode> = new Set(["session_gone", "session_expired", "session_not_found"]);
