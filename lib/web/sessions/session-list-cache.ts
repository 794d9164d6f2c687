import type { InfiniteData, Query, QueryClient } from "@tanstack/react-query";
import type { Session } from "@/lib/contract/session";
import type { SessionList } from "@/lib/contract/session-list";
import type { SessionView } from "./session-view";

export type SessionPages = InfiniteData<SessionList, string | null>;

/** Beside the keys of single sessions: a list is not read anew as a whole when one of them changes. */
export const sessionListKeys = {
  list: (view: SessionView) => ["session-list", "rows", view] as const,
  allLists: () => ["session-list", "rows"] as const,
  head: (view: SessionView, cursor: string | null) => ["session-list", "head", view, cursor] as const,
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
  for (const query of queryClient.getQueryCache().findAll({ queryKey: sessionListKeys.allLists() })) {
    patchList(queryClient, query, byId);
    if (query.state.fetchStatus === "fetching") patchAgain(queryClient, query, byId);
  }
}

function patchList(queryClient: QueryClient, query: Query, byId: ReadonlyMap<string, Session>): void {
  queryClient.setQueryData<SessionPages>(query.queryKey, (pages) => pages && patchPages(pages, byId), {
    updatedAt: query.state.dataUpdatedAt,
  });
}

/** What becomes of sessions while a list is being read. */
const meanwhile = new WeakMap<Query, Map<string, Session>>();

/** Once the next page has arrived: it comes with all the others as they were when it was asked for. */
function patchAgain(queryClient: QueryClient, query: Query, byId: ReadonlyMap<string, Session>): void {
  const known = meanwhile.get(query);
  if (known) {
    for (const [id, session] of byId) known.set(id, session);
    return;
  }
  const gathered = new Map(byId);
  meanwhile.set(query, gathered);
  const onSettled = () => {
    meanwhile.delete(query);
    patchList(queryClient, query, gathered);
  };
  void query.promise?.then(onSettled, onSettled);
}

/** Pages, and sessions in them, that have not changed stay the same objects. */
export function patchPages(data: SessionPages, byId: ReadonlyMap<string, Session>): SessionPages {
  const pages = data.pages.map((page) => {
    const sessions = page.sessions.map((session) => byId.get(session.id) ?? session);
    return sessions.every((session, index) => session === page.sessions[index]) ? page : { ...page, sessions };
  });
  return pages.every((page, index) => page === data.pages[index]) ? data : { ...data, pages };
}

/** Begins a list anew with its first page; a page that is under way belongs to the old one. */
export async function restartList(queryClient: QueryClient, view: SessionView, head: SessionList): Promise<void> {
  const queryKey = sessionListKeys.list(view);
  await queryClient.cancelQueries({ queryKey, exact: true });
  queryClient.setQueryData<SessionPages>(queryKey, { pages: [head], pageParams: [null] });
}

/** Whether new sessions come after all that a list shows. */
export function growsAtEnd({ order }: SessionView, data: SessionPages | undefined): boolean {
  return order === "asc" && data?.pages.at(-1)?.nextCursor === null;
}

/** The page on which sessions come that a list does not show yet: the first one, or the last of a list that grows at its end. */
export function arrivalCursor(view: SessionView, data: SessionPages | undefined): string | null {
  return growsAtEnd(view, data) ? (data?.pageParams.at(-1) ?? null) : null;
}

/** Pages with what the last one, read again, has after all that they show: no row moves for it. */
export function extendPages(data: SessionPages, read: SessionList): SessionPages {
  const listed = new Set(data.pages.flatMap((page) => page.sessions.map(({ id }) => id)));
  const added = read.sessions.slice(read.sessions.findLastIndex(({ id }) => listed.has(id)) + 1);
  const last = data.pages.at(-1);
  if (!last || (added.length === 0 && read.nextCursor === last.nextCursor)) return data;
  const longer = { ...last, sessions: [...last.sessions, ...added], nextCursor: read.nextCursor };
  return { ...data, pages: data.pages.with(-1, longer) };
}
