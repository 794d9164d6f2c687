import { queryOptions } from "@tanstack/react-query";
import type { SessionEventList } from "@/lib/contract/events";
import type { SessionHealthHistory, SessionHealthSummary } from "@/lib/contract/health";
import type { Session } from "@/lib/contract/session";
import type { HistoryRange } from "@/lib/domain/projection/history";
import { getSession, getSessionEvents, getSessionHealth, getSessionHealthHistory } from "./api-client";
import type { ApiError } from "./api-error";
import { queryKeys } from "./query-keys";

export function sessionHealthQuery() {
  return queryOptions<SessionHealthSummary, ApiError, SessionHealthSummary, ReturnType<typeof queryKeys.health>>({
    queryKey: queryKeys.health(),
    queryFn: ({ signal }) => getSessionHealth(signal),
  });
}

export function sessionHistoryQuery(range: HistoryRange) {
  return queryOptions<SessionHealthHistory, ApiError, SessionHealthHistory, ReturnType<typeof queryKeys.history>>({
    queryKey: queryKeys.history(range),
    queryFn: ({ signal }) => getSessionHealthHistory(range, signal),
  });
}

export function sessionQuery(id: string) {
  return queryOptions<Session, ApiError, Session, ReturnType<typeof queryKeys.session>>({
    queryKey: queryKeys.session(id),
    queryFn: ({ signal }) => getSession(id, signal),
  });
}

export function sessionEventsQuery(id: string) {
  return queryOptions<SessionEventList, ApiError, SessionEventList, ReturnType<typeof queryKeys.events>>({
    queryKey: queryKeys.events(id),
    queryFn: ({ signal }) => getSessionEvents(id, signal),
  });
}
