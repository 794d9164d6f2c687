// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { aSession } from "@/lib/web/fixtures";
import { aFacetCount } from "@/lib/web/sessions/fixtures";
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

describe("what screen readers hear of the list", () => {
  const heard = () => screen.getByRole("status", { name: "Session changes" }).textContent;

  it("is a total only as the answer to another query", async () => {
    const { user, pollTotals } = openBrowser(registry);
    await screen.findByText("12 sessions");
    registry.facets = aFacetCount({ status: [{ value: "closed", count: 2 }] }, 14);
    await pollTotals();
    await screen.findByText("14 sessions");
    expect(heard()).toBe("");
    registry.facets = aFacetCount({}, 2);
    await user.click(screen.getByRole("checkbox", { name: /^Closed/ }));
    await screen.findByText("2 sessions");
    expect(heard()).toBe("2 sessions found");
  });

  it("is that there is more to show, once", async () => {
    const { poll } = openBrowser(registry);
    await rowOf("session-0");
    registry.sessions = [aSession({ id: "late" }), ...registry.sessions];
    await poll();
    await screen.findByRole("button", { name: "1 new · show" });
    const said = screen.getByRole("status", { name: "Session changes" }).firstElementChild;
    expect(said?.textContent).toBe("The list has changed and can be shown anew");
    registry.sessions = [aSession({ id: "later" }), ...registry.sessions];
    await poll();
    await screen.findByRole("button", { name: "2 new · show" });
    expect(screen.getByRole("status", { name: "Session changes" }).firstElementChild).toBe(said);
  });

  it("comes from one place", async () => {
    const { user } = openBrowser(registry);
    await user.click(within(await rowOf("session-2")).getByRole("checkbox"));
    expect(heard()).toBe("1 selected");
    const group = screen.getByRole("group", { name: "Selected sessions" });
    expect(within(group).queryByText("1 selected")?.closest("[role=status]")).toBeNull();
  });
});

describe("an ascending list", () => {
  beforeEach(() => {
    registry.pageSize = 5;
  });

  it("goes on with sessions that come after its last page was read", async () => {
    const { poll } = openBrowser(registry, "?sort=createdAt.asc");
    await rowOf("session-11");
    const before = listed();
    registry.sessions = [...registry.sessions, ...["late", "later", "latest", "last"].map((id) => aSession({ id }))];
    await poll();
    await rowOf("last");
    expect(listed()).toEqual([...before, "late", "later", "latest", "last"]);
    expect(screen.queryByRole("button", { name: /new · show/ })).toBeNull();
  });

  it("begins anew with what belongs between its rows, when asked", async () => {
    const { user, poll } = openBrowser(registry, "?sort=createdAt.asc&query=status:closed");
    await rowOf("session-11");
    registry.sessions = registry.sessions.toSpliced(11, 0, aSession({ id: "between" }));
    await poll();
    await user.click(await screen.findByRole("button", { name: "1 new · show" }));
    await rowOf("between");
    await rowOf("session-11");
    expect(listed().indexOf("between")).toBe(11);
  });
});

describe("going back to a list", () => {
  it("finds it where it was left", async () => {
    registry.sessions = Array.from({ length: 90 }, (_, index) => aSession({ id: `session-${String(index)}` }));
    const { user } = openBrowser(registry);
    await rowOf("session-0");
    const scroller = () => screen.getByRole("grid").parentElement;
    const scrollTo = (top: number) => {
      const element = scroller();
      if (element) element.scrollTop = top;
      if (element) fireEvent.scroll(element);
    };
    scrollTo(880);
    await rowOf("session-25");
    await user.click(screen.getByRole("checkbox", { name: /^Closed/ }));
    await waitFor(() => {
      expect(scroller()?.scrollTop).toBe(0);
    });
    act(() => {
      scrollTo(440);
    });
    await user.click(screen.getByRole("button", { name: "Remove status:closed" }));
    await waitFor(() => {
      expect(scroller()?.scrollTop).toBe(880);
    });
  });
});

describe("sorting without a table header", () => {
  it("has a menu of orders and directions", async () => {
    const { user } = openBrowser(registry);
    await rowOf("session-0");
    const choose = async (name: string) => {
      await user.click(screen.getByRole("button", { name: "Sort" }));
      await user.click(await screen.findByRole("menuitemradio", { name }));
    };
    await choose("Last activity");
    expect(registry.address.get("sort")).toBe("lastActivityAt.desc");
    await choose("Earliest first");
    expect(registry.address.get("sort")).toBe("lastActivityAt.asc");
    await user.click(screen.getByRole("button", { name: "Sort" }));
    const checked = screen.getAllByRole("menuitemradio", { checked: true }).map((item) => item.textContent);
    expect(checked).toEqual(["Last activity", "Earliest first"]);
  });
});
