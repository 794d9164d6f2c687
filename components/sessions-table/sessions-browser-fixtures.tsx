import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import { Tooltip } from "radix-ui";
import { vi } from "vitest";
import { LiveRegion } from "@/components/shell/live-region";
import { createAnnouncer } from "@/lib/web/announcer";
import { AnnouncerContext } from "@/lib/web/announcer-context";
import { createQueryClient } from "@/lib/web/create-query-client";
import { aSession } from "@/lib/web/fixtures";
import { aFacetCount, aSessionPage } from "@/lib/web/sessions/fixtures";
import { sessionListKeys } from "@/lib/web/sessions/session-list-cache";
import { SessionsBrowser } from "./sessions-browser";

export type BrowserRegistry = ReturnType<typeof aBrowserRegistry>;

/** The registry, as far as the sessions page calls it, and what the page has made of it. */
export function aBrowserRegistry() {
  const registry = {
    sessions: Array.from({ length: 12 }, (_, index) => aSession({ id: `session-${String(index)}` })),
    facets: aFacetCount(
      {
        status: [
          { value: "active", count: 10 },
          { value: "closed", count: 2 },
        ],
        server: [{ value: "notes", count: 12 }],
        is: [{ value: "probe", count: 3 }],
      },
      12,
    ),
    fails: false,
    pageSize: Number.POSITIVE_INFINITY,
    /** The queries that it was asked to list, in order. */
    asked: [] as string[],
    address: new URLSearchParams(),
    onTerminate: vi.fn(),
  };
  // This browser lays nothing out: rows need a screen to be on.
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(900);
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(1_200);
  vi.spyOn(HTMLElement.prototype, "scrollHeight", "get").mockReturnValue(4_000);
  vi.stubGlobal("fetch", async (path: string) => {
    if (registry.fails) throw new TypeError("fetch failed");
    const { pathname, searchParams } = new URL(path, "http://localhost");
    if (pathname.endsWith("/facets")) return Response.json(registry.facets);
    const query = searchParams.get("query") ?? "";
    if (query.startsWith("id:")) return Response.json(aSessionPage(registry.sessions));
    registry.asked.push(`${query} ${String(searchParams.get("sort"))} ${String(searchParams.get("order"))}`);
    return Response.json(query === "nothing" ? aSessionPage([]) : pageAt(Number(searchParams.get("cursor") ?? 0)));
  });
  const pageAt = (from: number) => {
    const to = from + registry.pageSize;
    return aSessionPage(registry.sessions.slice(from, to), registry.sessions.length > to ? String(to) : null);
  };
  return registry;
}

export function openBrowser(registry: BrowserRegistry, searchParams = "") {
  const queryClient = createQueryClient();
  render(
    <NuqsTestingAdapter
      searchParams={searchParams}
      hasMemory
      onUrlUpdate={({ searchParams: next }) => {
        registry.address = next;
      }}
    >
      <QueryClientProvider client={queryClient}>
        <AnnouncerContext value={createAnnouncer()}>
          <Tooltip.Provider>
            <SessionsBrowser onTerminateSelection={registry.onTerminate} />
          </Tooltip.Provider>
          <LiveRegion />
        </AnnouncerContext>
      </QueryClientProvider>
    </NuqsTestingAdapter>,
  );
  const poll = () => queryClient.refetchQueries({ queryKey: sessionListKeys.allHeads() });
  const pollRows = () => queryClient.refetchQueries({ queryKey: sessionListKeys.onScreen() });
  const pollTotals = () => queryClient.refetchQueries({ queryKey: sessionListKeys.allFacets() });
  return { user: userEvent.setup(), poll, pollRows, pollTotals };
}

export const rowOf = (id: string) => screen.findByRole("row", { name: new RegExp(id) });
export const listed = () => screen.getAllByRole("rowheader").map((cell) => cell.querySelector("a")?.textContent);
