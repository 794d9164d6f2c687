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
