import { type InfiniteData, useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import type { Termination, TerminationList, TerminationResults } from "@/lib/contract/termination-jobs";
import type { TerminationOutcome } from "@/lib/domain/termination-job";
import type { ApiError } from "../api-error";
import { URGENT_POLL_MS } from "../polling-interval";
import { queryKeys } from "../query-keys";
import { registryNow } from "../registry-clock";
import { usePolledQuery } from "../use-polled-query";
import type { Outlook } from "./describe-result";
import { isMoving, isOver } from "./prepare-progress";
import {
  cancelTermination,
  getTermination,
  getTerminationResults,
  listTerminations,
  planTermination,
  startTermination,
} from "./termination-client";

const terminationKeys = {
  list: () => ["terminations", "list"] as const,
  one: (id: string) => ["terminations", "one", id] as const,
  results: (id: string, outcome: TerminationOutcome | null) => ["terminations", "results", id, outcome] as const,
};

/** A plan or job, kept current: every second while it runs or is being answered. Null when the registry has forgotten it. */
export function useBulkTermination(id: string) {
  const queryKey = terminationKeys.one(id);
  return usePolledQuery<Termination | null, typeof queryKey>(
    { queryKey, queryFn: ({ signal }) => getTermination(id, signal) },
    {
      isUrgent: (job) => job !== null && isMoving(job, registryNow()),
      isSettled: (job) => job === null || (isOver(job) && !isMoving(job, registryNow())),
    },
  );
}

/** All plans and jobs, kept current. */
export function useBulkTerminations() {
  return usePolledQuery<TerminationList, ReturnType<typeof terminationKeys.list>>(
    { queryKey: terminationKeys.list(), queryFn: ({ signal }) => listTerminations(signal) },
    { isUrgent: ({ terminations }) => terminations.some(({ state }) => state === "running") },
  );
}

/** A page of results as it was read: before the end of its job it says nothing of what came of the rest. */
export interface ReadResults extends TerminationResults {
  outlook: Outlook;
}

/** What became of each session, page after page; kept current while that still changes, and read once more after the end. */
export function useTerminationResults(job: Termination, outcome: TerminationOutcome | null) {
  const queryKey = terminationKeys.results(job.id, outcome);
  return useInfiniteQuery<ReadResults, ApiError, InfiniteData<ReadResults, number>, typeof queryKey, number>({
    queryKey,
    queryFn: async ({ pageParam, signal }) => {
      const outlook = outlookOf(job);
      return { ...(await getTerminationResults(job.id, { outcome, after: pageParam }, signal)), outlook };
    },
    initialPageParam: 0,
    getNextPageParam: ({ nextAfter }) => nextAfter,
    refetchInterval: ({ state: { data } }) => {
      // Every page that was opened is read again, so not as often as the figures.
      if (outlookOf(job).isMoving) return 3 * URGENT_POLL_MS;
      return data?.pages.some(({ outlook }) => outlook.isMoving) ? URGENT_POLL_MS : false;
    },
    retry: false,
    networkMode: "always",
  });
}

function outlookOf(job: Termination): Outlook {
  return { isRunning: job.state === "running", isMoving: isMoving(job, registryNow()) };
}

export function usePlanTermination() {
  return useTerminationChange(planTermination);
}

export function useStartTermination() {
  return useTerminationChange(({ id, count }: Pick<Termination, "id" | "count">) => startTermination(id, count));
}

export function useCancelTermination() {
  return useTerminationChange((id: string) => cancelTermination(id));
}

/** Puts the answer in place; what it changes elsewhere is read anew. */
function useTerminationChange<Variables>(change: (variables: Variables) => Promise<Termination>) {
  const queryClient = useQueryClient();
  return useMutation<Termination, ApiError, Variables>({
    mutationFn: change,
    networkMode: "always",
    onSuccess: async (job) => {
      await queryClient.cancelQueries({ queryKey: terminationKeys.one(job.id) });
      queryClient.setQueryData(terminationKeys.one(job.id), job);
    },
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: terminationKeys.list() });
      void queryClient.invalidateQueries({ queryKey: queryKeys.all() });
    },
  });
}
