import { type QueryClient, useMutation, useMutationState, useQueryClient } from "@tanstack/react-query";
import type { SessionHealthSummary } from "@/lib/contract/health";
import type { Session } from "@/lib/contract/session";
import { terminateSession } from "./api-client";
import type { ApiError } from "./api-error";
import { queryKeys } from "./query-keys";
import { replaceSession } from "./replace-session";

const TERMINATE_KEY = ["terminate-session"];

export interface Termination {
  id: string;
  reason: string;
}

/**
 * Ends a session by hand. While it runs, `useTerminatingIds` names it; then the server's answer is put in place and
 * everything is read anew, also after a failure: a timed-out termination may have succeeded.
 */
export function useTerminateSession() {
  const queryClient = useQueryClient();
  return useMutation<Session, ApiError, Termination>({
    mutationKey: TERMINATE_KEY,
    mutationFn: ({ id, reason }) => terminateSession(id, reason),
    networkMode: "always",
    onSuccess: (session) => putSession(queryClient, session),
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: queryKeys.all() });
    },
  });
}

/** Ids of the sessions whose termination has been asked for and not yet answered. */
export function useTerminatingIds(): ReadonlySet<string> {
  const pending = useMutationState<Termination | undefined>({
    filters: { mutationKey: TERMINATE_KEY, status: "pending" },
    // The key is this module's own, so the variables are those of useTerminateSession.
    select: (mutation) => mutation.state.variables as Termination | undefined,
  });
  return new Set(pending.flatMap((termination) => termination?.id ?? []));
}

/** A termination that was asked for in this tab, and whether the registry has answered. */
export interface AskedTermination {
  key: number;
  id: string;
  status: "pending" | "success" | "error";
}

/** Terminations asked for in this tab within the last minutes, oldest first. */
export function useAskedTerminations(): AskedTermination[] {
  const asked = useMutationState<AskedTermination | null>({
    filters: { mutationKey: TERMINATE_KEY },
    select: ({ mutationId, state: { status, variables } }) => {
      // The key is this module's own, so the variables are those of useTerminateSession.
      const termination = variables as Termination | undefined;
      return termination && status !== "idle" ? { key: mutationId, id: termination.id, status } : null;
    },
  });
  return asked.filter((termination) => termination !== null);
}

async function putSession(queryClient: QueryClient, session: Session): Promise<void> {
  // A poll that was sent before the termination must not bring the living session back.
  await queryClient.cancelQueries({ queryKey: queryKeys.all() });
  queryClient.setQueryData<Session>(queryKeys.session(session.id), session);
  const health = queryClient.getQueryState<SessionHealthSummary>(queryKeys.health());
  if (!health?.data) return;
  // One row is new, the figures are not: the age of the data on screen stays what it was.
  const updatedAt = health.dataUpdatedAt;
  queryClient.setQueryData(queryKeys.health(), replaceSession(health.data, session), { updatedAt });
}
