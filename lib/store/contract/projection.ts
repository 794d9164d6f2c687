import fc from "fast-check";
import { expect, it } from "vitest";
import { HealthProjection } from "@/lib/domain/projection/health-projection";
import { HISTORY_RANGES } from "@/lib/domain/projection/history";
import { sampleFacts } from "./sample-facts";
import type { SessionStore } from "../session-store";
import { beatOf, type OpenFreshStore, START, storeFixture } from "./store-fixture";

const THRESHOLDS = { agingAfterMs: 20_000, staleAfterMs: 60_000 };

type Step =
  | { type: "create"; session: number; idleTimeoutMs: number; lifetimeMs: number | null }
  | { type: "beat"; sessions: number[]; idleMs: number | null; inFlight: number }
  | { type: "update"; session: number; idleTimeoutMs: number }
  | { type: "end"; session: number; as: "closed" | "terminated" }
  | { type: "sweep"; limit: number }
  | { type: "grace" }
  | { type: "wait"; ms: number };

const session = fc.nat(7);
const timeout = fc.integer({ min: 1_000, max: 180_000 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant("create" as const),
      session,
      idleTimeoutMs: timeout,
      lifetimeMs: fc.option(timeout),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant("beat" as const),
      sessions: fc.array(session, { minLength: 1, maxLength: 4 }),
      idleMs: fc.option(fc.nat(90_000)),
      inFlight: fc.nat(1),
    }),
  },
  fc.record({ type: fc.constant("update" as const), session, idleTimeoutMs: timeout }),
  fc.record({
    type: fc.constant("end" as const),
    session,
    as: fc.constantFrom("closed" as const, "terminated" as const),
  }),
  fc.record({ type: fc.constant("sweep" as const), limit: fc.integer({ min: 1, max: 3 }) }),
  fc.constant<Step>({ type: "grace" }),
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constant("wait" as const), ms: fc.oneof(fc.nat(1_000), fc.nat(120_000)) }),
  },
);

/** Steps between two waits go to the store together, so that they meet in one commit. */
const plan = fc.array(step, { minLength: 3, maxLength: 25 });

function carryOut(
  store: SessionStore,
  current: Step,
  { prefix, now }: { prefix: string; now: number },
): Promise<unknown> {
  const idOf = (index: number) => `${prefix}-${String(index)}`;
  switch (current.type) {
    case "create": {
      const { idleTimeoutMs, lifetimeMs } = current;
      const facts = sampleFacts({ id: idOf(current.session), idleTimeoutMs, lifetimeMs });
      return store.createSession({ facts, idempotency: null, now });
    }
    case "beat": {
      const activityAt = current.idleMs === null ? null : now - current.idleMs;
      const { inFlight } = current;
      return store.recordBeats(
        current.sessions.map((index) => beatOf(idOf(index), { activityAt, inFlight, requests: 1 })),
        now,
      );
    }
    case "update":
      return store.updateSession({ id: idOf(current.session), now, changes: { idleTimeoutMs: current.idleTimeoutMs } });
    case "end": {
      const reason = current.as === "closed" ? "server_closed" : "operator_terminated";
      const end = { id: idOf(current.session), as: current.as, reason, detail: null, commandId: null, now } as const;
      return store.endSession(end);
    }
    case "sweep":
      return store.recordExpired(now, current.limit);
    case "grace":
      return store.grantGrace({ from: now, to: now + 30_000, until: now + 60_000 });
    case "wait":
      return Promise.resolve();
  }
}

function figuresOf(projection: HealthProjection, now: number) {
  return {
    statusBreakdown: projection.statusBreakdownAt(now),
    ageDistribution: projection.ageDistributionAt(now),
    connectionHealth: projection.connectionHealthAt(now),
    histories: HISTORY_RANGES.map((range) => projection.historyAt(range, now)),
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
        let together: Promise<unknown>[] = [];
        for (const current of steps) {
          together.push(carryOut(fixture.store, current, { prefix, now }));
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
      { numRuns: 50 },
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
        const filters = { server: null, client: null, principal: null, text: null, health: null, after: null };
        const rows = await fixture.store.listSessions({
          ...{ ...filters, sort: "createdAt", order: "asc", limit: 1_000 },
          ...{ thresholds: THRESHOLDS, statuses, now },
        });
        return rows.length;
      };
      expect(live.statusBreakdownAt(now)).toMatchObject({
        active: await count(["active"]),
        byStatus: { expired: await count(["expired"]), closed: await count(["closed"]) },
      });
    }
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
