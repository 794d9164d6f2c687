import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { SessionExplanation } from "@/lib/contract/explanation";
import type { Session } from "@/lib/contract/session";
import { getSessionExplanation } from "./api-client";
import { awaitsAnswer, prepareTermination, type Termination } from "./prepare-termination";
import { queryKeys } from "./query-keys";
import { registryNow } from "./registry-clock";
import { sessionEventsQuery, sessionQuery } from "./session-queries";
import { usePolledQuery } from "./use-polled-query";

/** One session, kept current. */
export function useSession(id: string) {
  return usePolledQuery(sessionQuery(id), { isFed: true });
}

/** The timeline of one session, oldest event first, kept current; a termination's answer shows within a second. */
export function useSessionEvents(id: string) {
  return usePolledQuery(sessionEventsQuery(id), {
    isFed: true,
    isUrgent: ({ events }) => awaitsAnswer(events, registryNow()),
  });
}

/** How far the forced end of a session has come, by the timeline as it was read last. */
export function useTermination(id: string): Termination | null {
  const { data } = useQuery({ ...sessionEventsQuery(id), staleTime: Number.POSITIVE_INFINITY, networkMode: "always" });
  return useMemo(() => prepareTermination(data?.events ?? []), [data]);
}

/** Why a session is no longer active; undefined while it is, and until it is known. */
export function useSessionExplanation({ id, endedAt }: Pick<Session, "id" | "endedAt">) {
  const hasEnded = endedAt !== null;
  // Polled even while the feed is live: what may still become of a disconnected or expired session changes by itself.
  const { data } = usePolledQuery<SessionExplanation, ReturnType<typeof queryKeys.explanation>>({
    queryKey: queryKeys.explanation(id, endedAt),
    queryFn: ({ signal }) => getSessionExplanation(id, signal),
    enabled: hasEnded,
  });
  return hasEnded ? data : undefined;
}
