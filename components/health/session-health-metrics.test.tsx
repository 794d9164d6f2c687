// @vitest-environment happy-dom
import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { SearchParamsContext } from "next/dist/shared/lib/hooks-client-context.shared-runtime";
import { Tooltip } from "radix-ui";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { SessionHealthSummary } from "@/lib/contract/health";
import { createQueryClient } from "@/lib/web/create-query-client";
import { aSession, aSummary } from "@/lib/web/fixtures";
import { queryKeys } from "@/lib/web/query-keys";
import { recentSession } from "@/lib/contract/recent-session";
import { SessionHealthMetrics } from "./session-health-metrics";

type Answer = () => Response | Promise<Response>;

const session = aSession({ id: "7f0c3a52-9d1e-4b8e" });
const ended = aSession({ ...session, status: "terminated", health: null, endReason: "operator_terminated" });
let summary: SessionHealthSummary;
let answerHealth: Answer;
let answerDelete: (body: unknown) => Response | Promise<Response>;

beforeEach(() => {
  summary = aSummary([session]);
  answerHealth = () => Response.json(summary);
  // The registry, as far as this page calls it.
  vi.stubGlobal("fetch", async (path: string, init: { method: string; body?: string }) => {
    if (init.method === "DELETE") return answerDelete(JSON.parse(init.body ?? "null"));
    if (path.endsWith("/health")) return answerHealth();
    // The chart needs a box with a size, which this browser does not lay out: its figures stay away.
    return new Promise<Response>(() => undefined);
  });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function problem(status: number, fields: Record<string, unknown>): Response {
  return Response.json(
    { type: "about:blank", title: "Failed", status, detail: "It failed.", requestId: "r1", ...fields },
    { status },
  );
}

function open() {
  const queryClient = createQueryClient();
  render(
    <SearchParamsContext value={new URLSearchParams()}>
      <QueryClientProvider client={queryClient}>
        <Tooltip.Provider>
          <SessionHealthMetrics />
        </Tooltip.Provider>
      </QueryClientProvider>
    </SearchParamsContext>,
  );
  return { user: userEvent.setup(), pollAgain: () => queryClient.refetchQueries({ queryKey: queryKeys.health() }) };
}

function row() {
  return within(screen.getByRole("row", { name: /7f0c3a52/ }));
}

describe("SessionHealthMetrics", () => {
  it("shows the way to the first session and comes alive when it arrives", async () => {
    summary = aSummary();
    const { pollAgain } = open();
    expect(await screen.findByText("Waiting for the first session")).toBeDefined();
    expect(screen.getByText(/curl -X POST http:\/\/localhost:3000\/api\/mcp\/sessions/)).toBeDefined();
    summary = aSummary([session]);
    await pollAgain();
    expect(await screen.findByRole("row", { name: /7f0c3a52/ })).toBeDefined();
    expect(screen.queryByText("Waiting for the first session")).toBeNull();
  });

  it("says why the very first load failed and recovers by hand", async () => {
    answerHealth = () => problem(503, { code: "storage_busy", title: "The database is busy" });
    const { user } = open();
    expect(await screen.findByText("The database is busy")).toBeDefined();
    answerHealth = () => Response.json(summary);
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("row", { name: /7f0c3a52/ })).toBeDefined();
  });

  it("keeps the last figures on screen, marked as stale, while polls fail", async () => {
    const { pollAgain, user } = open();
    await screen.findByRole("row", { name: /7f0c3a52/ });
    answerHealth = () => Promise.reject(new TypeError("fetch failed"));
    await pollAgain();
    expect((await screen.findByRole("alert")).textContent).toContain("Holdfast cannot be reached");
    expect(screen.getByText(/Stale since .* — retrying/)).toBeDefined();
    expect(row().getByText("Healthy")).toBeDefined();
    answerHealth = () => Response.json(summary);
    await user.click(screen.getByRole("button", { name: "Retry" }));
    await waitFor(() => {
      expect(screen.queryByRole("alert")).toBeNull();
    });
    expect(screen.getByText("Polling every 10 s")).toBeDefined();
  });

  it("shows a dash with its meaning, not zero, where there is no data", async () => {
    open();
    const term = await screen.findByText("Average duration");
    const figure = within(term.parentElement ?? term);
    expect(figure.getByText("no session has ended in this window")).toBeDefined();
    expect(figure.getByText("—")).toBeDefined();
  });

  it("tells sessions that may come back from those that have ended, and breaks both down on focus", async () => {
    summary = { ...summary, statusBreakdown: { ...summary.statusBreakdown, disconnected: 9, total: 10 } };
    summary.statusBreakdown.byStatus = { disconnected: 2, expired: 4, closed: 2, terminated: 1 };
    const { user } = open();
    await screen.findByRole("row", { name: /7f0c3a52/ });
    expect(screen.getByText("2 recoverable · 7 ended")).toBeDefined();
    const button = screen.getByRole("button", { name: "Disconnected sessions by status" });
    while (document.activeElement !== button) await user.tab();
    const tip = within(await screen.findByRole("tooltip"));
    expect(tip.getByText("Disconnected").parentElement?.textContent).toBe("Disconnected2");
    expect(tip.getByText("Expired").parentElement?.textContent).toBe("Expired4");
  });

  it("offers to terminate a disconnected session, which has not ended", async () => {
    const lost = aSession({ ...session, status: "disconnected", health: null, endReason: "instance_lost" });
    summary = { ...summary, recentActivity: [recentSession(lost)] };
    open();
    expect(await screen.findByText("Disconnected", { selector: "td *" })).toBeDefined();
    expect(row().getByRole("button", { name: /^Terminate session/ })).toBeDefined();
  });
});

describe("terminating a session", () => {
  async function terminate(reason = "") {
    const page = open();
    await page.user.click(await screen.findByRole("button", { name: /^Terminate session/ }));
    const dialog = within(screen.getByRole("dialog"));
    expect(dialog.getByText(session.id)).toBeDefined();
    if (reason !== "") await page.user.type(dialog.getByLabelText(/Reason/), reason);
    await page.user.click(dialog.getByRole("button", { name: "Terminate" }));
    return { ...page, dialog };
  }

  it("marks the row at once and then shows what the registry answered", async () => {
    let resolve: (response: Response) => void = () => undefined;
    const promise = new Promise<Response>((onAnswer) => {
      resolve = onAnswer;
    });
    const bodies: unknown[] = [];
    answerDelete = (body) => {
      bodies.push(body);
      return promise;
    };
    await terminate("Runaway\nagent ");
    expect(screen.getByText("Terminating…", { selector: "td *" })).toBeDefined();
    summary = { ...summary, recentActivity: [recentSession(ended)] };
    resolve(Response.json(ended));
    await waitFor(() => {
      expect(screen.queryByRole("dialog")).toBeNull();
    });
    expect(row().getByText("Terminated")).toBeDefined();
    expect(bodies).toEqual([{ reason: "Runaway agent" }]);
  });

  it("takes the mark back and explains when the registry refuses", async () => {
    answerDelete = () =>
      problem(507, { code: "storage_full", title: "The storage is full", hint: "Nothing was written; free space." });
    const { dialog } = await terminate("Runaway agent");
    expect((await dialog.findByRole("alert")).textContent).toContain("The storage is full");
    expect(dialog.getByRole("alert").textContent).toContain("Nothing was written; free space.");
    expect(screen.getByText("Healthy", { selector: "td *" })).toBeDefined();
    expect(dialog.getByDisplayValue("Runaway agent")).toBeDefined();
    expect(dialog.getByRole("button", { name: "Try again" })).toBeDefined();
  });

  it("says that a session had already ended, offers no second try, and shows its state as it is", async () => {
    const closed = aSession({ ...session, status: "closed", health: null, endReason: "client_closed" });
    summary = aSummary([session]);
    answerDelete = () => {
      summary = { ...summary, recentActivity: [recentSession(closed)] };
      return problem(410, { code: "session_gone", endReason: "client_closed" });
    };
    const { dialog } = await terminate();
    expect(await dialog.findByText("This session had already ended")).toBeDefined();
    expect(dialog.getByText(/The client ended the session/)).toBeDefined();
    expect(dialog.queryByRole("button", { name: /Terminate|Try again/ })).toBeNull();
    expect(await screen.findByText("Closed", { selector: "td *" })).toBeDefined();
  });

  it("gives the focus back to the button when cancelled, and keeps it in the table once the button is gone", async () => {
    answerDelete = () => Response.json(ended);
    const { user } = open();
    const button = await screen.findByRole("button", { name: /^Terminate session/ });
    await user.click(button);
    await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Cancel" }));
    await waitFor(() => {
      expect(document.activeElement).toBe(button);
    });
    await user.click(button);
    summary = { ...summary, recentActivity: [recentSession(ended)] };
    await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Terminate" }));
    await waitFor(() => {
      expect(document.activeElement?.contains(screen.getByRole("table"))).toBe(true);
    });
    expect(document.activeElement).not.toBe(document.body);
    expect(screen.getByText("Session 7f0c3a52… has been terminated.")).toBeDefined();
  });
});
