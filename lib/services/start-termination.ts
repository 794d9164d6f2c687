import { CONFIRM_ABOVE, type StartTerminationBody, type Termination } from "@/lib/contract/termination-jobs";
import { HoldfastError } from "@/lib/domain/errors";
import type { ServiceContext } from "./context";
import { presentTermination } from "./present-termination";
import type { TerminationEntry } from "./terminations";
import { requireTermination } from "./require-termination";

/**
 * Begins to end the sessions of a plan. Repeating it is harmless: a plan is carried out once.
 * @throws termination_not_found, termination_expired, termination_not_confirmed, termination_cancelled,
 *   too_many_terminations
 */
export async function startTermination(
  ctx: ServiceContext,
  id: string,
  { confirm }: StartTerminationBody,
): Promise<Termination> {
  const entry = requireTermination(ctx, id);
  requireStartable(ctx, entry);
  requireConfirmed(entry, confirm);
  if (entry.job.stateAt(ctx.clock.now()) === "planned") {
    // What the servers answer comes after this position, as no session has been ended yet.
    const seq = await ctx.store.terminations.lastEventSeq();
    // Others may have come first meanwhile, or taken its place in the book: what is not in it nobody could stop.
    requireStartable(ctx, requireTermination(ctx, id));
    if (entry.job.stateAt(ctx.clock.now()) === "planned") begin(ctx, entry, seq);
  }
  return presentTermination(entry, ctx.clock.now());
}

function begin(ctx: ServiceContext, entry: TerminationEntry, seq: number): void {
  const { job, details } = entry;
  details.readUpTo.seq = seq;
  ctx.terminations.start(entry, ctx.clock.now());
  ctx.log.info({ terminationId: job.id, sessions: job.targets.length }, "began to terminate sessions");
}

function requireStartable(ctx: ServiceContext, { job }: TerminationEntry): void {
  const fields = { terminationId: job.id };
  const state = job.stateAt(ctx.clock.now());
  if (state === "expired") {
    throw new HoldfastError("termination_expired", "The plan was not started in time; it has ended nothing.", fields);
  }
  if (state === "cancelled") throw new HoldfastError("termination_cancelled", "It cannot be started again.", fields);
  if (state === "planned" && ctx.terminations.isBusy) {
    throw new HoldfastError("too_many_terminations", "The plan has not been started.", fields);
  }
}

function requireConfirmed({ job }: TerminationEntry, confirm: number | undefined): void {
  const count = job.targets.length;
  if (confirm === undefined ? count <= CONFIRM_ABOVE : confirm === count) return;
  const detail =
    confirm === undefined
      ? `The plan would end ${String(count)} sessions.`
      : `The plan would end ${String(count)} sessions, not ${String(confirm)}.`;
  throw new HoldfastError("termination_not_confirmed", detail, { terminationId: job.id, count });
}
