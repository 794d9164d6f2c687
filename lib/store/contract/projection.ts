import fc from "fast-check";
import { expect, it } from "vitest";
import { HealthProjection } from "@/lib/domain/projection/health-projection";
import type { History } from "@/lib/domain/projection/history";
import { HISTORY_RANGES } from "@/lib/domain/projection/history-range";
import { type Cast, carryOut, plan, type Step } from "./random-steps";
import { type OpenFreshStore, START, storeFixture } from "./store-fixture";

const THRESHOLDS = { agingAfterMs: 20_000, staleAfterMs: 60_000 };

/** What is looked at minute by minute is on no record: a rebuilt projection begins to look anew. */
function withoutSamples({ points, ...history }: History) {
  return { ...history, points: points.map(({ peak: _peak, ages: _ages, ...point }) => point) };
}

function figuresOf(projection: HealthProjection, now: number) {
  return {
    statusBreakdown: projection.statusBreakdownAt(now),
    ageDistribution: projection.ageDistributionAt(now),
    connectionHealth: projection.connectionHealthAt(now),
    histories: HISTORY_RANGES.map((range) => withoutSamples(projection.historyAt(range, now))),
    breakdowns: HISTORY_RANGES.map((range) => projection.breakdownAt(range, { now, limit: 3 })),
    recent: projection.recent.latest(20),
  };
}

export function projectionContract(openFresh: OpenFreshStore): void {
  const fixture = storeFixture(openFresh);

  it("reports every commit so that figures kept from reports equal figures rebuilt from storage", async () => {
    const { runId } = await fixture.store.startRun(START - 1_000);
    const live = new HealthProjection(THRESHOLDS);
    await fixture.store.rebuild(live, START);
    let now = START;
    fixture.store.onCommit((changes) => {
      live.apply(changes, now);
    });
    let round = 0;
    await fc.assert(
      fc.asyncProperty(plan, async (steps) => {
        round += 1;
        const prefix = `r${String(round)}`;
        const tokens: Cast["tokens"] = new Map();
        let together: Promise<unknown>[] = [];
        for (const current of steps) {
          together.push(carryOut(fixture.store, current, { prefix, now, tokens }));
          if (current.type !== "wait") continue;
          await Promise.all(together);
          together = [];
          now += current.ms;
        }
        await Promise.all(together);
        await fixture.store.markRunAlive(runId, now);
        const rebuilt = new HealthProjection(THRESHOLDS);
        await fixture.store.rebuild(rebuilt, now);
        expect(figuresOf(live, now)).toEqual(figuresOf(rebuilt, now));
        // A quarter of an hour later most deadlines have passed, unseen by any sweep.
        expect(live.statusBreakdownAt(now + 900_000)).toEqual(rebuilt.statusBreakdownAt(now + 900_000));
        now += 1_000_000;
      }),
      { numRuns: 40 },
    );
  });

  it("counts in memory what a count in storage counts", async () => {
    const live = new HealthProjection(THRESHOLDS);
    fixture.store.onCommit((changes) => {
      live.apply(changes, START);
    });
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        fixture.create({ id: `s-${String(index)}`, idleTimeoutMs: 1_000 * (index + 1) }),
      ),
    );
    await Promise.all([0, 11, 22].map((index) => fixture.end({ id: `s-${String(index)}`, now: START + 500 })));
    await fixture.store.recordExpired(START + 10_000, 5);
    for (const now of [START + 10_000, START + 20_500, START + 39_999, START + 40_000]) {
      const count = async (statuses: ("active" | "expired" | "closed")[]) => {
        const rows = await fixture.store.listSessions({
          ...{ terms: [{ isNot: false, field: "status", values: statuses }], thresholds: THRESHOLDS, now },
          ...{ sort: "createdAt", order: "asc", limit: 1_000, after: null },
        });
        return rows.length;
      };
      expect(live.statusBreakdownAt(now)).toMatchObject({
        active: await count(["active"]),
        byStatus: { expired: await count(["expired"]), closed: await count(["closed"]) },
      });
    }
  });

  it("takes back the end of a session that comes back, however it does, live as well as rebuilt", async () => {
    const { store } = fixture;
    await store.startRun(START - 1_000);
    const live = new HealthProjection(THRESHOLDS);
    await store.rebuild(live, START);
    let now = START;
    store.onCommit((changes) => {
      live.apply(changes, now);
    });
    const cast: Cast = { prefix: "s", now, tokens: new Map() };
    const lives: Step[] = [
      { type: "register", instance: 0, boot: 0 },
      ...[0, 1, 2].map((session): Step => ({
        type: "create",
        session,
        instance: 0,
        idleTimeoutMs: 60_000,
        lifetimeMs: null,
      })),
      { type: "create", session: 3, instance: null, idleTimeoutMs: 60_000, lifetimeMs: null },
      { type: "token", session: 0 },
      { type: "wait", ms: 30_000 },
      // The lease of 0, 1 and 2 is over; 3 never had one.
      { type: "orphans", limit: 3 },
      { type: "return", instance: 0, boot: 0 },
      { type: "disconnect", session: 2 },
      { type: "claim", session: 2, instance: 0, boot: 0 },
      { type: "claim", session: 3, instance: 0, boot: 0 },
      { type: "wait", ms: 80_000 },
      { type: "sweep", limit: 9 },
      { type: "reconnect", session: 0 },
    ];
    for (const step of lives) {
      if (step.type === "wait") now += step.ms;
      await carryOut(store, step, { ...cast, now });
    }
    const rebuilt = new HealthProjection(THRESHOLDS);
    await store.rebuild(rebuilt, now);
    expect(figuresOf(live, now)).toEqual(figuresOf(rebuilt, now));
    expect(fixture.changes.flatMap((change) => (change.type === "resumed" ? [change.from] : []))).toEqual([
      ...Array<string>(3).fill("disconnected"),
      "expired",
    ]);
    expect(live.connectionHealthAt(now)).toMatchObject({ sessionsStarted: 4, disconnectRatePercent: 75 });
  });

  it("is rebuilt with the runs of the past and a run that is not over", async () => {
    const first = await fixture.store.startRun(START - 7_200_000);
    await fixture.store.stopRun(first.runId, START - 5_400_000);
    await fixture.store.startRun(START - 1_800_000);
    const projection = new HealthProjection(THRESHOLDS);
    await fixture.store.rebuild(projection, START);
    expect(projection.runs).toEqual([
      { from: START - 7_200_000, to: START - 5_400_000 },
      { from: START - 1_800_000, to: Number.POSITIVE_INFINITY },
    ]);
  });
}
