import type {
  ListTerminationResultsQuery,
  TerminationResult,
  TerminationResults,
} from "@/lib/contract/termination-jobs";
import type { TerminationJob, TerminationOutcome } from "@/lib/domain/termination-job";
import type { SessionEndRecord } from "@/lib/store/termination-store";
import type { ServiceContext } from "./context";
import { isoOrNull } from "./present-session";
import { requireTermination } from "./require-termination";

/**
 * What became of each session of a set, in the order in which they are ended.
 * @throws termination_not_found
 */
export async function listTerminationResults(
  ctx: ServiceContext,
  id: string,
  { outcome, after, limit }: ListTerminationResultsQuery,
): Promise<TerminationResults> {
  const { job } = requireTermination(ctx, id);
  const found = findIndexes(job, { outcome, after, limit: limit + 1 });
  const page = found.slice(0, limit);
  const ids = page.flatMap((index) => job.targets[index]?.id ?? []);
  const endOf = new Map((await ctx.store.terminations.readEnds(ids)).map((end) => [end.id, end]));
  const results = page.flatMap((index) => presentResult(job, index, endOf));
  return { results, nextAfter: found.length > limit ? (results.at(-1)?.number ?? null) : null };
}

function findIndexes(
  job: TerminationJob,
  { outcome, after, limit }: { outcome: TerminationOutcome | undefined; after: number; limit: number },
): number[] {
  const found: number[] = [];
  for (let index = after; index < job.targets.length && found.length < limit; index += 1) {
    if (outcome === undefined || job.outcomeAt(index) === outcome) found.push(index);
  }
  return found;
}

function presentResult(
  job: TerminationJob,
  index: number,
  endOf: ReadonlyMap<string, SessionEndRecord>,
): TerminationResult[] {
  const target = job.targets[index];
  if (!target) return [];
  const { id, server } = target;
  const end = endOf.get(id);
  const outcome = job.outcomeAt(index);
  const isEnded = outcome === "ended";
  return [
    {
      ...{ number: index + 1, id, server, outcome, code: job.failureAt(index) },
      ...{ status: end?.status ?? null, endReason: end?.endReason ?? null, endDetail: end?.endDetail ?? null },
      endedAt: isoOrNull(end?.endedAt ?? null),
      isCommanded: isEnded && (end?.isCommanded ?? false),
      answer: isEnded ? (end?.answer ?? null) : null,
    },
  ];
}
