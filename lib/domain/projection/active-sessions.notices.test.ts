import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { ActivityChange, Notice } from "../events";
import { healthOf } from "../health";
import { ActiveSessions } from "./active-sessions";
import { Notices } from "./notices";

const THRESHOLDS = { agingAfterMs: 5_000, staleAfterMs: 10_000 };
const START = 1_700_000_000_000;
const TRUST_MS = 8_000;

type Step =
  | { type: "use"; pk: number; agoMs: number; isBusy: boolean; leftMs: number }
  | { type: "move"; pk: number; leftMs: number }
  | { type: "end"; pk: number }
  | { type: "wait"; ms: number };

const pk = fc.integer({ min: 1, max: 3 });
const leftMs = fc.integer({ min: 1, max: 30_000 });

function stepsWith(agoMs: fc.Arbitrary<number>, { ends }: { ends: boolean }): fc.Arbitrary<Step[]> {
  const use = fc.record({ type: fc.constant("use" as const), pk, agoMs, isBusy: fc.boolean(), leftMs });
  const move = fc.record({ type: fc.constant("move" as const), pk, leftMs });
  const end: fc.Arbitrary<Step> = ends ? fc.record({ type: fc.constant("end" as const), pk }) : move;
  const wait = fc.record({ type: fc.constant("wait" as const), ms: fc.oneof(fc.nat(30), fc.nat(12_000)) });
  return fc.array(fc.oneof({ weight: 2, arbitrary: use }, move, end, { weight: 4, arbitrary: wait }), {
    maxLength: 40,
  });
}

/** A wheel that lives through the steps, looked at every so many milliseconds, or only at the end. */
function liveThrough(steps: readonly Step[], lookEveryMs: number | null) {
  const notices = new Notices();
  const wheel = new ActiveSessions(THRESHOLDS, notices);
  const known = new Map<number, ActivityChange>();
  let now = START;
  const set = (key: number, change: ActivityChange): void => {
    known.set(key, change);
    wheel.set(key, change, now);
  };
  for (const step of steps) {
    if (step.type === "wait") {
      const until = now + step.ms;
      for (; lookEveryMs !== null && now + lookEveryMs < until; now += lookEveryMs) wheel.countAt(now);
      now = until;
    } else if (step.type === "end") {
      known.delete(step.pk);
      wheel.delete(step.pk, now);
    } else if (step.type === "move") {
      const current = known.get(step.pk);
      if (current) set(step.pk, { ...current, deadlineAt: now + step.leftMs });
    } else {
      const before = known.get(step.pk)?.lastActivityAt ?? 0;
      const lastActivityAt = Math.max(before, step.isBusy ? now : now - step.agoMs);
      const idleSince = lastActivityAt + (step.isBusy ? TRUST_MS : 0);
      set(step.pk, { lastActivityAt, lastHeartbeatAt: null, idleSince, deadlineAt: now + step.leftMs });
    }
  }
  wheel.countAt(now);
  return { now, known, notices: notices.first(Number.POSITIVE_INFINITY) };
}

function bySession(notices: readonly Notice[]): Map<number, Notice[]> {
  const result = new Map<number, Notice[]>();
  for (const notice of notices) result.set(notice.pk, [...(result.get(notice.pk) ?? []), notice]);
  return result;
}

