// @vitest-environment happy-dom
import { act } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { LiveProvider } from "@/components/live/live-provider";
import { aSession } from "./fixtures";
import { FakeSocket } from "./live/fake-socket";
import { aCreation, aHealthFrame, aHello } from "./live/fixtures";
import {
  acceptLatest,
  breakLatest,
  open,
  openLive,
  pass,
  registry,
  session,
  setUpLivePages,
  show,
  tell,
} from "./live/live-page";

setUpLivePages(LiveProvider);

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
    expect(registry.read.filter((path) => path.endsWith("/health")).length).toBeGreaterThanOrEqual(1);
    registry.read = [];
    await tell(() => {
      FakeSocket.latest.accept(aHello(12), aCreation(13, aSession({ id: "c" })));
    });
    expect(result.current.live.isLive).toBe(true);
    expect(registry.read.filter((path) => path.endsWith("/health"))).toHaveLength(1);
  });

  it("asks at once what has become of the registry when it does not come back either", async () => {
    await openLive();
    act(breakLatest);
    await pass(2);
    expect(registry.read).toEqual([]);
    act(breakLatest);
    await pass(0.5);
    expect(registry.read.filter((path) => path.endsWith("/health"))).toHaveLength(1);
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

  it("notices a connection that has fallen silent, asks, and gives it up", async () => {
    const { result } = await openLive();
    const silent = FakeSocket.latest;
    await pass(5.5);
    expect(silent.sent.at(-1)).toEqual({ type: "subscribe", watch: ["a"], since: 7 });
    await tell(() => {
      silent.tell(aHello(7));
    });
    // An answer, and nothing to read anew.
    expect(registry.read).toEqual([]);
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
