import { useQuery } from "@tanstack/react-query";
import type { SessionExplanation } from "@/lib/contract/explanation";
import { getSessionExplanation } from "./api-client";
import type { ApiError } from "./api-error";
import { queryKeys } from "./query-keys";
import { sessionEventsQuery, sessionQuery } from "./session-queries";
import { usePolledQuery } from "./use-polled-query";

/** One session, kept current. */
export function useSession(id: string) {
  return usePolledQuery(sessionQuery(id));
}

/** The timeline of one session, oldest event first, kept current. */
export function useSessionEvents(id: string) {
  return usePolledQuery(sessionEventsQuery(id));
}

/** Why an ended session ended; undefined while it lives, and until it is known. */
export function useSessionExplanation(id: string, hasEnded: boolean): SessionExplanation | undefined {
  const { data } = useQuery<SessionExplanation, ApiError>({
    queryKey: queryKeys.explanation(id),
    queryFn: ({ signal }) => getSessionExplanation(id, signal),
    enabled: hasEnded,
    staleTime: Number.POSITIVE_INFINITY,
    networkMode: "always",
  });
  return hasEnded ? data : undefined;
}
