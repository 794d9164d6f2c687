// @vitest-environment happy-dom
import { act, cleanup, screen, within, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { aSession } from "@/lib/web/fixtures";
import { aBrowserRegistry, type BrowserRegistry, openBrowser, rowOf } from "./sessions-browser-fixtures";

let registry: BrowserRegistry;

beforeEach(() => {
  registry = aBrowserRegistry();
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const filter = () => screen.getByRole("combobox", { name: "Filter sessions" });
const focusedRow = () => document.activeElement?.getAttribute("data-session-row") ?? null;
const others = () => Array.from({ length: 12 }, (_, index) => aSession({ id: `other-${String(index)}` }));

async function walkRows(user: ReturnType<typeof openBrowser>["user"]) {
  const row = await rowOf("session-0");
  act(() => {
    row.focus();
  });
  await user.keyboard("{ArrowDown}{ArrowDown}{ArrowDown}");
  expect(focusedRow()).toBe("session-3");
}

describe("the focus", () => {
  it("stays in the filter when other rows come, though the keyboard was among the rows before", async () => {
    const { user } = openBrowser(registry);
    await walkRows(user);
    await user.click(filter());
    registry.sessions = others();
    await user.type(filter(), "server:notes ");
    await rowOf("other-3");
    expect(document.activeElement).toBe(filter());
    await user.keyboard("jx");
    expect(screen.getByDisplayValue("jx")).toBeDefined();
  });

  it("goes to no row when new sessions are shown", async () => {
    const { user, poll } = openBrowser(registry);
    await walkRows(user);
    registry.sessions = [aSession({ id: "latest" }), ...registry.sessions];
    await poll();
    await user.click(await screen.findByRole("button", { name: /1 new · show/ }));
    await rowOf("latest");
    expect(focusedRow()).toBeNull();
  });

  it("comes back to the row that was left, and walks on from there", async () => {
    const { user } = openBrowser(registry);
    await walkRows(user);
    await user.click(filter());
    const row = await rowOf("session-3");
    act(() => {
      row.focus();
    });
    await user.keyboard("{ArrowDown} ");
    expect(focusedRow()).toBe("session-4");
    expect(within(screen.getByRole("group", { name: "Selected sessions" })).getByText("1 selected")).toBeDefined();
  });

  it("stays in the filter while a query that could not be read is mended", async () => {
    const { user } = openBrowser(registry, "?query=bad:term");
    await screen.findByText("This filter cannot be read");
    await user.clear(filter());
    const input = filter();
    await user.type(input, "status:active{Enter}");
    await rowOf("session-0");
    expect(registry.address.get("query")).toBe("status:active");
    expect(filter()).toBe(input);
    expect(document.activeElement).toBe(input);
    expect(screen.queryByRole("alert")).toBeNull();
    expect(screen.queryByDisplayValue("status:active")).toBeNull();
  });
});

describe("the filter", () => {
  it("survives words that every object knows", async () => {
    const { user } = openBrowser(registry);
    await rowOf("session-0");
    await user.type(filter(), "-constructor:");
    expect(screen.getByDisplayValue("-constructor:")).toBeDefined();
    expect(screen.queryByRole("option")).toBeNull();
  });
});

describe("the space bar", () => {
  it("chooses the row in focus wherever the list has moved it", async () => {
    const { user, poll } = openBrowser(registry);
    const row = await rowOf("session-2");
    act(() => {
      row.focus();
    });
    registry.sessions = [aSession({ id: "latest" }), ...registry.sessions];
    await poll();
    const show = await screen.findByRole("button", { name: /1 new · show/ });
    // As in a browser where a click leaves the focus where it is.
    act(() => {
      show.click();
    });
    await rowOf("latest");
    expect(focusedRow()).toBe("session-2");
    await user.keyboard(" ");
    await waitFor(() => {
      expect(screen.getByRole<HTMLInputElement>("checkbox", { name: "Select session session-2" }).checked).toBe(true);
    });
  });
});
