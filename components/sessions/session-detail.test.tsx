// @vitest-environment happy-dom
import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { Tooltip } from "radix-ui";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { SessionEvent } from "@/lib/contract/events";
import type { Session } from "@/lib/contract/session";
import { createQueryClient } from "@/lib/web/create-query-client";
import { anInstance, aSession } from "@/lib/web/fixtures";
import { SessionDetail } from "./session-detail";

const NOW = Date.parse("2026-11-20T07:00:40.000Z");
const NOW_ISO = new Date(NOW).toISOString();
const SECRET = "eyJhbGciOiJFUzI1NiJ9.secret.signature";

const disconnected = aSession({
  ...{ status: "disconnected", health: null, instanceId: "notes-1", endReason: "instance_lost", endedAt: NOW_ISO },
  expiresAt: "2026-11-20T07:15:00.000Z",
});
const terminated = aSession({
  ...{ status: "terminated", health: null, expiresAt: null, endedAt: NOW_ISO, endReason: "operator_terminated" },
});

let session: Session;
let events: SessionEvent[];
let answerInstance: () => Response;
let answerToken: () => Response;
const urls: string[] = [];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  session = aSession();
  events = [];
  answerInstance = () => Response.json(anInstance());
  answerToken = () => problem(503, { code: "storage_busy", title: "The database is busy" });
  // The registry, as far as this page calls it.
  vi.stubGlobal("fetch", async (path: string) => {
    urls.push(path);
    if (path.startsWith("/api/mcp/instances/")) return answerInstance();
    if (path.endsWith("/token")) return answerToken();
    if (path.endsWith("/explain"))
      return Response.json({ status: session.status, sentence: "So be it.", evidence: [] });
    if (!path.includes("/events?")) return Response.json(session);
    const after = Number(new URL(path, "http://registry").searchParams.get("after"));
    return Response.json({ events: events.filter(({ seq }) => seq > after), nextAfter: null });
  });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.useRealTimers();
  urls.length = 0;
});

function problem(status: number, fields: Record<string, unknown>): Response {
  const document = { type: "about:blank", title: "Failed", status, detail: "It failed.", requestId: "r1", ...fields };
  return Response.json(document, { status });
}

function anEvent(seq: number, type: SessionEvent["type"], data: SessionEvent["data"]): SessionEvent {
  return { seq, type, at: NOW_ISO, reason: null, data };
}

function open() {
  const queryClient = createQueryClient();
  render(
    <QueryClientProvider client={queryClient}>
      <Tooltip.Provider>
        <SessionDetail id={session.id} />
      </Tooltip.Provider>
    </QueryClientProvider>,
  );
  return { user: userEvent.setup(), queryClient };
}

async function panel(name: string) {
  return within(await screen.findByRole("region", { name }));
}

describe("a disconnected session", () => {
  it("says until when it can come back, and can be terminated", async () => {
    session = disconnected;
    open();
    const recovery = await panel("Recovery");
    expect(recovery.getByText(/^Recoverable until \d\d:15:00 \(in 14 min 20 s\)$/)).toBeDefined();
    expect(recovery.getByText(/stopped reporting/)).toBeDefined();
    expect((await panel("Figures")).getByText("Disconnected")).toBeDefined();
    expect(screen.getByRole("button", { name: "Terminate" })).toBeDefined();
  });

  it("is not what an ended one is", async () => {
    session = terminated;
    open();
    expect((await panel("Figures")).getByText("Terminated")).toBeDefined();
    expect(screen.queryByRole("region", { name: "Recovery" })).toBeNull();
    expect(screen.queryByRole("button", { name: /Terminate|Reconnect token/ })).toBeNull();
  });
});

describe("the instance of a session", () => {
  it("is shown with its lease and process", async () => {
    session = aSession({ instanceId: "notes-1", epoch: 2 });
    open();
    const instance = await panel("Instance");
    expect(await instance.findByText("Serves this session.")).toBeDefined();
    expect(instance.getByText("pid 4121")).toBeDefined();
    expect(instance.getByText("Epoch").parentElement?.textContent).toBe("Epoch2");
  });

  it("may never have registered", async () => {
    session = aSession({ instanceId: "stranger" });
    answerInstance = () => problem(404, { code: "instance_not_found" });
    open();
    expect(await (await panel("Instance")).findByText(/^Never registered/)).toBeDefined();
  });

  it("may not be known, and is not asked for then", async () => {
    open();
    expect((await panel("Instance")).getByText(/^No instance was reported/)).toBeDefined();
    expect(urls.filter((url) => url.includes("/instances/"))).toEqual([]);
  });
});

describe("a termination", () => {
  it("shows its server's answer soon after it has come", async () => {
    session = terminated;
    events = [anEvent(7, "terminated", { commandId: "c1", detail: null })];
    open();
    const outcome = () => screen.getByText(/^Requested/).textContent;
    await screen.findByText(/^Requested/);
    expect(outcome()).toMatch(/^Requested \d\d:00:40\.000 · no answer yet: refused at its next use$/);
    const data = { commandId: "c1", outcome: "done", detail: null, elapsedMs: 240, instanceId: "notes-1", pid: 4121 };
    events = [...events, anEvent(9, "command_acknowledged", data)];
    await waitFor(
      () => {
        expect(outcome()).toMatch(/^Requested \d\d:00:40\.000 · acknowledged by pid 4121 in 240 ms$/);
      },
      { timeout: 3_000 },
    );
  });
});

describe("the reconnect token", () => {
  async function openDialog() {
    const page = open();
    await page.user.click(await screen.findByRole("button", { name: "Reconnect token" }));
    return { ...page, dialog: within(screen.getByRole("dialog")) };
  }

  it("is shown once, with its expiry, and is nowhere once the dialog is closed", async () => {
    const expiresAt = "2026-11-20T07:15:40.000Z";
    answerToken = () => Response.json({ sessionId: session.id, token: SECRET, expiresAt });
    const { user, queryClient, dialog } = await openDialog();
    expect(urls.filter((url) => url.endsWith("/token"))).toEqual([]);
    await user.click(dialog.getByRole("button", { name: "Issue a token" }));
    expect((await dialog.findByRole("region", { name: "Reconnect token" })).textContent).toBe(SECRET);
    expect(dialog.getByText("Expires in 14 min 59 s")).toBeDefined();
    expect(dialog.getByRole("button", { name: "Copy the reconnect token" })).toBeDefined();
    const cached = [queryClient.getQueryCache(), queryClient.getMutationCache()].flatMap((cache) =>
      cache.getAll().map(({ state }) => state),
    );
    expect(JSON.stringify(cached)).not.toContain(SECRET);

    await user.click(dialog.getAllByRole("button", { name: "Close" })[0] ?? document.body);
    await user.click(screen.getByRole("button", { name: "Reconnect token" }));
    expect(screen.queryByText(SECRET)).toBeNull();
    expect(screen.getByRole("button", { name: "Issue a token" })).toBeDefined();
    expect(urls.join()).not.toContain(SECRET);
  });

  it("says why it could not be issued, and tries again", async () => {
    const { user, dialog } = await openDialog();
    await user.click(dialog.getByRole("button", { name: "Issue a token" }));
    expect((await dialog.findByRole("alert")).textContent).toContain("The database is busy");
    answerToken = () => Response.json({ sessionId: session.id, token: SECRET, expiresAt: "2026-11-20T07:15:40.000Z" });
    await user.click(dialog.getByRole("button", { name: "Try again" }));
    expect(await dialog.findByText(SECRET)).toBeDefined();
    expect(dialog.queryByRole("alert")).toBeNull();
  });
});
