// @vitest-environment happy-dom
import { cleanup, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { aSession } from "@/lib/web/fixtures";
import { aBrowserRegistry, type BrowserRegistry, listed, openBrowser, rowOf } from "./sessions-browser-fixtures";

let registry: BrowserRegistry;

beforeEach(() => {
  registry = aBrowserRegistry();
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("SessionsBrowser", () => {
  it("lists what the address asks for, with totals and facets", async () => {
    openBrowser(registry, "?query=status:active&sort=lastActivityAt.asc");
    await rowOf("session-0");
    expect(registry.asked[0]).toBe("status:active lastActivityAt asc");
    expect(await screen.findByText("12 sessions")).toBeDefined();
    expect(screen.getByRole("button", { name: "Edit status:active" })).toBeDefined();
    expect(screen.getByRole<HTMLInputElement>("checkbox", { name: /^Active/ }).checked).toBe(true);
    expect(screen.getByRole("columnheader", { name: "Last activity" }).getAttribute("aria-sort")).toBe("ascending");
  });

  it("takes a typed term over as a chip, and gives it back", async () => {
    const { user } = openBrowser(registry);
    await rowOf("session-0");
    const input = screen.getByRole("combobox", { name: "Filter sessions" });
    await user.click(input);
    await user.paste("client:claude* idle:>10m");
    await user.keyboard("{Enter}");
    expect(registry.address.get("query")).toBe("client:claude* idle:>10m");
    await user.keyboard("{Backspace}");
    expect(registry.address.get("query")).toBe("client:claude*");
    await user.click(screen.getByRole("button", { name: "Remove client:claude*" }));
    expect(registry.address.get("query")).toBeNull();
    expect(document.activeElement).toBe(input);
  });

  it("completes fields and values by keyboard", async () => {
    const { user } = openBrowser(registry);
    await screen.findByText("12 sessions");
    await user.type(screen.getByRole("combobox", { name: "Filter sessions" }), "stat{ArrowDown}{Enter}");
    expect(screen.getByRole("option", { name: /status:active/ }).textContent).toContain("10");
    await user.keyboard("{ArrowDown}{Enter}");
    expect(registry.address.get("query")).toBe("status:active");
  });

  it("walks through chips with the arrow keys, removes one with Delete and edits one with Enter", async () => {
    const { user } = openBrowser(registry, "?query=status:active+server:notes");
    await rowOf("session-0");
    await user.click(screen.getByRole("combobox", { name: "Filter sessions" }));
    await user.keyboard("{ArrowLeft}{ArrowLeft}{Delete}");
    expect(registry.address.get("query")).toBe("server:notes");
    await user.keyboard("{ArrowLeft}{Enter}");
    expect(screen.getByDisplayValue("server:notes")).toBeDefined();
  });

  it("says what is wrong with a term and asks for nothing", async () => {
    const { user } = openBrowser(registry);
    await rowOf("session-0");
    const before = registry.asked.length;
    await user.click(screen.getByRole("combobox", { name: "Filter sessions" }));
    await user.paste("stauts:active");
    await user.keyboard("{Enter}");
    expect(screen.getByRole("alert").textContent).toContain("“stauts” is not a field");
    expect(registry.asked.length).toBe(before);
    expect(screen.getByDisplayValue("stauts:active")).toBeDefined();
  });

  it("lets an address that cannot be read be mended", async () => {
    const { user } = openBrowser(registry, "?query=bad:term");
    expect(await screen.findByText("This filter cannot be read")).toBeDefined();
    expect(screen.getByRole("alert").textContent).toContain("“bad” is not a field");
    expect(registry.asked).toEqual([]);
    await user.click(screen.getByRole("button", { name: "Clear the filter" }));
    await rowOf("session-0");
  });

  it("filters by a facet, and by folding probes away", async () => {
    const { user } = openBrowser(registry);
    await user.click(await screen.findByRole("checkbox", { name: /^Closed/ }));
    expect(registry.address.get("query")).toBe("status:closed");
    await user.click(screen.getByRole("button", { name: "Hide 3 probes" }));
    expect(registry.address.get("query")).toBe("status:closed -is:probe");
    expect(await screen.findByRole("button", { name: "3 probes hidden", pressed: true })).toBeDefined();
  });

  it("sorts by its header, latest first", async () => {
    const { user } = openBrowser(registry);
    await rowOf("session-0");
    await user.click(screen.getByRole("button", { name: "Last activity" }));
    expect(registry.address.get("sort")).toBe("lastActivityAt.desc");
    await user.click(screen.getByRole("button", { name: "Last activity" }));
    expect(registry.address.get("sort")).toBe("lastActivityAt.asc");
  });

  it("shows what has come only when asked, and what has changed in place", async () => {
    const { user, poll, pollRows } = openBrowser(registry);
    await rowOf("session-0");
    const before = listed();
    registry.sessions = [
      aSession({ id: "latest" }),
      aSession({ id: "session-0", status: "closed", health: null, endReason: "client_closed" }),
      ...registry.sessions.slice(1),
    ];
    await poll();
    await pollRows();
    expect(within(await rowOf("session-0")).getByText("Closed")).toBeDefined();
    expect(listed()).toEqual(before);
    await user.click(await screen.findByRole("button", { name: /1 new · show/ }));
    await rowOf("latest");
    expect(listed()[0]).toBe("latest");
    expect(screen.queryByRole("button", { name: /new · show/ })).toBeNull();
  });

  it("chooses rows by mouse and by keyboard, and hands them over", async () => {
    const { user } = openBrowser(registry);
    await user.click(within(await rowOf("session-2")).getByRole("checkbox"));
    await user.keyboard("{Shift>}");
    await user.click(within(await rowOf("session-4")).getByRole("checkbox"));
    await user.keyboard("{/Shift}");
    expect(within(screen.getByRole("group", { name: "Selected sessions" })).getByText("3 selected")).toBeDefined();
    (await rowOf("session-4")).focus();
    await user.keyboard("{ArrowDown} ");
    expect(document.activeElement?.getAttribute("data-session-row")).toBe("session-5");
    expect(within(screen.getByRole("group", { name: "Selected sessions" })).getByText("4 selected")).toBeDefined();
    await user.click(screen.getByRole("button", { name: "Terminate…" }));
    expect(registry.onTerminate).toHaveBeenCalledWith({ ids: ["session-2", "session-3", "session-4", "session-5"] });
    await user.click(screen.getByRole("button", { name: "Clear selection" }));
    expect(screen.queryByRole("group", { name: "Selected sessions" })).toBeNull();
  });

  it("shows columns and rows as the address says", async () => {
    const { user } = openBrowser(registry, "?columns=status,labels&density=compact");
    await rowOf("session-0");
    const headers = () => screen.getAllByRole("columnheader").map((header) => header.textContent);
    expect(headers()).toEqual(["", "Session", "Status", "Labels"]);
    await user.click(screen.getByRole("button", { name: "Columns" }));
    await user.click(screen.getByRole("menuitemcheckbox", { name: "Errors" }));
    expect(registry.address.get("columns")).toBe("status,errors,labels");
  });

  it("tells a query without a match from a registry without sessions", async () => {
    openBrowser(registry, "?query=nothing");
    expect(await screen.findByText("No session matches")).toBeDefined();
    cleanup();
    registry.sessions = [];
    openBrowser(registry);
    expect(await screen.findByText("Waiting for the first session")).toBeDefined();
  });

  it("says why the first load failed, and keeps the rows when a poll fails", async () => {
    registry.fails = true;
    const { user, poll } = openBrowser(registry);
    expect(await screen.findByText("Holdfast cannot be reached")).toBeDefined();
    registry.fails = false;
    await user.click(screen.getByRole("button", { name: "Try again" }));
    await rowOf("session-0");
    registry.fails = true;
    await poll();
    await waitFor(() => {
      expect(screen.getByRole("alert").textContent).toContain("Holdfast cannot be reached");
    });
    expect(await rowOf("session-0")).toBeDefined();
  });

  it("has one tip that tells a moment exactly", async () => {
    const { user } = openBrowser(registry);
    const row = within(await rowOf("session-9"));
    const [moment] = row.getAllByText(/ago$/);
    if (moment) await user.hover(moment);
    const tip = await screen.findByRole("tooltip");
    expect(tip.textContent).toContain("2026-11-20T07:00:00.000Z");
    expect(tip.textContent).toContain(`${String(Date.parse("2026-11-20T07:00:00.000Z"))} ms`);
  });
});
