// @vitest-environment happy-dom
import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { InstanceWithCounts, ServerList } from "@/lib/contract/instances";
import { createQueryClient } from "@/lib/web/create-query-client";
import { anInstance, aServer, aServerList } from "@/lib/web/fixtures";
import { queryKeys } from "@/lib/web/query-keys";
import { ServersOverview } from "./servers-overview";

const NOW = Date.parse("2026-11-20T07:00:00.000Z");
type Answer = () => Response | Promise<Response>;

let list: ServerList;
let answerList: Answer;
let answerDrain: (method: string, body: unknown) => Response | Promise<Response>;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  list = aServerList();
  answerList = () => Response.json(list);
  // The registry, as far as this page calls it.
  vi.stubGlobal("fetch", async (path: string, { method, body }: { method: string; body?: string }) => {
    if (path.endsWith("/instances/notes-1/drain")) return answerDrain(method, JSON.parse(body ?? "null"));
    return path === "/api/mcp/servers" ? answerList() : Promise.reject(new Error(path));
  });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function problem(status: number, fields: Record<string, unknown>): Response {
  const document = { type: "about:blank", title: "Failed", status, detail: "It failed.", requestId: "r1", ...fields };
  return Response.json(document, { status });
}

function open() {
  const queryClient = createQueryClient();
  render(
    <QueryClientProvider client={queryClient}>
      <ServersOverview />
    </QueryClientProvider>,
  );
  return { user: userEvent.setup(), pollAgain: () => queryClient.refetchQueries({ queryKey: queryKeys.servers() }) };
}

/** A fact of the instance on screen by its term. */
async function factOf(term: string) {
  return (await screen.findByText(term)).parentElement?.textContent;
}

describe("the servers page", () => {
  it("shows the way to the first instance and comes alive when it has registered", async () => {
    list = aServerList([]);
    const { pollAgain } = open();
    expect(await screen.findByText("Waiting for the first server")).toBeDefined();
    expect(screen.getByText(/curl -X PUT http:\/\/localhost:3000\/api\/mcp\/instances\/notes-1/)).toBeDefined();
    list = aServerList();
    await pollAgain();
    expect(await screen.findByRole("region", { name: "notes" })).toBeDefined();
    expect(screen.queryByText("Waiting for the first server")).toBeNull();
  });

  it("says why the very first load failed and recovers by hand", async () => {
    answerList = () => problem(503, { code: "storage_busy", title: "The database is busy" });
    const { user } = open();
    expect(await screen.findByText("The database is busy")).toBeDefined();
    answerList = () => Response.json(list);
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("region", { name: "notes" })).toBeDefined();
  });

  it("keeps the last answer on screen, marked as stale, while polls fail", async () => {
    const { pollAgain } = open();
    await screen.findByRole("region", { name: "notes" });
    answerList = () => Promise.reject(new TypeError("fetch failed"));
    await pollAgain();
    expect((await screen.findByRole("alert")).textContent).toContain("Holdfast cannot be reached");
    expect(screen.getByText(/Stale since .* — retrying/)).toBeDefined();
    expect(screen.getByText("Alive")).toBeDefined();
  });

  it("says of an instance what an operator asks", async () => {
    open();
    expect(await factOf("Sessions")).toBe("Sessions3 active");
    expect(await factOf("Lease")).toBe("Lease24 s left of 30 s");
    expect(await factOf("Last heartbeat")).toBe("Last heartbeat6 s ago");
    expect(await factOf("Uptime")).toBe("Uptime2 h 00 min");
    expect(await factOf("Host")).toBe("Hostnode-a");
    expect(await factOf("Process")).toBe("Processpid 4121");
    expect(await factOf("Boot")).toContain("0b6f8a5e…");
    expect(await factOf("Protocol revisions")).toBe("Protocol revisions2025-11-25");
  });

  it("says since when an instance is lost, and which sessions wait for it", async () => {
    const lost: Partial<InstanceWithCounts> = {
      ...{ status: "lost", leaseExpiresAt: null, endedAt: "2026-11-20T06:58:00.000Z" },
      sessions: { active: 0, disconnected: 3 },
    };
    list = aServerList([aServer({ instances: [anInstance(lost)] })]);
    open();
    expect(await factOf("Lease")).toBe("LeaseLost 2 min 00 s ago");
    expect(await factOf("Sessions")).toBe("Sessions0 active · 3 disconnected");
    expect(screen.queryByRole("button", { name: /Drain/ })).toBeNull();
    expect(screen.getByText("1 server · 0 instances alive · 1 instance lost")).toBeDefined();
  });

  it("tells of sessions that no instance holds a lease for", async () => {
    const unleased = { active: 2, disconnected: 0 };
    list = aServerList([aServer({ unleased }), aServer({ name: "search", unleased, instances: [] })]);
    open();
    const notes = within(await screen.findByRole("region", { name: "notes" }));
    expect(notes.getByText(/^2 sessions without a lease: should their process die/)).toBeDefined();
    const search = within(screen.getByRole("region", { name: "search" }));
    expect(search.getByText(/^2 sessions without a lease: no instance is registered/)).toBeDefined();
  });

  it("keeps boots that are over out of the way, until asked for", async () => {
    const stopped = anInstance({ id: "notes-0", bootId: "b0", status: "stopped", leaseExpiresAt: null });
    list = aServerList([aServer({ instances: [anInstance(), stopped] })]);
    const { user } = open();
    await user.click(await screen.findByRole("button", { name: "1 earlier boot" }));
    expect(within(screen.getByRole("list", { name: "Earlier boots" })).getByText("Stopped")).toBeDefined();
  });
});

