import type { ServiceContext } from "./context";
import type { TerminationEntry } from "./terminations";

/** A server that has not answered for so long is not going to: it is told no more. */
const ANSWERS_EXPECTED_MS = 11 * 60_000;
/** As much of the log as one request reads; the next one goes on from there. */
const MAX_STRETCHES = 20;

/** Notes what the MCP servers have answered since somebody asked last. */
export async function noteAnswers(ctx: ServiceContext, entry: TerminationEntry): Promise<void> {
  if (!isAwaited(entry)) return;
  const { job, details } = entry;
  const now = ctx.clock.now();
  for (let stretch = 0; stretch < MAX_STRETCHES; stretch += 1) {
    const from = details.readUpTo.seq;
    const { ids, seq } = await ctx.store.terminations.listAcknowledged(from);
    for (const id of ids) job.acknowledge(id);
    // Another request may have come further.
    details.readUpTo.seq = Math.max(details.readUpTo.seq, seq);
    if (seq > from) continue;
    details.readUpTo.at = now;
    return;
  }
}

/** Until all have answered, or the log has been read up to when the last could have. */
function isAwaited({ job, details: { readUpTo } }: TerminationEntry): boolean {
  if (job.startedAt === null || job.acknowledged >= job.counts.ended) return false;
  return job.endedAt === null || readUpTo.at === null || readUpTo.at - job.endedAt <= ANSWERS_EXPECTED_MS;
}
