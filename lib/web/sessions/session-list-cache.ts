import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import type { Session } from "@/lib/contract/session";
import type { SessionList } from "@/lib/contract/session-list";
import type { SessionView } from "./session-view";

export type SessionPages = InfiniteData<SessionList, string | null>;

/** Beside the keys of single sessions: a list is not read anew as a whole when one of them changes. */
export const sessionListKeys = {
  list: (view: SessionView) => ["session-list", "rows", view] as const,
  allLists: () => ["session-list", "rows"] as const,
  head: (view: SessionView) => ["session-list", "head", view] as const,
  allHeads: () => ["session-list", "head"] as const,
  facets: (query: string) => ["session-list", "facets", query] as const,
  allFacets: () => ["session-list", "facets"] as const,
  /** Among the single sessions: whatever invalidates those has the rows on screen read at once. */
  onScreen: () => ["sessions", "on-screen"] as const,
};

/** Puts sessions as they are now into every list that shows them. Their places stay: rows must not move under the pointer. */
export function patchListedSessions(queryClient: QueryClient, sessions: readonly Session[]): void {
  const byId = new Map(sessions.map((session) => [session.id, session]));
  if (byId.size === 0) return;
  for (const { queryKey } of queryClient.getQueryCache().findAll({ queryKey: sessionListKeys.allLists() })) {
    const updatedAt = queryClient.getQueryState(queryKey)?.dataUpdatedAt;
    queryClient.setQueryData<SessionPages>(
      queryKey,
      (pages) => pages && patchPages(pages, byId),
      updatedAt === undefined ? {} : { updatedAt },
    );
  }
}

/** Pages, and sessions in them, that have not changed stay the same objects. */
export function patchPages(data: SessionPages, byId: ReadonlyMap<string, Session>): SessionPages {
  const pages = data.pages.map((page) => {
    const sessions = page.sessions.map((session) => byId.get(session.id) ?? session);
    return sessions.every((session, index) => session === page.sessions[index]) ? page : { ...page, sessions };
  });
  return pages.every((page, index) => page === data.pages[index]) ? data : { ...data, pages };
}

/** Begins a list anew with its first page. */
export function restartList(queryClient: QueryClient, view: SessionView, head: SessionList): void {
  queryClient.setQueryData<SessionPages>(sessionListKeys.list(view), { pages: [head], pageParams: [null] });
}
