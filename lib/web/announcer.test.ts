import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ANNOUNCE_EVERY_MS, createAnnouncer, describeChanges } from "./announcer";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function listen() {
  const announcer = createAnnouncer();
  const said: string[] = [];
  announcer.subscribe(() => said.push(announcer.latest().text));
  return { said, announcer };
}

describe("the announcer", () => {
  it("says the first change at once, and gathers the next ones", () => {
    const { said, announcer } = listen();
    announcer.announce({ ended: 1, disconnected: 0 });
    expect(said).toEqual(["1 session ended"]);
    announcer.announce({ ended: 2, disconnected: 0 });
    announcer.announce({ ended: 1, disconnected: 1 });
    vi.advanceTimersByTime(ANNOUNCE_EVERY_MS - 1);
    expect(said).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(said.slice(1)).toEqual(["3 sessions ended, 1 disconnected"]);
  });

  it("never says more than one message in five seconds, however much happens", () => {
    const { said, announcer } = listen();
    for (let second = 0; second < 59; second += 1) {
      announcer.announce({ ended: 10, disconnected: 0 });
      vi.advanceTimersByTime(1_000);
    }
    expect(said).toHaveLength(12);
    expect(said.at(-1)).toBe("50 sessions ended");
  });

  it("is quiet while nothing happens, and prompt again afterwards", () => {
    const { said, announcer } = listen();
    announcer.announce({ ended: 0, disconnected: 0 });
    announcer.announce({ ended: 0, disconnected: 2 });
    vi.advanceTimersByTime(10 * ANNOUNCE_EVERY_MS);
    expect(said).toEqual(["2 sessions disconnected"]);
    announcer.announce({ ended: 0, disconnected: 2 });
    expect(said).toHaveLength(2);
    expect(announcer.latest().number).toBe(2);
  });

  it("says what it is told among the rest, of each topic the latest", () => {
    const { said, announcer } = listen();
    announcer.tell("selection", "1 chosen");
    expect(said).toEqual(["1 chosen"]);
    announcer.tell("selection", "2 chosen");
    announcer.tell("total", "12 sessions found");
    announcer.announce({ ended: 1, disconnected: 0 });
    announcer.tell("selection", "3 chosen");
    vi.advanceTimersByTime(ANNOUNCE_EVERY_MS - 1);
    expect(said).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(said.slice(1)).toEqual(["1 session ended. 3 chosen. 12 sessions found"]);
    vi.advanceTimersByTime(10 * ANNOUNCE_EVERY_MS);
    announcer.tell("total", "12 sessions found");
    expect(said).toHaveLength(3);
  });

  it("counts in words that can be listened to", () => {
    expect(describeChanges({ ended: 1, disconnected: 2 })).toBe("1 session ended, 2 disconnected");
    expect(describeChanges({ ended: 0, disconnected: 0 })).toBe("");
  });
});
