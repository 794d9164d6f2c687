// @vitest-environment happy-dom
import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LiveProvider } from "@/components/live/live-provider";
import type { SessionHealthSummary } from "@/lib/contract/health";
import type { Session } from "@/lib/contract/session";
import { createQueryClient } from "./create-query-client";
import { aSession, aSummary } from "./fixtures";
import { FakeSocket } from "./live/fake-socket";
import { aCreation, aHealthFrame, aHello, anUpdate } from "./live/fixtures";
import { useWatchedSessions } from "./live/live-context";
import { MAX_WAITING } from "./live/frame-queue";
import { queryKeys } from "./query-keys";
import { useMcpSessionHealth } from "./use-mcp-session-health";
import { useMcpWebSocket } from "./use-mcp-web-socket";
import { useSession } from "./use-session";

const session = aSession({ id: "a" });
let summary: SessionHealthSummary;
let read: string[];

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(1);
  FakeSocket.install();
  summary = aSummary([session]);
  read = [];
  // The registry, as far as these hooks call it.
  vi.stubGlobal("fetch", async (path: string) => {
    read.push(path);
    return Response.json(path.endsWith("/health") ? summary : session);
  });
});

afterEach(() => {
  cleanup();
  show("visible");
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function show(state: "visible" | "hidden"): void {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
  act(() => void document.dispatchEvent(new Event("visibilitychange")));
}

function pass(seconds: number) {
  return act(() => vi.advanceTimersByTimeAsync(seconds * 1_000));
}

function useLook() {
  const live = useMcpWebSocket();
  useWatchedSessions(["a"]);
  return { live, health: useMcpSessionHealth().data, session: useSession("a").data };
}

async function open() {
  const queryClient = createQueryClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queryClient}>
      <LiveProvider>{children}</LiveProvider>
    </QueryClientProvider>
  );
  const { result, unmount } = renderHook(useLook, { wrapper });
  await pass(0.2);
  return { result, unmount, queryClient };
}

async function openLive() {
  const page = await open();
  await tell(acceptLatest);
  read = [];
  return page;
}

function acceptLatest(): void {
  FakeSocket.latest.accept(aHello(7));
}

function breakLatest(): void {
  FakeSocket.latest.break();
}

/** Lets frames arrive and be painted. */
async function tell(happen: () => void) {
  act(happen);
  await pass(0.1);
}

function rows(result: { current: { health: SessionHealthSummary | undefined } }) {
  return result.current.health?.recentActivity.map(({ id }) => id);
}

function use(count: number): Session {
  return aSession({ ...session, requestCount: count });
}

describe("while the feed is live", () => {
  it("shows what is told with the next frame, and asks for nothing", async () => {
    const { result } = await openLive();
    expect(result.current.live.isLive).toBe(true);
    await tell(() => {
      FakeSocket.latest.tell(aCreation(8, aSession({ id: "b" })), anUpdate(9, use(44), []));
    });
    expect(rows(result)).toEqual(expect.arrayContaining(["a", "b"]));
    expect(result.current.session?.requestCount).toBe(44);
    for (let seconds = 0; seconds < 60; seconds += 4) {
      await pass(4);
      await tell(() => {
        FakeSocket.latest.tell(aHealthFrame(9, [session]));
      });
    }
    expect(read).toEqual([]);
  });

  it("paints a burst of frames once", async () => {
    const { result, queryClient } = await openLive();
    const written = vi.fn();
    queryClient.getQueryCache().subscribe(({ type, query }) => {
      if (type === "updated" && query.queryHash === JSON.stringify(queryKeys.session("a"))) written();
    });
    await tell(() => {
      for (let seq = 8; seq < 108; seq += 1) FakeSocket.latest.tell(anUpdate(seq, use(seq), []));
    });
    expect(written).toHaveBeenCalledTimes(1);
    expect(result.current.session?.requestCount).toBe(107);
  });

  it("tells the registry what is on screen", async () => {
    const { unmount } = await openLive();
    expect(FakeSocket.latest.sent).toEqual([{ type: "subscribe", watch: ["a"] }]);
    unmount();
    expect(FakeSocket.latest.closeCode).toBe(1_000);
    await pass(60);
    expect(FakeSocket.all).toHaveLength(1);
  });

  it("reads anew what was missed", async () => {
    await openLive();
    await tell(() => {
      FakeSocket.latest.tell({ type: "resync", seq: 900, at: aHello(1).at, reason: "too_slow" });
    });
    expect(read.some((path) => path.endsWith("/health"))).toBe(true);
    expect(read).toContain("/api/mcp/sessions/a");
  });

  it("ignores types that it does not know", async () => {
    const { result } = await openLive();
    await tell(() => {
      FakeSocket.latest.tell({ type: "weather", sun: true }, anUpdate(8, use(5), []));
    });
    expect(result.current).toMatchObject({ live: { isLive: true }, session: { requestCount: 5 } });
  });

  it("does not let an answer that was overtaken undo what was told", async () => {
    const { result, queryClient } = await openLive();
    let answer: (response: Response) => void = () => undefined;
    vi.stubGlobal("fetch", () => new Promise<Response>((resolve) => (answer = resolve)));
    void queryClient.refetchQueries({ queryKey: queryKeys.session("a") });
    await pass(0);
    const readAgain = vi.fn(async () => Response.json(use(50)));
    vi.stubGlobal("fetch", readAgain);
    await tell(() => {
      FakeSocket.latest.tell(anUpdate(8, use(50), []));
    });
    answer(Response.json(use(3)));
    await pass(2);
    expect(readAgain).toHaveBeenCalledTimes(1);
    expect(result.current.session?.requestCount).toBe(50);
  });
});

