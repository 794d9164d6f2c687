import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RecentSessions } from "./recent-sessions";

const CAPACITY = 5;

/** Activity of a session moves forward by `byMs` each time it is touched. */
const touches = fc.array(fc.record({ pk: fc.integer({ min: 1, max: 12 }), byMs: fc.integer({ min: 1, max: 50 }) }), {
  maxLength: 80,
});

describe("RecentSessions", () => {
  it("holds the latest activity of all sessions, however many there were", () => {
    fc.assert(
      fc.property(touches, (steps) => {
        const recent = new RecentSessions(CAPACITY);
        const all = new Map<number, number>();
        for (const { pk, byMs } of steps) {
          const at = (all.get(pk) ?? 1_000 * pk) + byMs;
          all.set(pk, at);
          recent.touch(pk, at);
          const expected = [...all.values()].sort((a, b) => b - a).slice(0, CAPACITY);
          expect(recent.latest(CAPACITY).map((known) => all.get(known))).toEqual(expected);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("answers the latest first, later keys first among equals, and no more than asked for", () => {
    const recent = new RecentSessions(CAPACITY);
    recent.touch(1, 100);
    recent.touch(2, 300);
    recent.touch(3, 300);
    recent.touch(4, 200);
    expect(recent.latest(3)).toEqual([3, 2, 4]);
  });

  it("forgets a session that was deleted", () => {
    const recent = new RecentSessions(CAPACITY);
    recent.touch(1, 100);
    recent.touch(2, 200);
    recent.delete(2);
    expect(recent.latest(CAPACITY)).toEqual([1]);
  });

  it("lets an older session in again once deletions have made room, and the later one of two stay", () => {
    const recent = new RecentSessions(2);
    recent.touch(1, 10);
    recent.touch(2, 20);
    recent.touch(3, 30);
    recent.delete(3);
    recent.touch(4, 5);
    recent.touch(5, 9);
    expect(recent.latest(2)).toEqual([2, 5]);
  });
});
