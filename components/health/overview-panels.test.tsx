// @vitest-environment happy-dom
import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { SearchParamsContext } from "next/dist/shared/lib/hooks-client-context.shared-runtime";
import { Tooltip } from "radix-ui";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { SessionHealthHistory } from "@/lib/contract/health";
import type { ServerList } from "@/lib/contract/instances";
import { DURATION_STEPS_MS } from "@/lib/domain/projection/range-totals";
import { createQueryClient } from "@/lib/web/create-query-client";
import { aHistory, anInstance, aServer, aServerList, aSession, aSummary } from "@/lib/web/fixtures";
import { SessionHealthMetrics } from "./session-health-metrics";

let history: SessionHealthHistory;
let servers: ServerList;
let asked: string[];

beforeEach(() => {
  asked = [];
  history = aHistory();
  servers = aServerList();
  vi.stubGlobal("fetch", (path: string) => {
    asked.push(path);
    if (path.includes("/history")) return Promise.resolve(Response.json(history));
    if (path.endsWith("/servers")) return Promise.resolve(Response.json(servers));
    return Promise.resolve(Response.json(aSummary([aSession({ id: "7f0c3a52-9d1e-4b8e" })])));
  });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function open({ isKiosk = false, query = "range=15m" } = {}) {
  render(
    <SearchParamsContext value={new URLSearchParams(query)}>
      <QueryClientProvider client={createQueryClient()}>
        <Tooltip.Provider>
          <SessionHealthMetrics isKiosk={isKiosk} />
        </Tooltip.Provider>
      </QueryClientProvider>
    </SearchParamsContext>,
  );
  return userEvent.setup();
}

const region = async (name: string) => within(await screen.findByRole("region", { name }));
/** The cells of a table's body, row by row. */
const cells = (table: HTMLElement) =>
  within(table)
    .getAllByRole("row")
    .slice(1)
    .map((row) => [...row.children].map((cell) => cell.textContent));

describe("the overview of a range", () => {
  it("ranks servers, clients and revisions and says what nobody has reported", async () => {
    const rest = { names: 2, active: 1, started: 4 };
    history = aHistory({
      servers: { top: [{ name: "notes", active: 12, started: 40 }], other: rest },
      clients: { top: [{ name: null, active: 3, started: 0 }], other: { names: 0, active: 0, started: 0 } },
    });
    open();
    expect(cells(await (await region("Servers")).findByRole("table"))).toEqual([
      ["notes", "12", "40"],
      ["2 others", "1", "4"],
    ]);
    expect(cells(await (await region("Clients")).findByRole("table"))).toEqual([["not reported", "3", "0"]]);
    expect(await (await region("Protocol revisions")).findByText("No session in this range.")).toBeDefined();
  });

  it("shows processes in trouble first, and how long the others' leases last", async () => {
    const lost = anInstance({
      id: "lost-1",
      status: "lost",
      leaseExpiresAt: null,
      endedAt: "2026-11-20T06:59:00.000Z",
    });
    servers = aServerList([aServer({ instances: [anInstance({ id: "fine-1" }), lost] })]);
    open();
    const card = await region("Instances");
    expect(await card.findByText("1 alive · 1 lost")).toBeDefined();
    expect(card.getAllByRole("listitem").map((item) => item.textContent)).toEqual([
      expect.stringMatching(/^Lostlost-1.* ago3 active$/),
      expect.stringMatching(/^Alivefine-1.* left of its lease3 active$/),
    ]);
  });

  it("has a table for every chart, with gaps and restarts in words", async () => {
    const { points } = history;
    const gap = { active: null, peak: null, started: null, ended: null, endsByReason: null, ages: null };
    history = aHistory({
      points: points.map((point, index) => ({ ...point, ...(index === 13 ? gap : { peak: 4 }) })),
      restarts: [points[14]?.at ?? ""],
      durations: DURATION_STEPS_MS.map((fromMs, index) => ({
        ...{ fromMs, toMs: DURATION_STEPS_MS[index + 1] ?? null },
        count: index === 3 ? 7 : 0,
      })),
    });
    const user = open();
    for (const name of ["session history", "age over time", "session durations"]) {
      const view = within(await screen.findByRole("radiogroup", { name: `View of ${name}` }));
      await user.click(view.getByRole("radio", { name: "Show as a table" }));
    }
    const time = expect.stringContaining("20 Nov 2026") as string;
    const series = cells(await screen.findByRole("table", { name: "Session history, newest first" }));
    expect(series.slice(0, 2)).toEqual([
      [time, "1", "4", "0", "0", "Holdfast restarted"],
      [time, "—", "—", "—", "—", "Holdfast was not running"],
    ]);
    const ages = cells(screen.getByRole("table", { name: "Age over time, newest first" }));
    expect(ages.slice(0, 2)).toEqual([
      [time, "1", "0", "0"],
      [time, "—", "—", "—"],
    ]);
    expect(cells(screen.getByRole("table", { name: "Session durations" }))[3]).toEqual(["1–5 min", "7", "100%"]);
  });

  it("asks once for everything of a range, and takes the range from the URL", async () => {
    open({ query: "range=6h" });
    await (await region("Servers")).findByText("No session in this range.");
    expect(asked.filter((path) => path.includes("/history"))).toEqual(["/api/mcp/sessions/health/history?range=6h"]);
    expect(screen.getByRole("radio", { name: "Last 6 hours" }).getAttribute("aria-checked")).toBe("true");
  });
});

describe("on a wall", () => {
  it("offers nothing to touch", async () => {
    open({ isKiosk: true });
    expect(await screen.findByText("Last 15 minutes")).toBeDefined();
    await region("Instances");
    for (const role of ["button", "link", "radio", "tab"]) expect(screen.queryAllByRole(role), role).toEqual([]);
    expect(document.querySelector("[data-kiosk]")).not.toBeNull();
  });

  it("keeps the screen on while there is something to show", async () => {
    const release = vi.fn(() => Promise.resolve());
    const request = vi.fn(() => Promise.resolve({ release }));
    vi.stubGlobal("navigator", Object.assign(Object.create(navigator) as Navigator, { wakeLock: { request } }));
    open({ isKiosk: true });
    await waitFor(() => {
      expect(request).toHaveBeenCalledWith("screen");
    });
    cleanup();
    await waitFor(() => {
      expect(release).toHaveBeenCalledOnce();
    });
  });
});
