import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { SteadyClock } from "./steady-clock";

const START = 1_700_000_000_000;

describe("SteadyClock", () => {
  let wall: number;
  let monotonic: number;
  let clock: SteadyClock;
  const pass = (ms: number) => {
    wall += ms;
    monotonic += ms;
  };
  beforeEach(() => {
    wall = START;
    monotonic = 5_000.25;
    clock = new SteadyClock({ wall: () => wall, monotonic: () => monotonic });
  });

  it("tells the time in whole milliseconds", () => {
    expect(clock.now()).toBe(START);
    pass(1_234.5);
    expect(clock.now()).toBe(START + 1_234);
  });

  it("follows small corrections of the wall clock, without running backwards", () => {
    clock.now();
    wall += 1_500;
    expect(clock.now()).toBe(START + 1_500);
    wall -= 1_500;
    expect(clock.now()).toBe(START + 1_500);
    pass(2_000);
    expect(clock.now()).toBe(START + 2_000);
    expect(clock.pendingJump()).toBeNull();
  });

  it.each([3_600_000, -3_600_000, 2_001, -2_001])(
    "holds a jump of %i ms back and goes on as if nothing were",
    (jump) => {
      clock.now();
      wall += jump;
      expect(clock.pendingJump()).toBe(jump);
      pass(500);
      expect(clock.now()).toBe(START + 500);
      expect(clock.pendingJump()).toBe(jump);
    },
  );

  it.each([3_600_000, -3_600_000])("tells the new time once a jump of %i ms is adopted", (jump) => {
    clock.now();
    wall += jump;
    clock.adoptJump();
    expect(clock.pendingJump()).toBeNull();
    expect(clock.now()).toBe(START + jump);
    pass(10);
    expect(clock.now()).toBe(START + jump + 10);
  });

  it("forgets a jump that was taken back before anybody adopted it", () => {
    clock.now();
    wall += 60_000;
    expect(clock.pendingJump()).toBe(60_000);
    wall -= 60_000;
    expect(clock.pendingJump()).toBeNull();
    expect(clock.now()).toBe(START);
  });

  it("never runs backwards and never leaps, whatever the wall clock does, while no jump is adopted", () => {
    const events = fc.array(
      fc.record({ passes: fc.nat(5_000), jumps: fc.oneof(fc.constant(0), fc.integer({ min: -1e7, max: 1e7 })) }),
    );
    fc.assert(
      fc.property(events, (steps) => {
        wall = START;
        monotonic = 0;
        const steady = new SteadyClock({ wall: () => wall, monotonic: () => monotonic });
        let before = steady.now();
        for (const { passes, jumps } of steps) {
          pass(passes);
          wall += jumps;
          const now = steady.now();
          expect(now).toBeGreaterThanOrEqual(before);
          // A correction that is followed may add up to the tolerance, twice when one before was taken back.
          expect(now - before).toBeLessThanOrEqual(passes + 4_000);
          before = now;
        }
      }),
    );
  });

  it("reads the system's time by default", () => {
    const before = Date.now();
    const now = new SteadyClock().now();
    expect(now).toBeGreaterThanOrEqual(before - 2);
    expect(now).toBeLessThanOrEqual(Date.now() + 2);
  });
});
