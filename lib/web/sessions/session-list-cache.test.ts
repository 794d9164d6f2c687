import { InfiniteQueryObserver, QueryClient } from "@tanstack/react-query";
import { afterEach, describe, expect, it } from "vitest";
import type { SessionList } from "@/lib/contract/session-list";
import { aSession } from "../fixtures";
import { aSessionPage } from "./fixtures";
import {
  arrivalCursor,
  extendPages,
  patchListedSessions,
  restartList,
  sessionListKeys,
  type SessionPages,
} from "./session-list-cache";
import { DEFAULT_ORDER, toView } from "./session-view";

const view = toView("", DEFAULT_ORDER);
const key = sessionListKeys.list(view);
const closings: (() => void)[] = [];

afterEach(() => {
  for (const close of closings.splice(0)) close();
});

describe("a list in the cache", () => {
  it("shows sessions as they are now, each in its place, and is no younger for it", () => {
    const queryClient = new QueryClient();
    const pages: SessionPages = {
      pages: [
        aSessionPage([aSession({ id: "a" }), aSession({ id: "b" })], "next"),
        aSessionPage([aSession({ id: "c" })]),
      ],
      pageParams: [null, "next"],
    };
    queryClient.setQueryData(key, pages, { updatedAt: 1_000 });
    patchListedSessions(queryClient, [aSession({ id: "b", requestCount: 99 }), aSession({ id: "unlisted" })]);
    const patched = queryClient.getQueryData<SessionPages>(key);
    expect(patched?.pages[0]?.sessions.map(({ id, requestCount }) => [id, requestCount])).toEqual([
      ["a", 3],
      ["b", 99],
    ]);
    expect(patched?.pages[1]).toBe(pages.pages[1]);
    expect(queryClient.getQueryState(key)?.dataUpdatedAt).toBe(1_000);
    patchListedSessions(queryClient, [aSession({ id: "unlisted" })]);
    expect(queryClient.getQueryData(key)).toBe(patched);
  });
});

/** A list whose next page is under way: what it shows, as `id status`, and how its next page arrives. */
async function aLoadingList() {
  const queryClient = new QueryClient();
  let arrive: (page: SessionList) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const nextPage = new Promise<SessionList>((resolve, reject) => {
    [arrive, fail] = [resolve, reject];
  });
  // An observed list, as on screen; its first page is there.
  const observer = new InfiniteQueryObserver<SessionList, Error, SessionPages, typeof key, string | null>(queryClient, {
    queryKey: key,
    queryFn: ({ pageParam }) =>
      pageParam === null ? aSessionPage([aSession({ id: "a", status: "active" })], "next") : nextPage,
    initialPageParam: null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  closings.push(observer.subscribe(() => undefined));
  await observer.getCurrentQuery().promise;
  const loaded = observer.fetchNextPage();
  const shown = () =>
    queryClient
      .getQueryData<SessionPages>(key)
      ?.pages.flatMap((page) => page.sessions.map(({ id, status }) => `${id} ${status}`));
  return { queryClient, shown, loaded, arrive, fail };
}

const changed = (status: "terminated" | "closed") => [aSession({ id: "a", status, health: null })];

describe("a list whose next page is under way", () => {
  it("keeps what has become of its sessions meanwhile", async () => {
    const { queryClient, shown, loaded, arrive } = await aLoadingList();
    patchListedSessions(queryClient, changed("terminated"));
    patchListedSessions(queryClient, changed("closed"));
    expect(shown()).toEqual(["a closed"]);
    arrive(aSessionPage([aSession({ id: "b" })]));
    await loaded;
    expect(shown()).toEqual(["a closed", "b active"]);
  });

  it("keeps it when the page does not arrive", async () => {
    const { queryClient, shown, loaded, fail } = await aLoadingList();
    patchListedSessions(queryClient, changed("terminated"));
    fail(new Error("lost"));
    await loaded;
    expect(shown()).toEqual(["a terminated"]);
  });

  it("is not what was there before once it has been begun anew", async () => {
    const { queryClient, shown, loaded, arrive } = await aLoadingList();
    await restartList(queryClient, view, aSessionPage([aSession({ id: "new" })]));
    arrive(aSessionPage([aSession({ id: "b" })]));
    await loaded;
    expect(shown()).toEqual(["new active"]);
  });
});

describe("a list that grows at its end", () => {
  const ascending = toView("", "createdAt.asc");
  const pageOf = (ids: string, nextCursor: string | null = null) =>
    aSessionPage(
      Array.from(ids, (id) => aSession({ id })),
      nextCursor,
    );
  const pagesOf = (...pages: SessionList[]): SessionPages => ({
    pages,
    pageParams: pages.map((_, index) => (index === 0 ? null : `after ${String(index)}`)),
  });
  const listed = ({ pages }: SessionPages) => pages.map(({ sessions }) => sessions.map(({ id }) => id).join(""));

  it("is looked after on its last page once it has been read to its end", () => {
    const whole = pagesOf(pageOf("ab", "x"), pageOf("cd"));
    expect(arrivalCursor(ascending, whole)).toBe("after 1");
    expect(arrivalCursor(view, whole)).toBeNull();
    expect(arrivalCursor(ascending, pagesOf(pageOf("ab", "x"), pageOf("cd", "y")))).toBeNull();
    expect(arrivalCursor(ascending, undefined)).toBeNull();
  });

  it("shows after all others what has come, and loads on", () => {
    const whole = pagesOf(pageOf("ab", "x"), pageOf("cd"));
    expect(extendPages(whole, pageOf("cd"))).toBe(whole);
    const longer = extendPages(whole, pageOf("cdef", "y"));
    expect(listed(longer)).toEqual(["ab", "cdef"]);
    expect(longer.pages.at(-1)?.nextCursor).toBe("y");
    expect(longer.pages[0]).toBe(whole.pages[0]);
  });

  it("leaves alone what belongs between its rows, and what is there no longer", () => {
    expect(listed(extendPages(pagesOf(pageOf("abcd")), pageOf("axcde")))).toEqual(["abcde"]);
  });
});
