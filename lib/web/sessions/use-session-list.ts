import { keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import type { SessionFacets, SessionList } from "@/lib/contract/session-list";
import type { Session } from "@/lib/contract/session";
import type { ApiError } from "../api-error";
import { usePolledQuery } from "../use-polled-query";
import { type PageNow, prepareArrivals } from "./prepare-arrivals";
import { getSessionFacets, getSessionPage, getSessionsById } from "./session-list-client";
import {
  arrivalCursor,
  extendPages,
  growsAtEnd,
  patchListedSessions,
  restartList,
  sessionListKeys,
  type SessionPages,
} from "./session-list-cache";
import { isToldByEvents } from "./is-told-by-events";
import type { SessionView } from "./session-view";

interface SessionListOptions {
  view: SessionView;
  isEnabled: boolean;
  /** Ids of the rows on screen right now: those are kept current. */
  idsOnScreen: () => readonly string[];
}

/**
 * Sessions page by page, as they were when each page was read, and always in that order; what the rows on screen say is kept
 * current, and what has come since waits to be shown. Only below the last row a list grows by itself: there nothing moves.
 */
export function useSessionList({ view, isEnabled, idsOnScreen }: SessionListOptions) {
  const queryClient = useQueryClient();
  const listKey = sessionListKeys.list(view);
  const list = useInfiniteQuery<SessionList, ApiError, SessionPages, typeof listKey, string | null>({
    queryKey: listKey,
    queryFn: ({ pageParam, signal }) => getSessionPage({ view, cursor: pageParam, signal }),
    initialPageParam: null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    enabled: isEnabled,
    retry: false,
    networkMode: "always",
  });
  const hasList = isEnabled && list.data !== undefined && !list.isPlaceholderData;
  const cursor = hasList ? arrivalCursor(view, list.data) : null;
  const head = usePolledQuery(
    {
      queryKey: sessionListKeys.head(view, cursor),
      queryFn: async ({ signal }) => {
        const page = await getSessionPage({ view, cursor, signal });
        const pages = queryClient.getQueryData<SessionPages>(listKey);
        // Nothing is on screen that could move.
        if (pages?.pages[0]?.sessions.length === 0) await restartList(queryClient, view, page);
        else if (pages && growsAtEnd(view, pages) && arrivalCursor(view, pages) === cursor) {
          queryClient.setQueryData<SessionPages>(listKey, extendPages(pages, page));
        }
        return page;
      },
      enabled: hasList,
      // Since a last page was asked for, more may have come to it.
      initialData: () => (cursor === null ? queryClient.getQueryData<SessionPages>(listKey)?.pages[0] : undefined),
      initialDataUpdatedAt: () => queryClient.getQueryState(listKey)?.dataUpdatedAt,
    },
    { isFed: isToldByEvents(view) },
  );
  usePolledQuery<Session[], ReturnType<typeof sessionListKeys.onScreen>>(
    {
      queryKey: sessionListKeys.onScreen(),
      queryFn: async ({ signal }) => {
        const sessions = await getSessionsById(idsOnScreen(), signal);
        patchListedSessions(queryClient, sessions);
        return sessions;
      },
      enabled: hasList,
    },
    { isFed: true },
  );
  const sessions = useMemo(() => uniqueById(list.data?.pages.flatMap((page) => page.sessions) ?? []), [list.data]);
  const arrivals = useMemo(
    () =>
      prepareArrivals(
        sessions.map(({ id }) => id),
        hasList && head.data ? pageNow(head.data, cursor) : NO_PAGE,
      ),
    [sessions, head.data, hasList, cursor],
  );
  const showArrivals = () => {
    if (cursor === null) {
      if (head.data) void restartList(queryClient, view, head.data);
      return;
    }
    // What its top was long ago is not to be compared with what it is now.
    queryClient.removeQueries({ queryKey: sessionListKeys.head(view, null), exact: true });
    void queryClient.resetQueries({ queryKey: listKey, exact: true });
  };
  return { list, head, sessions, arrivals, showArrivals };
}

/** A page that tells nothing. */
const NO_PAGE: PageNow = { ids: [], isFirst: false, isLast: false };

function pageNow({ sessions, nextCursor }: SessionList, cursor: string | null): PageNow {
  return { ids: sessions.map(({ id }) => id), isFirst: cursor === null, isLast: nextCursor === null };
}

/** A session that was used between two pages may be on both. */
function uniqueById(sessions: readonly Session[]): readonly Session[] {
  const byId = new Map(sessions.map((session) => [session.id, session]));
  return byId.size === sessions.length ? sessions : [...byId.values()];
}

/** How many sessions there are, by what operators filter by; of the last query until those of a new one have been counted. */
export function useSessionFacets(query: string, isEnabled: boolean) {
  return usePolledQuery<SessionFacets, ReturnType<typeof sessionListKeys.facets>>(
    {
      queryKey: sessionListKeys.facets(query),
      queryFn: ({ signal }) => getSessionFacets(query, signal),
      placeholderData: keepPreviousData,
      enabled: isEnabled,
    },
    { isFed: isToldByEvents({ query }) },
  );
}
