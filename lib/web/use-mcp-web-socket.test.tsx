// @vitest-environment happy-dom
import { act } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { LiveProvider } from "@/components/live/live-provider";
import { aSession, aSummary } from "./fixtures";
import { FakeSocket } from "./live/fake-socket";
import { aCreation, aHealthFrame, aHello, anUpdate } from "./live/fixtures";
import { MAX_WAITING } from "./live/frame-queue";
import {
  breakLatest,
  openLive,
  pass,
  registry,
  rows,
  session,
  setUpLivePages,
  show,
  tell,
  used,
} from "./live/live-page";
import { queryKeys } from "./query-keys";

setUpLivePages(LiveProvider);

describe("while the feed is live", () => {
  it("shows what is told with the next frame, and asks for nothing", async () => {
    const { result } = await openLive();
    expect(result.current.live.isLive).toBe(true);
    await tell(() => {
      FakeSocket.latest.tell(aCreation(8, aSession({ id: "b" })), anUpdate(9, used(44), []));
    });
    expect(rows(result)).toEqual(expect.arrayContaining(["a", "b"]));
    expect(result.current.session?.requestCount).toBe(44);
    for (let seconds = 0; seconds < 60; seconds += 4) {
      await pass(4);
      await tell(() => {
        FakeSocket.latest.tell(aHealthFrame(9, [session]));
      });
    }
    expect(registry.read).toEqual([]);
  });

  it("paints a burst of frames once", async () => {
    const { result, queryClient } = await openLive();
    const written = vi.fn();
    queryClient.getQueryCache().subscribe(({ type, query }) => {
      if (type === "updated" && query.queryHash === JSON.stringify(queryKeys.session("a"))) written();
    });
    await tell(() => {
      for (let seq = 8; seq < 108; seq += 1) FakeSocket.latest.tell(anUpdate(seq, used(seq), []));
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
    expect(registry.read.some((path) => path.endsWith("/health"))).toBe(true);
    expect(registry.read).toContain("/api/mcp/sessions/a");
  });

  it("ignores types that it does not know", async () => {
    const { result } = await openLive();
    await tell(() => {
      FakeSocket.latest.tell({ type: "weather", sun: true }, anUpdate(8, used(5), []));
    });
    expect(result.current).toMatchObject({ live: { isLive: true }, session: { requestCount: 5 } });
  });

  it("does not let an answer that was overtaken undo what was told", async () => {
    const { result, queryClient } = await openLive();
    let answer: (response: Response) => void = () => undefined;
    vi.stubGlobal("fetch", () => new Promise<Response>((resolve) => (answer = resolve)));
    void queryClient.refetchQueries({ queryKey: queryKeys.session("a") });
    await pass(0);
    const readAgain = vi.fn(async () => Response.json(used(50)));
    vi.stubGlobal("fetch", readAgain);
    await tell(() => {
      FakeSocket.latest.tell(anUpdate(8, used(50), []));
    });
    answer(Response.json(used(3)));
    await pass(2);
    expect(readAgain).toHaveBeenCalledTimes(1);
    expect(result.current.session?.requestCount).toBe(50);
  });
});

describe("a paused screen", () => {
  it("stands still, counts what waits, and catches up", async () => {
    const { result } = await openLive();
    act(() => {
      result.current.live.pause();
    });
    await tell(() => {
      FakeSocket.latest.tell(aCreation(8, aSession({ id: "b" })), anUpdate(9, used(77)));
      FakeSocket.latest.tell(aHealthFrame(9, []), anUpdate(9, used(78), []));
    });
    act(breakLatest);
    await pass(60);
    expect(result.current.live).toMatchObject({ isPaused: true, waiting: 2 });
    expect(rows(result)).toEqual(["a"]);
    expect(result.current.session?.requestCount).toBe(session.requestCount);
    expect(registry.read).toEqual([]);

    registry.summary = aSummary([session, aSession({ id: "c" })]);
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
      const updates = Array.from({ length: MAX_WAITING + 1 }, (_, index) => anUpdate(8 + index, used(index)));
      const [first, rest] = [updates.slice(0, 1_500), updates.slice(1_500)];
      FakeSocket.latest.tell({ type: "batch", frames: first }, { type: "batch", frames: rest });
    });
    expect(result.current.live.waiting).toBe(MAX_WAITING + 1);
    await tell(() => {
      result.current.live.resume();
    });
    expect(registry.read).toContain("/api/mcp/sessions/a");
  });
});

describe("a hidden tab", () => {
  it("keeps its connection, paints no frames, and is current when shown", async () => {
    const { result } = await openLive();
    const paint = vi.spyOn(globalThis, "requestAnimationFrame");
    show("hidden");
    act(() => {
      FakeSocket.latest.tell(anUpdate(8, used(30), []));
    });
    expect(paint).not.toHaveBeenCalled();
    expect(result.current.session?.requestCount).toBe(session.requestCount);
    show("visible");
    await pass(0.1);
    expect(result.current.session?.requestCount).toBe(30);
    expect(registry.read).toEqual([]);
  });
});
