import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, renderHook } from "@testing-library/react";
import type { ComponentType, ReactNode } from "react";
import { afterEach, beforeEach, vi } from "vitest";
import type { SessionHealthSummary } from "@/lib/contract/health";
import type { Session } from "@/lib/contract/session";
import { createQueryClient } from "../create-query-client";
import { aSession, aSummary } from "../fixtures";
import { useMcpSessionHealth } from "../use-mcp-session-health";
import { useMcpWebSocket } from "../use-mcp-web-socket";
import { useSession } from "../use-session";
import { FakeSocket } from "./fake-socket";
import { aHello } from "./fixtures";
import { useWatchedSessions } from "./live-context";

/** The one session that the registry of these pages has. */
export const session = aSession({ id: "a" });

/** What the registry answers over HTTP, and what it was asked for. */
export const registry: { summary: SessionHealthSummary; session: Session; read: string[] } = {
  ...{ summary: aSummary([session]), session, read: [] },
};

let Feed: ComponentType<{ children: ReactNode }>;

/** Gives each test of a file a registry and a clock of its own; `feed` is what pages have their connection from. */
export function setUpLivePages(feed: typeof Feed): void {
  Feed = feed;
  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(Math, "random").mockReturnValue(1);
    FakeSocket.install();
    Object.assign(registry, { summary: aSummary([session]), session, read: [] });
    // The registry, as far as these hooks call it.
    vi.stubGlobal("fetch", async (path: string) => {
      registry.read.push(path);
      return Response.json(path.endsWith("/health") ? registry.summary : registry.session);
    });
  });

  afterEach(() => {
    cleanup();
    show("visible");
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
    vi.useRealTimers();
  });
}

export function show(state: "visible" | "hidden"): void {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
  act(() => void document.dispatchEvent(new Event("visibilitychange")));
}

export function pass(seconds: number) {
  return act(() => vi.advanceTimersByTimeAsync(seconds * 1_000));
}

/** Lets frames arrive and be painted. */
export async function tell(happen: () => void) {
  act(happen);
  await pass(0.1);
}

function useLook() {
  const live = useMcpWebSocket();
  useWatchedSessions(["a"]);
  return { live, health: useMcpSessionHealth().data, session: useSession("a").data };
}

/** A page whose connection is not yet accepted. */
export async function open() {
  const queryClient = createQueryClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queryClient}>
      <Feed>{children}</Feed>
    </QueryClientProvider>
  );
  const { result, unmount } = renderHook(useLook, { wrapper });
  await pass(0.2);
  return { result, unmount, queryClient };
}

/** A page that is live and has read everything. */
export async function openLive() {
  const page = await open();
  await tell(acceptLatest);
  registry.read = [];
  return page;
}

export function acceptLatest(): void {
  FakeSocket.latest.accept(aHello(7));
}

export function breakLatest(): void {
  FakeSocket.latest.break();
}

export function rows(result: { current: { health: SessionHealthSummary | undefined } }) {
  return result.current.health?.recentActivity.map(({ id }) => id);
}

/** The session after so many requests. */
export function used(count: number): Session {
  return aSession({ ...session, requestCount: count });
}