describe("draining an instance", () => {
  it("asks by when, shows the countdown, and ends again", async () => {
    const requests: unknown[] = [];
    answerDrain = (method, body) => {
      requests.push([method, body]);
      const drain =
        method === "PUT" ? { since: new Date(NOW).toISOString(), deadlineAt: "2026-11-20T07:30:00.000Z" } : null;
      const instance = anInstance({ drain });
      list = aServerList([aServer({ instances: [instance] })]);
      const { sessions: _, ...answer } = instance;
      return Response.json(answer);
    };
    const { user } = open();
    await user.click(await screen.findByRole("button", { name: "Drain notes-1" }));
    const dialog = within(screen.getByRole("dialog"));
    await user.click(dialog.getByRole("radio", { name: "In 30 min" }));
    await user.click(dialog.getByRole("button", { name: "Drain" }));
    expect(await screen.findByText("due in 30 min 00 s")).toBeDefined();
    expect(screen.getByText("Draining")).toBeDefined();
    await waitFor(() => {
      expect(screen.queryByRole("dialog")).toBeNull();
    });
    await user.click(screen.getByRole("button", { name: "End the drain of notes-1" }));
    expect(await screen.findByText("Alive")).toBeDefined();
    expect(screen.queryByText(/due in/)).toBeNull();
    expect(requests).toEqual([
      ["PUT", { withinMs: 1_800_000 }],
      ["DELETE", null],
    ]);
  });

  it("does not send a time that cannot be set", async () => {
    answerDrain = () => Promise.reject(new Error("must not be called"));
    const { user } = open();
    await user.click(await screen.findByRole("button", { name: "Drain notes-1" }));
    const dialog = within(screen.getByRole("dialog"));
    await user.click(dialog.getByRole("radio", { name: "Other" }));
    const minutes = dialog.getByRole("spinbutton", { name: /minutes/ });
    await user.clear(minutes);
    await user.click(dialog.getByRole("button", { name: "Drain" }));
    expect(minutes.getAttribute("aria-invalid")).toBe("true");
    expect(dialog.queryByRole("alert")).toBeNull();
  });

  it("explains a refusal and keeps what was chosen", async () => {
    answerDrain = () => problem(507, { code: "storage_full", title: "The storage is full" });
    const { user } = open();
    await user.click(await screen.findByRole("button", { name: "Drain notes-1" }));
    const dialog = within(screen.getByRole("dialog"));
    await user.click(dialog.getByRole("radio", { name: "Now" }));
    await user.click(dialog.getByRole("button", { name: "Drain" }));
    expect((await dialog.findByRole("alert")).textContent).toContain("The storage is full");
    expect(dialog.getByRole("radio", { name: "Now" }).getAttribute("aria-checked")).toBe("true");
    expect(dialog.getByRole("button", { name: "Try again" })).toBeDefined();
  });
});
