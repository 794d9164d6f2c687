// @vitest-environment happy-dom
import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import { useState } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Termination } from "@/lib/contract/termination-jobs";
import { createQueryClient } from "@/lib/web/create-query-client";
import { aResult, aTermination } from "@/lib/web/termination/termination-fixtures";
import type { TerminationTarget } from "@/lib/web/termination/termination-client";
import { BulkTerminateDialog } from "./bulk-terminate-dialog";
import { RunningTerminations } from "./running-terminations";

const NOW = Date.parse("2026-11-20T07:00:00.000Z");
const ROOT = "/api/mcp/terminations";

let job: Termination;
let calls: { method: string; path: string; body: unknown }[];
let address: string;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  job = aTermination({ count: 60 });
  calls = [];
  address = "";
  // The registry, as far as these components call it.
  vi.stubGlobal("fetch", async (path: string, { method, body }: { method: string; body?: string }) => {
    calls.push({ method, path, body: JSON.parse(body ?? "null") });
    if (method === "POST" && path === ROOT) return Response.json(job, { status: 201 });
    if (path === ROOT) return Response.json({ terminations: [summaryOf(job)], generatedAt: job.createdAt });
    if (path.startsWith(`${ROOT}/t1/results`)) return Response.json({ results: [aResult()], nextAfter: null });
    if (path === `${ROOT}/t1/start`) job = running(24);
    if (path === `${ROOT}/t1/cancel`) job = { ...job, state: "cancelled", stoppedBy: "operator", etaMs: null };
    if (path.startsWith(`${ROOT}/t1`)) return Response.json(job);
    return gone();
  });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function summaryOf({ needsConfirmation: _a, byStatus: _b, byServer: _c, ...rest }: Termination) {
  const { otherServers: _d, sample: _e, excluded: _f, ...summary } = rest;
  return summary;
}

function running(ended: number): Termination {
  const progress = { queued: 60 - ended, ended, acknowledged: ended - 2, failed: 0, skipped: 0 };
  return { ...job, state: "running", startedAt: job.createdAt, progress, etaMs: 1_800 };
}

function gone(): Response {
  const problem = { type: "about:blank", title: "There is no such termination", status: 404, detail: "Unknown." };
  return Response.json(
    { ...problem, code: "termination_not_found", hint: "Make a new plan.", requestId: "r1" },
    { status: 404 },
  );
}

function Page({ asked }: { asked: TerminationTarget | null }) {
  const [target, setTarget] = useState(asked);
  return (
    <>
      <RunningTerminations />
      <BulkTerminateDialog
        target={target}
        onClose={() => {
          setTarget(null);
        }}
      />
    </>
  );
}

function open(target: TerminationTarget | null, searchParams = "") {
  render(
    <NuqsTestingAdapter
      hasMemory
      searchParams={searchParams}
      onUrlUpdate={({ queryString }) => {
        address = queryString;
      }}
    >
      <QueryClientProvider client={createQueryClient()}>
        <Page asked={target} />
      </QueryClientProvider>
    </NuqsTestingAdapter>,
  );
  return userEvent.setup();
}

const button = (name: string | RegExp) => screen.findByRole("button", { name });
const posted = (path: string) => calls.filter((call) => call.method === "POST" && call.path === path);