describe("what ActiveSessions notices", () => {
  let notices: Notices;
  let sessions: ActiveSessions;
  beforeEach(() => {
    notices = new Notices();
    sessions = new ActiveSessions(THRESHOLDS, notices);
  });

  const used = (at: number, beatAt: number | null = null): ActivityChange => ({
    lastActivityAt: at,
    lastHeartbeatAt: beatAt,
    idleSince: at,
    deadlineAt: at + 20_000,
  });
  const noticed = () =>
    notices
      .first(100)
      .map(({ at, type, data }) => (type === "health_changed" ? [at - START, data["to"]] : [at - START, data]));

  it("is every change of its age, at its very millisecond, whenever anyone looks", () => {
    sessions.set(1, used(START), START);
    sessions.countAt(START + 15_000);
    sessions.set(1, used(START + 16_000), START + 16_000);
    expect(noticed()).toEqual([
      [5_000, "aging"],
      [10_001, "stale"],
      [16_000, "healthy"],
    ]);
  });

  it("is also what nobody looked at before it was over", () => {
    sessions.set(1, used(START), START);
    sessions.set(1, used(START + 9_000), START + 10_500);
    sessions.delete(1, START + 16_000);
    expect(noticed()).toEqual([
      [5_000, "aging"],
      [9_000, "healthy"],
      [14_000, "aging"],
    ]);
  });

  it("is no age that a session has reached at its end", () => {
    sessions.set(1, { ...used(START), deadlineAt: START + 5_000 }, START);
    sessions.set(2, used(START), START);
    sessions.delete(2, START + 5_000);
    sessions.countAt(START + 60_000);
    expect(noticed()).toEqual([]);
  });

  it("is nothing where the news of a request came after the age it prevented", () => {
    sessions.set(1, used(START), START);
    sessions.set(1, used(START + 4_900), START + 5_100);
    sessions.countAt(START + 9_000);
    expect(noticed()).toEqual([]);
  });

  it("takes an age back when such news comes too late", () => {
    sessions.set(1, used(START), START);
    sessions.countAt(START + 5_000);
    sessions.set(1, used(START + 4_900), START + 5_100);
    expect(noticed()).toEqual([
      [5_000, "aging"],
      [5_100, "healthy"],
    ]);
  });

  it("is never dated before the change that it follows", () => {
    sessions.set(1, { ...used(START), idleSince: START + TRUST_MS }, START);
    sessions.countAt(START + TRUST_MS + 5_000);
    // The request that was believed to be in flight turns out to have ended long before.
    sessions.set(1, used(START + 2_500), START + TRUST_MS + 5_000);
    expect(noticed()).toEqual([
      [13_000, "aging"],
      [13_000, "stale"],
    ]);
  });

  it("is an age that comes back, at the moment at which the clock was set back", () => {
    sessions.set(1, used(START), START);
    sessions.countAt(START + 6_000);
    sessions.countAt(START + 3_000);
    sessions.countAt(START + 6_000);
    expect(noticed()).toEqual([
      [5_000, "aging"],
      [3_000, "healthy"],
      [5_000, "aging"],
    ]);
  });

  it("knows of a clock that was set back when news comes after it", () => {
    sessions.set(1, used(START), START + 6_000);
    sessions.countAt(START + 5_500);
    sessions.set(1, used(START + 5_800), START + 5_900);
    expect(noticed()).toEqual([[5_800, "healthy"]]);
  });

  it("is a silence of the server of more than a minute, at the heartbeat that ends it", () => {
    sessions.set(1, { ...used(START, START), deadlineAt: START + 900_000 }, START);
    const beat = (at: number) => {
      sessions.set(1, { ...used(START + 300_000, at), deadlineAt: START + 900_000 }, at);
    };
    for (const ms of [60_000, 120_001, 120_002, 300_000]) beat(START + ms);
    expect(noticed().filter(([, what]) => typeof what === "object")).toEqual([
      [120_001, { silentMs: 60_001 }],
      [300_000, { silentMs: 179_998 }],
    ]);
  });

  it("is no silence before the first heartbeat, nor without one", () => {
    sessions.set(1, { ...used(START), deadlineAt: START + 900_000 }, START);
    sessions.set(1, { ...used(START + 200_000, START + 200_000), deadlineAt: START + 900_000 }, START + 200_000);
    sessions.set(1, { ...used(START + 201_000, START + 200_000), deadlineAt: START + 900_000 }, START + 500_000);
    expect(notices.first(100).filter(({ type }) => type === "heartbeat_gap")).toEqual([]);
  });

  it("is the same however often anyone looks", () => {
    fc.assert(
      fc.property(
        stepsWith(fc.constant(0), { ends: true }),
        fc.constantFrom(1_000, 250, 4_999),
        (steps, lookEveryMs) => {
          expect(bySession(liveThrough(steps, null).notices)).toEqual(
            bySession(liveThrough(steps, lookEveryMs).notices),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it("makes a chain of changes for each session that ends with the age it has, even when news comes late", () => {
    fc.assert(
      fc.property(stepsWith(fc.nat(15_000), { ends: false }), fc.constantFrom(null, 250), (steps, lookEveryMs) => {
        const { now, known, notices: all } = liveThrough(steps, lookEveryMs);
        for (const [key, chain] of bySession(all)) {
          chain.forEach(({ at, data }, index) => {
            const previous = chain[index - 1];
            expect(data["from"]).not.toBe(data["to"]);
            expect(at).toBeLessThanOrEqual(now);
            if (!previous) return;
            expect(at).toBeGreaterThanOrEqual(previous.at);
            expect(data["from"]).toBe(previous.data["to"]);
          });
          const current = known.get(key);
          if (!current || current.deadlineAt <= now) continue;
          expect(chain.at(-1)?.data["to"]).toBe(healthOf(now - current.idleSince, THRESHOLDS));
        }
      }),
      { numRuns: 500 },
    );
  });
});
