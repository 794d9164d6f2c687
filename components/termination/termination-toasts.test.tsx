// @vitest-environment happy-dom
import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, render, screen, waitFor } from "@testing-library/react";
import { Toaster } from "sonner";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LiveProvider } from "@/components/live/live-provider";
import type { SessionEvent } from "@/lib/contract/events";
import { createQueryClient } from "@/lib/web/create-query-client";
import { aSession } from "@/lib/web/fixtures";
import { FakeSocket } from "@/lib/web/live/fake-socket";
import { aHello } from "@/lib/web/live/fixtures";
import { queryKeys } from "@/lib/web/query-keys";
import { useMcpWebSocket } from "@/lib/web/use-mcp-web-socket";
import { useTerminateSession } from "@/lib/web/use-terminate-session";
import { TerminationToasts } from "./termination-toasts";

const AT = "2026-11-20T07:00:00.000Z";
const requested: SessionEvent = {
  ...{ seq: 2, type: "terminated", at: AT, reason: "operator_terminated", data: { commandId: "c1" } },
};
const answer: SessionEvent = {
  ...{ seq: 3, type: "command_acknowledged", at: AT, reason: null },
  data: { commandId: "c1", outcome: "done", elapsedMs: 240, pid: 4121 },
};

let events: SessionEvent[];
let end: () => Response;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse(AT) });
  events = [requested];
  end = () => Response.json(aSession({ status: "terminated", health: null, endedAt: AT }));
  FakeSocket.install();
  vi.stubGlobal("fetch", async (path: string, { method }: { method: string }) => {
    const after = Number(/after=(\d+)/.exec(path)?.[1]);
    return method === "DELETE"
      ? end()
      : Response.json({ events: events.filter(({ seq }) => seq > after), nextAfter: null });
  });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function Terminate() {
  const { mutate } = useTerminateSession();
  return (
    <button
      onClick={() => {
        mutate({ id: "session-1", reason: "" });
      }}
    >
      End it
    </button>
  );
}

function Pause() {
  const { pause } = useMcpWebSocket();
  return <button onClick={pause}>Pause</button>;
}

function open() {
  const queryClient = createQueryClient();
  render(
    <QueryClientProvider client={queryClient}>
      <LiveProvider>
        <Pause />
        <Terminate />
        <TerminationToasts />
        <Toaster />
      </LiveProvider>
    </QueryClientProvider>,
  );
  return queryClient;
}

const click = (name: string) => {
  act(() => {
    screen.getByRole("button", { name }).click();
  });
};

describe("the toast of a termination", () => {
  it("goes from the order to its MCP server's answer", async () => {
    const queryClient = open();
    click("End it");
    expect(await screen.findByText("Waiting for its MCP server to drop it…")).toBeDefined();
    queryClient.setQueryData(queryKeys.events("session-1"), { events: [requested, answer], nextAfter: null });
    expect(await screen.findByText("Acknowledged by pid 4121 in 240 ms.")).toBeDefined();
    expect(screen.queryByText(/Waiting/)).toBeNull();
  });

  it("says when there is no answer", async () => {
    open();
    vi.setSystemTime(Date.parse(AT) + 6_000);
    click("End it");
    expect(await screen.findByText("No answer: refused at its next use.")).toBeDefined();
  });

  it.each([["before"], ["after"]])("tells the answer also when the screen was paused %s the order", async (moment) => {
    vi.useFakeTimers({ now: Date.parse(AT) });
    const pass = (seconds: number) => act(() => vi.advanceTimersByTimeAsync(seconds * 1_000));
    open();
    act(() => {
      FakeSocket.latest.accept(aHello(1));
    });
    await pass(0.1);
    if (moment === "before") click("Pause");
    click("End it");
    await pass(0.1);
    if (moment === "after") click("Pause");
    events = [requested, answer];
    await pass(1.1);
    expect(screen.getByText("Acknowledged by pid 4121 in 240 ms.")).toBeDefined();
    await pass(10);
    expect(screen.queryByText(/No answer/)).toBeNull();
  });

  it("goes away when the registry refuses: the dialog says why", async () => {
    let refuse: (response: Response) => void = () => undefined;
    const refused = new Promise<Response>((resolve) => (refuse = resolve));
    vi.stubGlobal("fetch", () => refused);
    open();
    click("End it");
    expect(await screen.findByText("Terminating session-1…")).toBeDefined();
    refuse(Response.json({}, { status: 500 }));
    await waitFor(() => {
      expect(screen.queryByText("Terminating session-1…")).toBeNull();
    });
  });
});
