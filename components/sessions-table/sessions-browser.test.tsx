// @vitest-environment happy-dom
import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import { Tooltip } from "radix-ui";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Session } from "@/lib/contract/session";
import type { SessionFacets } from "@/lib/contract/session-list";
import { createQueryClient } from "@/lib/web/create-query-client";
import { aSession } from "@/lib/web/fixtures";
import { aFacetCount, aSessionPage } from "@/lib/web/sessions/fixtures";
import { sessionListKeys } from "@/lib/web/sessions/session-list-cache";
import { SessionsBrowser } from "./sessions-browser";

let sessions: Session[];
let facets: SessionFacets;
let fails: boolean;
/** The queries that the registry was asked to list, in order. */
let asked: string[];
let address: URLSearchParams;
const onTerminate = vi.fn();

beforeEach(() => {
  sessions = Array.from({ length: 12 }, (_, index) => aSession({ id: `session-${String(index)}` }));
  facets = aFacetCount(
    {
      status: [
        { value: "active", count: 10 },
        { value: "closed", count: 2 },
      ],
      server: [{ value: "notes", count: 12 }],
      is: [{ value: "probe", count: 3 }],
    },
    12,
  );
  fails = false;
  asked = [];
  address = new URLSearchParams();
  onTerminate.mockReset();
  // This browser lays nothing out: rows need a screen to be on.
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(900);
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(1_200);
  // The registry, as far as this page calls it.
  vi.stubGlobal("fetch", async (path: string) => {
    if (fails) throw new TypeError("fetch failed");
    const url = new URL(path, "http://localhost");
    if (url.pathname.endsWith("/facets")) return Response.json(facets);
    const query = url.searchParams.get("query") ?? "";
    if (!query.startsWith("id:"))
      asked.push(`${query} ${String(url.searchParams.get("sort"))} ${String(url.searchParams.get("order"))}`);
    return Response.json(aSessionPage(query === "nothing" ? [] : sessions));
  });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function open(searchParams = "") {
  const queryClient = createQueryClient();
  render(
    <NuqsTestingAdapter
      searchParams={searchParams}
      hasMemory
      onUrlUpdate={({ searchParams: next }) => {
        address = next;
      }}
    >
      <QueryClientProvider client={queryClient}>
        <Tooltip.Provider>
          <SessionsBrowser onTerminateSelection={onTerminate} />
        </Tooltip.Provider>
      </QueryClientProvider>
    </NuqsTestingAdapter>,
  );
  const poll = () => queryClient.refetchQueries({ queryKey: ["session-list", "head"] });
  const pollRows = () => queryClient.refetchQueries({ queryKey: sessionListKeys.onScreen() });
  return { user: userEvent.setup(), poll, pollRows };
}

const rowOf = (id: string) => screen.findByRole("row", { name: new RegExp(id) });
const listed = () => screen.getAllByRole("rowheader").map((cell) => cell.querySelector("a")?.textContent);

describe("SessionsBrowser", () => {
  it("lists what the address asks for, with totals and facets", async () => {
    open("?query=status:active&sort=lastActivityAt.asc");
    await rowOf("session-0");
    expect(asked[0]).toBe("status:active lastActivityAt asc");
    expect(await screen.findByText("12 sessions")).toBeDefined();
    expect(screen.getByRole("button", { name: "Edit status:active" })).toBeDefined();
    expect(screen.getByRole<HTMLInputElement>("checkbox", { name: /^Active/ }).checked).toBe(true);
    expect(screen.getByRole("columnheader", { name: "Last activity" }).getAttribute("aria-sort")).toBe("ascending");
  });

  it("takes a typed term over as a chip, and gives it back", async () => {
    const { user } = open();
    await rowOf("session-0");
    const input = screen.getByRole("combobox", { name: "Filter sessions" });
    await user.click(input);
    await user.paste("client:claude* idle:>10m");
    await user.keyboard("{Enter}");
    expect(address.get("query")).toBe("client:claude* idle:>10m");
    await user.keyboard("{Backspace}");
    expect(address.get("query")).toBe("client:claude*");
    await user.click(screen.getByRole("button", { name: "Remove client:claude*" }));
    expect(address.get("query")).toBeNull();
    expect(document.activeElement).toBe(input);
  });

  it("completes fields and values by keyboard", async () => {
    const { user } = open();
    await screen.findByText("12 sessions");
    await user.type(screen.getByRole("combobox", { name: "Filter sessions" }), "stat{ArrowDown}{Enter}");
    expect(screen.getByRole("option", { name: /status:active/ }).textContent).toContain("10");
    await user.keyboard("{ArrowDown}{Enter}");
    expect(address.get("query")).toBe("status:active");
  });

  it("walks through chips with the arrow keys, removes one with Delete and edits one with Enter", async () => {
    const { user } = open("?query=status:active+server:notes");
    await rowOf("session-0");
    await user.click(screen.getByRole("combobox", { name: "Filter sessions" }));
    await user.keyboard("{ArrowLeft}{ArrowLeft}{Delete}");
    expect(address.get("query")).toBe("server:notes");
    await user.keyboard("{ArrowLeft}{Enter}");
    expect(screen.getByDisplayValue("server:notes")).toBeDefined();
  });

  it("says what is wrong with a term and asks for nothing", async () => {
    const { user } = open();
    await rowOf("session-0");
    const before = asked.length;
    await user.click(screen.getByRole("combobox", { name: "Filter sessions" }));
    await user.paste("stauts:active");
    await user.keyboard("{Enter}");
    expect(screen.getByRole("alert").textContent).toContain("“stauts” is not a field");
    expect(asked.length).toBe(before);
    expect(screen.getByDisplayValue("stauts:active")).toBeDefined();
  });

  it("lets an address that cannot be read be mended", async () => {
    const { user } = open("?query=bad:term");
    expect(await screen.findByText("This filter cannot be read")).toBeDefined();
    expect(screen.getByRole("alert").textContent).toContain("“bad” is not a field");
    expect(asked).toEqual([]);
    await user.click(screen.getByRole("button", { name: "Clear the filter" }));
    await rowOf("session-0");
  });

  it("filters by a facet, and by folding probes away", async () => {
    const { user } = open();
    await user.click(await screen.findByRole("checkbox", { name: /^Closed/ }));
    expect(address.get("query")).toBe("status:closed");
    await user.click(screen.getByRole("button", { name: "Hide 3 probes" }));
    expect(address.get("query")).toBe("status:closed -is:probe");
    expect(await screen.findByRole("button", { name: "3 probes hidden", pressed: true })).toBeDefined();
  });

  it("sorts by its header, latest first", async () => {
    const { user } = open();
    await rowOf("session-0");
    await user.click(screen.getByRole("button", { name: "Last activity" }));
    expect(address.get("sort")).toBe("lastActivityAt.desc");
    await user.click(screen.getByRole("button", { name: "Last activity" }));
    expect(address.get("sort")).toBe("lastActivityAt.asc");
  });

  it("shows what has come only when asked, and what has changed in place", async () => {
    const { user, poll, pollRows } = open();
    await rowOf("session-0");
    const before = listed();
    sessions = [
      aSession({ id: "latest" }),
      aSession({ id: "session-0", status: "closed", health: null, endReason: "client_closed" }),
      ...sessions.slice(1),
    ];
    await poll();
    await pollRows();
    expect(within(await rowOf("session-0")).getByText("Closed")).toBeDefined();
    expect(listed()).toEqual(before);
    await user.click(await screen.findByRole("button", { name: /1 new · show/ }));
    expect(listed()[0]).toBe("latest");
    expect(screen.queryByRole("button", { name: /new · show/ })).toBeNull();
  });

  it("chooses rows by mouse and by keyboard, and hands them over", async () => {
    const { user } = open();
    await user.click(within(await rowOf("session-2")).getByRole("checkbox"));
    await user.keyboard("{Shift>}");
    await user.click(within(await rowOf("session-4")).getByRole("checkbox"));
    await user.keyboard("{/Shift}");
    expect(screen.getByText("3 selected")).toBeDefined();
    (await rowOf("session-4")).focus();
    await user.keyboard("{ArrowDown} ");
    expect(document.activeElement?.getAttribute("data-session-row")).toBe("session-5");
    expect(screen.getByText("4 selected")).toBeDefined();
    await user.click(screen.getByRole("button", { name: "Terminate…" }));
    expect(onTerminate).toHaveBeenCalledWith({ ids: ["session-2", "session-3", "session-4", "session-5"] });
    await user.click(screen.getByRole("button", { name: "Clear selection" }));
    expect(screen.queryByText(/selected/)).toBeNull();
  });

  it("shows columns and rows as the address says", async () => {
    const { user } = open("?columns=status,labels&density=compact");
    await rowOf("session-0");
    const headers = () => screen.getAllByRole("columnheader").map((header) => header.textContent);
    expect(headers()).toEqual(["", "Session", "Status", "Labels"]);
    await user.click(screen.getByRole("button", { name: "Columns" }));
    await user.click(screen.getByRole("menuitemcheckbox", { name: "Errors" }));
    expect(address.get("columns")).toBe("status,errors,labels");
  });

  it("tells a query without a match from a registry without sessions", async () => {
    open("?query=nothing");
    expect(await screen.findByText("No session matches")).toBeDefined();
    cleanup();
    sessions = [];
    open();
    expect(await screen.findByText("Waiting for the first session")).toBeDefined();
  });

  it("says why the first load failed, and keeps the rows when a poll fails", async () => {
    fails = true;
    const { user, poll } = open();
    expect(await screen.findByText("Holdfast cannot be reached")).toBeDefined();
    fails = false;
    await user.click(screen.getByRole("button", { name: "Try again" }));
    await rowOf("session-0");
    fails = true;
    await poll();
    await waitFor(() => {
      expect(screen.getByRole("alert").textContent).toContain("Holdfast cannot be reached");
    });
    expect(await rowOf("session-0")).toBeDefined();
  });

  it("has one tip that tells a moment exactly", async () => {
    const { user } = open();
    const row = within(await rowOf("session-9"));
    const [moment] = row.getAllByText(/ago$/);
    if (moment) await user.hover(moment);
    const tip = await screen.findByRole("tooltip");
    expect(tip.textContent).toContain("2026-11-20T07:00:00.000Z");
    expect(tip.textContent).toContain(`${String(Date.parse("2026-11-20T07:00:00.000Z"))} ms`);
  });
});
