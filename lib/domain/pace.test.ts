import { describe, expect, it } from "vitest";
import { msUntilNext, type Pace, startPace, takePace } from "./pace";

const NOW = 1_000_000;

/** Looks every `everyMs` for a while; how many were let go by when. */
function run(perSecond: number, { everyMs, forMs }: { everyMs: number; forMs: number }) {
  let pace: Pace = startPace(perSecond, NOW);
  let total = 0;
  for (let now = NOW; now <= NOW + forMs; now += everyMs) {
    const taken = takePace(pace, now, 1_000_000);
    pace = taken.pace;
    total += taken.count;
  }
  return total;
}

describe("a pace", () => {
  it.each([1, 7, 50, 333, 1_000])("lets %i a second go, after the first at once", (perSecond) => {
    expect(run(perSecond, { everyMs: 100, forMs: 10_000 })).toBe(10 * perSecond + 1);
  });

  it("is not exceeded, however often or rarely one looks", () => {
    for (const everyMs of [1, 10, 99, 250, 700, 3_000]) {
      expect(run(50, { everyMs, forMs: 9_000 })).toBeLessThanOrEqual(9 * 50 + 1);
    }
  });

  it("does not rush after it was held up", () => {
    const { pace } = takePace(startPace(100, NOW), NOW, 1);
    expect(takePace(pace, NOW + 60_000, 1_000).count).toBe(25);
  });

  it("takes no more than is wanted and keeps the rest for the next look", () => {
    const first = takePace(startPace(100, NOW), NOW + 100, 3);
    expect(first.count).toBe(3);
    expect(takePace(first.pace, NOW + 100, 1_000).count).toBe(8);
  });

  it("grants nothing for a clock that was set back, and goes on from there", () => {
    const { pace } = takePace(startPace(10, NOW), NOW, 1);
    const back = takePace(pace, NOW - 5_000, 1);
    expect(back.count).toBe(0);
    expect(takePace(back.pace, NOW - 4_900, 1).count).toBe(1);
  });

  it("says when the next one may go", () => {
    const { pace } = takePace(startPace(4, NOW), NOW, 1);
    expect(msUntilNext(pace)).toBe(250);
    expect(takePace(pace, NOW + 249, 1).count).toBe(0);
    expect(takePace(pace, NOW + 250, 1).count).toBe(1);
    expect(msUntilNext(startPace(4, NOW))).toBe(0);
  });
});
