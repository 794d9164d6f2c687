import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { healthOf } from "../health";
import { ActiveSessions } from "./active-sessions";

const THRESHOLDS = { agingAfterMs: 5_000, staleAfterMs: 10_000 };
const START = 1_700_000_000_000;

type Step =
  | { type: "set"; pk: number; idleForMs: number; leftMs: number }
  | { type: "delete"; pk: number }
  | { type: "advance"; ms: number }
  | { type: "look" };

const pk = fc.integer({ min: 1, max: 8 });
const forward = fc.oneof(fc.nat(20), fc.nat(2_500), fc.nat(60_000));
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    type: fc.constant("set" as const),
    pk,
    idleForMs: fc.integer({ min: -2_000, max: 14_000 }),
    leftMs: fc.integer({ min: -2_000, max: 30_000 }),
  }),
  fc.record({ type: fc.constant("delete" as const), pk }),
  fc.record({ type: fc.constant("advance" as const), ms: forward }),
  fc.constant<Step>({ type: "look" }),
);

/** Counts by looking at every session, the way the wheel must never have to. */
function recount(sessions: Map<number, { idleSince: number; deadlineAt: number }>, now: number) {
  const counts = { healthy: 0, aging: 0, stale: 0, overdue: 0 };
  for (const { idleSince, deadlineAt } of sessions.values()) {
    counts[deadlineAt <= now ? "overdue" : healthOf(now - idleSince, THRESHOLDS)] += 1;
  }
  return counts;
}

function expectSameAsRecount(steps: readonly Step[]): void {
  const wheel = new ActiveSessions(THRESHOLDS);
  const naive = new Map<number, { idleSince: number; deadlineAt: number }>();
  let now = START;
  for (const current of steps) {
    if (current.type === "advance") now += current.ms;
    if (current.type === "delete") {
      wheel.delete(current.pk);
      naive.delete(current.pk);
    }
    if (current.type === "set") {
      const idleSince = now - current.idleForMs;
      const activity = {
        lastActivityAt: idleSince,
        lastHeartbeatAt: null,
        idleSince,
        deadlineAt: now + current.leftMs,
      };
      wheel.set(current.pk, activity, now);
      naive.set(current.pk, activity);
    }
    if (current.type === "look") expect(wheel.countAt(now)).toEqual(recount(naive, now));
  }
  expect(wheel.countAt(now)).toEqual(recount(naive, now));
}

describe("ActiveSessions", () => {
  const at = (idleSince: number, deadlineAt: number) => ({
    lastActivityAt: idleSince,
    lastHeartbeatAt: null,
    idleSince,
    deadlineAt,
  });

  it("counts exactly what a recount of every session counts, whatever happened before", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        expectSameAsRecount(steps);
      }),
      { numRuns: 500 },
    );
  });

  it("moves a session on at the very millisecond of each threshold and of its deadline", () => {
    const sessions = new ActiveSessions(THRESHOLDS);
    sessions.set(1, at(START, START + 20_000), START);
    const seen = [0, 4_999, 5_000, 10_000, 10_001, 19_999, 20_000].map((ms) => {
      const counts = Object.entries(sessions.countAt(START + ms));
      return counts.find(([, count]) => count === 1)?.[0];
    });
    expect(seen).toEqual(["healthy", "healthy", "aging", "aging", "stale", "stale", "overdue"]);
  });

  it("counts right again after the clock was set back", () => {
    const sessions = new ActiveSessions(THRESHOLDS);
    sessions.set(1, at(START, START + 20_000), START);
    expect(sessions.countAt(START + 20_000)).toMatchObject({ overdue: 1 });
    expect(sessions.countAt(START + 6_000)).toEqual({ healthy: 0, aging: 1, stale: 0, overdue: 0 });
    expect(sessions.countAt(START + 4_000)).toEqual({ healthy: 1, aging: 0, stale: 0, overdue: 0 });
    expect(sessions.countAt(START + 20_000)).toEqual({ healthy: 0, aging: 0, stale: 0, overdue: 1 });
  });

  it("ignores the removal of a session it does not know", () => {
    const sessions = new ActiveSessions(THRESHOLDS);
    sessions.delete(7);
    expect(sessions.countAt(START)).toEqual({ healthy: 0, aging: 0, stale: 0, overdue: 0 });
  });

  it("hands out counts that later changes leave alone", () => {
    const sessions = new ActiveSessions(THRESHOLDS);
    const before = sessions.countAt(START);
    sessions.set(1, at(START, START + 20_000), START);
    expect(before.healthy).toBe(0);
  });
});
