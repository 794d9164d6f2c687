import { useQueryClient } from "@tanstack/react-query";
import type { QueryKey } from "@tanstack/react-query";
import type { Session } from "@/lib/contract/session";
import { advanceAges } from "./live/advance-ages";
import { useLive } from "./live/live-context";
import { useNow } from "./use-now";

type Aging = Pick<Session, "status" | "idleMs" | "uptimeMs"> & Partial<Pick<Session, "inFlight">>;

/**
 * Sessions of a query with their ages as they are by now, second by second: while nothing happens to them nothing is sent.
 * They stand still with the screen, and once the query has failed.
 */
export function useCurrentAges<T extends Aging>(sessions: readonly T[], queryKey: QueryKey): readonly T[] {
  const state = useQueryClient().getQueryState(queryKey);
  const pausedAt = useLive((live) => live.pausedAt);
  const now = Math.min(useNow(), pausedAt ?? Number.POSITIVE_INFINITY);
  if (!state || state.status === "error") return sessions;
  return sessions.map((session) => advanceAges(session, now - state.dataUpdatedAt));
}