describe("terminating many sessions", () => {
  it("goes from reason and pace over what exactly would end to its progress", async () => {
    const user = open({ query: "server:notes" });
    expect(await screen.findByText("server:notes")).toBeDefined();
    await user.type(screen.getByLabelText(/^Reason/), "leaking");
    const pace = screen.getByLabelText("Sessions per second");
    await user.clear(pace);
    await user.type(pace, "20");
    await user.click(await button("Show what it would end"));
    expect(posted(ROOT)).toMatchObject([
      { body: { filter: { query: "server:notes" }, reason: "leaking", perSecond: 20 } },
    ]);

    const heading = await screen.findByRole("heading", { name: "Terminate 60 sessions?" });
    expect(document.activeElement).toBe(heading);
    expect(address).toBe("?termination=t1");
    expect(within(await screen.findByRole("table")).getByText("session-1")).toBeDefined();
    await user.type(screen.getByLabelText(/type the number of sessions/), "60");
    await user.click(await button("Terminate 60 sessions"));

    expect(await screen.findByRole("heading", { name: "Terminating 60 sessions…" })).toBeDefined();
    expect(posted(`${ROOT}/t1/start`)).toMatchObject([{ body: { confirm: 60 } }]);
    const bar = screen.getByRole("progressbar", { name: "Sessions settled" });
    expect([bar.getAttribute("aria-valuenow"), bar.getAttribute("aria-valuetext")]).toEqual([
      "40",
      "24 of 60 sessions · about 1 s left",
    ]);
  });

  it("starts only with the right number typed, above 25 sessions", async () => {
    const user = open({ ids: ["a"] }, "?termination=t1");
    const start = await button("Terminate 60 sessions");
    const field = screen.getByLabelText(/type the number of sessions/);
    for (const wrong of ["6", "59", "sixty"]) {
      await user.clear(field);
      await user.type(field, wrong);
      expect(start.getAttribute("aria-disabled")).toBe("true");
      await user.click(start);
    }
    await user.type(field, "{Enter}");
    expect(posted(`${ROOT}/t1/start`)).toEqual([]);
  });

  it("asks for no number for a few sessions", async () => {
    job = aTermination({ count: 25 });
    const user = open(null, "?termination=t1");
    await user.click(await button("Terminate 25 sessions"));
    await waitFor(() => {
      expect(posted(`${ROOT}/t1/start`)).toHaveLength(1);
    });
    expect(screen.queryByLabelText(/type the number/)).toBeNull();
  });

  it("says what is left out, and that there may be nothing to end", async () => {
    job = aTermination({ count: 0, sample: [], excluded: [{ reason: "already_ended", count: 3 }] });
    open(null, "?termination=t1");
    expect(await screen.findByRole("heading", { name: "Nothing to terminate" })).toBeDefined();
    expect(screen.getByText("3 sessions have already ended.")).toBeDefined();
    expect(screen.queryByRole("button", { name: /^Terminate/ })).toBeNull();
  });

  it("offers to look again when the plan is too old", async () => {
    job = aTermination({ count: 60, state: "expired", expiresAt: new Date(NOW - 1).toISOString() });
    const user = open(null, "?termination=t1");
    expect(await screen.findByText("This plan has expired")).toBeDefined();
    expect(screen.queryByRole("button", { name: /^Terminate/ })).toBeNull();
    await user.click(await button("Look again"));
    expect(posted(ROOT)).toMatchObject([{ body: { filter: { query: "server:notes" }, reason: "leaking" } }]);
  });

  it("goes on when it is closed, and can be come back to and cancelled", async () => {
    job = running(24);
    const user = open(null, "?termination=t1");
    await screen.findByRole("heading", { name: "Terminating 60 sessions…" });
    await user.keyboard("{Escape}");
    await waitFor(() => {
      expect(screen.queryByRole("dialog")).toBeNull();
    });
    expect([address, posted(`${ROOT}/t1/cancel`)]).toEqual(["", []]);

    await user.click(await button("Terminating 24 of 60"));
    await user.click(await button("Cancel the rest"));
    expect(await screen.findByRole("heading", { name: "Termination stopped" })).toBeDefined();
    expect(
      screen.getAllByText("Cancelled: 24 of 60 sessions terminated. 36 left as they were.").length,
    ).toBeGreaterThan(0);
  });

  it("shows what became of each session once it is over", async () => {
    const progress = { queued: 0, ended: 60, acknowledged: 60, failed: 0, skipped: 0 };
    job = { ...running(60), state: "finished", endedAt: job.createdAt, progress, etaMs: null };
    open(null, "?termination=t1");
    expect(await screen.findByText("Acknowledged by pid 4121 in 240 ms")).toBeDefined();
    expect(screen.getByRole("link", { name: "session-1" }).getAttribute("href")).toBe("/mcp/sessions/session-1");
    expect(screen.getByRole("status").textContent).toBe("60 of 60 sessions terminated.");
  });

  it("says so when the registry knows nothing of it any more", async () => {
    open(null, "?termination=forgotten");
    expect((await screen.findByRole("alert")).textContent).toContain("not known any more");
    expect(screen.getAllByRole("button", { name: "Close" }).length).toBeGreaterThan(0);
    expect(calls.filter(({ path }) => path.endsWith("/forgotten"))).toHaveLength(1);
  });
});