describe("when the connection is lost", () => {
  it("polls until it is back, then goes on where it stopped and reads everything once", async () => {
    const { result } = await openLive();
    await tell(() => {
      FakeSocket.latest.tell(aCreation(12, aSession({ id: "b" })));
    });
    act(breakLatest);
    expect(result.current.live).toMatchObject({ phase: "waiting", isLive: false });
    await pass(2);
    const retried = FakeSocket.latest;
    expect(FakeSocket.all).toHaveLength(2);
    expect(retried.url.searchParams.get("since")).toBe("12");
    act(() => {
      retried.break();
    });
    await pass(9);
    expect(read.filter((path) => path.endsWith("/health")).length).toBeGreaterThanOrEqual(1);
    read = [];
    await tell(() => {
      FakeSocket.latest.accept(aHello(12), aCreation(13, aSession({ id: "c" })));
    });
    expect(result.current.live.isLive).toBe(true);
    expect(read.filter((path) => path.endsWith("/health"))).toHaveLength(1);
  });

  it("tries again ever more slowly, up to half a minute, until a connection has lasted", async () => {
    await open();
    const delays: number[] = [];
    for (let attempt = 0; attempt < 7; attempt += 1) {
      const { length } = FakeSocket.all;
      act(breakLatest);
      let waited = 0;
      while (FakeSocket.all.length === length) {
        await pass(1);
        waited += 1;
      }
      delays.push(waited);
      // Being let in for a moment is no reason to hurry.
      if (attempt === 3) await tell(acceptLatest);
    }
    expect(delays).toEqual([2, 4, 8, 16, 30, 30, 30]);
    await tell(acceptLatest);
    for (let seconds = 0; seconds < 12; seconds += 4) {
      await tell(() => {
        FakeSocket.latest.tell(aHealthFrame(7, [session]));
      });
      await pass(4);
    }
    const { length } = FakeSocket.all;
    act(breakLatest);
    await pass(2);
    expect(FakeSocket.all).toHaveLength(length + 1);
  });

  it("does not believe what is not as agreed: connects anew and polls meanwhile", async () => {
    const { result } = await openLive();
    const broken = FakeSocket.latest;
    await tell(() => {
      broken.tell({ ...anUpdate(8, use(9)), session: { id: "a" } });
    });
    expect(broken.closeCode).toBe(4_000);
    expect(result.current.live.phase).toBe("waiting");
    expect(result.current.session?.requestCount).toBe(session.requestCount);
    await pass(1.9);
    expect(FakeSocket.all).toHaveLength(2);
    await pass(8);
    expect(read.some((path) => path.endsWith("/health"))).toBe(true);
  });

  it("notices a connection that has fallen silent, asks, and gives it up", async () => {
    const { result } = await openLive();
    const silent = FakeSocket.latest;
    await pass(5.5);
    expect(silent.sent.at(-1)).toEqual({ type: "subscribe", watch: ["a"], since: 7 });
    await tell(() => {
      silent.tell(aHello(7));
    });
    // An answer, and nothing to read anew.
    expect(read).toEqual([]);
    await pass(12);
    expect(result.current.live.isLive).toBe(false);
    expect(silent.closeCode).not.toBeNull();
  });

  it("tries at once when the tab is shown again", async () => {
    await openLive();
    show("hidden");
    act(breakLatest);
    const { length } = FakeSocket.all;
    show("visible");
    expect(FakeSocket.all).toHaveLength(length + 1);
  });
});

describe("a paused screen", () => {
  it("stands still, counts what waits, and catches up", async () => {
    const { result } = await openLive();
    act(() => {
      result.current.live.pause();
    });
    await tell(() => {
      FakeSocket.latest.tell(aCreation(8, aSession({ id: "b" })), anUpdate(9, use(77)));
      FakeSocket.latest.tell(aHealthFrame(9, []), anUpdate(9, use(78), []));
    });
    act(breakLatest);
    await pass(60);
    expect(result.current.live).toMatchObject({ isPaused: true, waiting: 2 });
    expect(rows(result)).toEqual(["a"]);
    expect(result.current.session?.requestCount).toBe(session.requestCount);
    expect(read).toEqual([]);

    summary = aSummary([session, aSession({ id: "c" })]);
    await tell(() => {
      result.current.live.resume();
    });
    expect(result.current.live).toMatchObject({ isPaused: false, waiting: 0 });
    expect(rows(result)).toEqual(["a", "c"]);
  });

  it("keeps counting when more waits than is worth keeping", async () => {
    const { result } = await openLive();
    act(() => {
      result.current.live.pause();
    });
    await tell(() => {
      const updates = Array.from({ length: MAX_WAITING + 1 }, (_, index) => anUpdate(8 + index, use(index)));
      const [first, rest] = [updates.slice(0, 1_500), updates.slice(1_500)];
      FakeSocket.latest.tell({ type: "batch", frames: first }, { type: "batch", frames: rest });
    });
    expect(result.current.live.waiting).toBe(MAX_WAITING + 1);
    await tell(() => {
      result.current.live.resume();
    });
    expect(read).toContain("/api/mcp/sessions/a");
  });
});

describe("a hidden tab", () => {
  it("keeps its connection, paints no frames, and is current when shown", async () => {
    const { result } = await openLive();
    const paint = vi.spyOn(globalThis, "requestAnimationFrame");
    show("hidden");
    act(() => {
      FakeSocket.latest.tell(anUpdate(8, use(30), []));
    });
    expect(paint).not.toHaveBeenCalled();
    expect(result.current.session?.requestCount).toBe(session.requestCount);
    show("visible");
    await pass(0.1);
    expect(result.current.session?.requestCount).toBe(30);
    expect(read).toEqual([]);
  });
});
