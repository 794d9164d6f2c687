import type { Termination, TerminationList } from "@/lib/contract/termination-jobs";
import type { ServiceContext } from "./context";
import { isoTime } from "./present-session";
import { presentTermination, presentTerminationSummary } from "./present-termination";
import type { TerminationEntry } from "./terminations";
import { requireTermination } from "./require-termination";

/**
 * A plan, or how far a job has come.
 * @throws termination_not_found
 */
export async function getTermination(ctx: ServiceContext, id: string): Promise<Termination> {
  const entry = requireTermination(ctx, id);
  await readAnswers(ctx, entry);
  return presentTermination(entry, ctx.clock.now());
}

/** Plans and jobs, latest first. */
export async function listTerminations(ctx: ServiceContext): Promise<TerminationList> {
  const entries = ctx.terminations.list();
  for (const entry of entries) await readAnswers(ctx, entry);
  const now = ctx.clock.now();
  return {
    terminations: entries.map((entry) => presentTerminationSummary(entry, now)),
    generatedAt: isoTime(now),
  };
}

/** A server that has not answered for so long is not going to: it is told no more. */
const ANSWERS_EXPECTED_MS = 11 * 60_000;
/** As much of the log as one request reads; the next one goes on from there. */
const MAX_STRETCHES = 20;

/** Notes what the MCP servers have answered since somebody asked last. */
async function readAnswers(ctx: ServiceContext, { job, details }: TerminationEntry): Promise<void> {
  const isAwaited = job.startedAt !== null && job.acknowledged < job.counts.ended;
  if (!isAwaited || (job.endedAt !== null && ctx.clock.now() - job.endedAt > ANSWERS_EXPECTED_MS)) return;
  for (let stretch = 0; stretch < MAX_STRETCHES; stretch += 1) {
    const { ids, seq } = await ctx.store.terminations.listAcknowledged(details.readUpTo);
    for (const id of ids) job.acknowledge(id);
    if (seq <= details.readUpTo) return;
    // Another request may have come further.
    details.readUpTo = Math.max(details.readUpTo, seq);
  }
}
