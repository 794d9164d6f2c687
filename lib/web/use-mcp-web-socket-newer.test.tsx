// @vitest-environment happy-dom
import { act } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { LiveProvider } from "@/components/live/live-provider";
import { aSession } from "./fixtures";
import { FakeSocket } from "./live/fake-socket";
import { aCreation, aHello, anUpdate } from "./live/fixtures";
import { breakLatest, openLive, pass, registry, rows, setUpLivePages, tell, used } from "./live/live-page";

setUpLivePages(LiveProvider);

const isHealth = (path: string) => path.endsWith("/health");

/** An update of the session by an event that this page has never heard of. */
function anUnreadableUpdate(seq: number) {
  return { ...anUpdate(seq, used(seq)), events: ["teleported"] };
}

describe("a page that is older than the registry", () => {
  it("shows what is told with more than it knows, and stays live", async () => {
    const { result } = await openLive();
    const newer = { ...used(44), region: "eu-1" };
    await tell(() => {
      FakeSocket.latest.tell({ ...anUpdate(8, newer, []), weight: 3 });
    });
    expect(result.current.session).toEqual(used(44));
    await tell(() => {
      const creation = aCreation(10, { ...aSession({ id: "b" }), ...{ region: "eu-1" } });
      FakeSocket.latest.tell({ type: "batch", frames: [anUpdate(9, newer, []), creation], weight: 3 });
    });
    expect(rows(result)).toEqual(expect.arrayContaining(["a", "b"]));
    expect(result.current.live.isLive).toBe(true);
    expect(FakeSocket.all).toHaveLength(1);
  });

  it("comes back to life after the upgrade, also by a greeting that says more", async () => {
    const { result } = await openLive();
    act(breakLatest);
    await pass(2);
    registry.summary = { ...registry.summary, ...{ weather: "fair" } };
    registry.session = { ...used(20), ...{ region: "eu-1" } };
    await tell(() => {
      FakeSocket.latest.accept({ ...aHello(20), version: "2.0.0" }, { ...anUpdate(20, used(20)), weight: 3 });
    });
    expect(result.current).toMatchObject({ live: { isLive: true }, session: { requestCount: 20 } });
    registry.read = [];
    await pass(4);
    expect([result.current.live.isLive, registry.read.some(isHealth)]).toEqual([true, false]);
  });

  it("reads anew what it is told and cannot read, and stays live", async () => {
    const { result } = await openLive();
    registry.session = used(50);
    await tell(() => {
      FakeSocket.latest.tell(anUnreadableUpdate(8));
    });
    expect(result.current).toMatchObject({ live: { isLive: true }, session: { requestCount: 50 } });
    expect(registry.read.filter(isHealth)).toHaveLength(1);
    await tell(() => {
      FakeSocket.latest.tell(anUpdate(9, used(51)));
    });
    expect(result.current.session?.requestCount).toBe(51);
    expect(FakeSocket.all).toHaveLength(1);
  });

  it("does not let what waited undo what was read anew", async () => {
    const { result } = await openLive();
    registry.session = used(50);
    await tell(() => {
      FakeSocket.latest.tell({ type: "batch", frames: [anUpdate(8, used(8), []), anUnreadableUpdate(9)] });
    });
    await pass(2);
    expect(result.current.session?.requestCount).toBe(50);
  });

  it("reads a burst of such news once at first, and then once a second at most", async () => {
    const { result } = await openLive();
    for (let seq = 8; seq < 108; seq += 1) {
      registry.session = used(seq);
      act(() => {
        FakeSocket.latest.tell(anUnreadableUpdate(seq));
      });
      await pass(0.03);
    }
    const { length } = registry.read.filter(isHealth);
    expect(length).toBeGreaterThanOrEqual(3);
    expect(length).toBeLessThanOrEqual(4);
    await pass(1.1);
    expect(result.current.session?.requestCount).toBe(107);
  });

  it("goes on after what it could not read", async () => {
    const { result } = await openLive();
    await tell(() => {
      FakeSocket.latest.tell(anUnreadableUpdate(8), { type: "weather", seq: 9, sun: true });
    });
    act(breakLatest);
    await pass(2);
    expect(FakeSocket.latest.url.searchParams.get("since")).toBe("9");
    await tell(() => {
      FakeSocket.latest.accept(aHello(9));
    });
    expect(result.current.live.isLive).toBe(true);
  });

  it("follows a resync whose reason it does not know", async () => {
    await openLive();
    await tell(() => {
      FakeSocket.latest.tell({ type: "resync", seq: 3, at: aHello(1).at, reason: "moved_house" });
    });
    expect(registry.read.filter(isHealth)).toHaveLength(1);
    act(breakLatest);
    await pass(2);
    expect(FakeSocket.latest.url.searchParams.get("since")).toBe("3");
  });

  it("stands still while it is paused, and reads everything when it goes on", async () => {
    const { result } = await openLive();
    act(() => {
      result.current.live.pause();
    });
    await tell(() => {
      FakeSocket.latest.tell(anUnreadableUpdate(8));
    });
    await pass(5);
    expect(registry.read).toEqual([]);
    registry.session = used(50);
    await tell(() => {
      result.current.live.resume();
    });
    expect(result.current.session?.requestCount).toBe(50);
  });
});

describe("a message that is none of the feed", () => {
  it.each([
    ["is not JSON", "<html>"],
    ["has no type", '{"seq":8}'],
    ["holds something without a type", '{"type":"batch","frames":[{"seq":8}]}'],
  ])("ends the connection when it %s; the next one begins with the present, and is live", async (_, data) => {
    const { result } = await openLive();
    const broken = FakeSocket.latest;
    act(() => {
      broken.onmessage?.({ data });
    });
    expect(broken.closeCode).toBe(4_000);
    expect(result.current.live.phase).toBe("waiting");
    await pass(2);
    expect(FakeSocket.all).toHaveLength(2);
    expect(FakeSocket.latest.url.searchParams.get("since")).toBeNull();
    registry.session = used(50);
    await tell(() => {
      FakeSocket.latest.accept(aHello(9));
    });
    expect(result.current).toMatchObject({ live: { isLive: true }, session: { requestCount: 50 } });
  });

  it("leaves the page polling until there is another connection", async () => {
    await openLive();
    act(() => {
      FakeSocket.latest.onmessage?.({ data: "<html>" });
    });
    await pass(11);
    expect(registry.read.some(isHealth)).toBe(true);
  });
});
