// @vitest-environment happy-dom
import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, render, screen, waitFor } from "@testing-library/react";
import { Toaster } from "sonner";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { SessionEvent } from "@/lib/contract/events";
import { createQueryClient } from "@/lib/web/create-query-client";
import { aSession } from "@/lib/web/fixtures";
import { queryKeys } from "@/lib/web/query-keys";
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
  vi.stubGlobal("fetch", async (path: string, { method }: { method: string }) =>
    method === "DELETE" ? end() : Response.json({ events: path.includes("after=0") ? events : [], nextAfter: null }),
  );
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

function open() {
  const queryClient = createQueryClient();
  render(
    <QueryClientProvider client={queryClient}>
      <Terminate />
      <TerminationToasts />
      <Toaster />
    </QueryClientProvider>,
  );
  return queryClient;
}

const clickTerminate = () => {
  act(() => {
    screen.getByRole("button", { name: "End it" }).click();
  });
};

describe("the toast of a termination", () => {
  it("goes from the order to its MCP server's answer", async () => {
    const queryClient = open();
    clickTerminate();
    expect(await screen.findByText("Waiting for its MCP server to drop it…")).toBeDefined();
    queryClient.setQueryData(queryKeys.events("session-1"), { events: [requested, answer], nextAfter: null });
    expect(await screen.findByText("Acknowledged by pid 4121 in 240 ms.")).toBeDefined();
    expect(screen.queryByText(/Waiting/)).toBeNull();
  });

  it("says when there is no answer", async () => {
    open();
    vi.setSystemTime(Date.parse(AT) + 6_000);
    clickTerminate();
    expect(await screen.findByText("No answer: refused at its next use.")).toBeDefined();
  });

  it("goes away when the registry refuses: the dialog says why", async () => {
    let refuse: (response: Response) => void = () => undefined;
    const refused = new Promise<Response>((resolve) => (refuse = resolve));
    vi.stubGlobal("fetch", () => refused);
    open();
    clickTerminate();
    expect(await screen.findByText("Terminating session-1…")).toBeDefined();
    refuse(Response.json({}, { status: 500 }));
    await waitFor(() => {
      expect(screen.queryByText("Terminating session-1…")).toBeNull();
    });
  });
});
