import { queryOptions } from "@tanstack/react-query";
import type { SessionEventList } from "@/lib/contract/events";
import type { SessionHealthHistory, SessionHealthSummary } from "@/lib/contract/health";
import type { Session } from "@/lib/contract/session";
import type { HistoryRange } from "@/lib/domain/projection/history-range";
import {
  getSession,
  getSessionHealth,
  getSessionHealthHistory,
  getSessionState,
  type VersionedState,
} from "./api-client";
import type { ApiError } from "./api-error";
import type { MessageWindow } from "./message-window";
import { queryKeys } from "./query-keys";
import { readEvents } from "./read-events";
import { readMessages } from "./read-messages";

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
  const queryKey = queryKeys.events(id);
  return queryOptions<SessionEventList, ApiError, SessionEventList, typeof queryKey>({
    queryKey,
    queryFn: ({ client, signal }) => readEvents({ id, known: client.getQueryData(queryKey), signal }),
  });
}

export function sessionStateQuery(id: string) {
  const queryKey = queryKeys.state(id);
  return queryOptions<VersionedState, ApiError, VersionedState, typeof queryKey>({
    queryKey,
    queryFn: ({ client, signal }) => getSessionState(id, { known: client.getQueryData(queryKey), signal }),
  });
}

export function sessionMessagesQuery(id: string) {
  const queryKey = queryKeys.messages(id);
  return queryOptions<MessageWindow, ApiError, MessageWindow, typeof queryKey>({
    queryKey,
    queryFn: ({ client, signal }) => readMessages({ id, known: () => client.getQueryData(queryKey), signal }),
  });
}
