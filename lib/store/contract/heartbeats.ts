import fc from "fast-check";
import { expect, it } from "vitest";
import { IN_FLIGHT_TRUST_MS } from "@/lib/domain/deadlines";
import { beatOf, type OpenFreshStore, START, storeFixture } from "./store-fixture";

const LATER = START + 10_000;

export function heartbeatContract(openFresh: OpenFreshStore): void {
  const fixture = storeFixture(openFresh);
  const beatAt = (now: number, ...beats: ReturnType<typeof beatOf>[]) => fixture.store.recordBeats(beats, now);
  const activityOf = async (id: string) => (await fixture.read(id)).activity;

  it("moves the deadline with the activity and adds up the counts", async () => {
    await fixture.create({ id: "s" });
    const beat = beatOf("s", { activityAt: LATER - 100, requests: 3, errors: 1 });
    expect(await beatAt(LATER, beat)).toEqual([{ outcome: "ok", deadlineAt: LATER - 100 + 60_000 }]);
    await beatAt(LATER + 1, beatOf("s", { requests: 4 }));
    expect(await activityOf("s")).toEqual({
      lastActivityAt: LATER - 100,
      lastHeartbeatAt: LATER + 1,
      inFlight: 0,
      requestCount: 7,
      errorCount: 1,
      lifetimeEndsAt: null,
      deadlineAt: LATER - 100 + 60_000,
      disconnectedAt: null,
      epoch: 1,
    });
  });

  it("takes a beat without activity as a sign of life, not as use", async () => {
    await fixture.create({ id: "s" });
    expect(await beatAt(LATER, beatOf("s"))).toEqual([{ outcome: "ok", deadlineAt: START + 60_000 }]);
    expect(await activityOf("s")).toMatchObject({ lastActivityAt: START, lastHeartbeatAt: LATER });
  });

  it("never moves the last activity back", async () => {
    await fixture.create({ id: "s" });
    await beatAt(LATER, beatOf("s", { activityAt: START - 3_600_000 }));
    expect(await activityOf("s")).toMatchObject({ lastActivityAt: START, deadlineAt: START + 60_000 });
  });

  it("believes in a request in flight for a while, and counts idle time from its end", async () => {
    await fixture.create({ id: "s" });
    const [busy] = await beatAt(LATER, beatOf("s", { inFlight: 2 }));
    expect(busy).toEqual({ outcome: "ok", deadlineAt: LATER + IN_FLIGHT_TRUST_MS + 60_000 });
    const [done] = await beatAt(LATER + 5_000, beatOf("s"));
    expect(done).toEqual({ outcome: "ok", deadlineAt: LATER + 65_000 });
    expect(await activityOf("s")).toMatchObject({ inFlight: 0, lastActivityAt: LATER + 5_000 });
  });

  it("takes the reporter's word for when a request in flight ended", async () => {
    await fixture.create({ id: "s" });
    await beatAt(LATER, beatOf("s", { inFlight: 1 }));
    const [done] = await beatAt(LATER + 5_000, beatOf("s", { activityAt: LATER + 1_000 }));
    expect(done).toEqual({ outcome: "ok", deadlineAt: LATER + 61_000 });
  });

  it("lets nothing outlive the lifetime", async () => {
    await fixture.create({ id: "s", lifetimeMs: 30_000 });
    expect(await beatAt(LATER, beatOf("s", { inFlight: 1 }))).toEqual([{ outcome: "ok", deadlineAt: START + 30_000 }]);
  });
}

export function heartbeatBatchContract(openFresh: OpenFreshStore): void {
  const fixture = storeFixture(openFresh);
  const beatAt = (now: number, ...beats: ReturnType<typeof beatOf>[]) => fixture.store.recordBeats(beats, now);
  const activityOf = async (id: string) => (await fixture.read(id)).activity;

  it("answers each beat of a batch in its place: taken, ended, never heard of", async () => {
    await fixture.create({ id: "alive" });
    await fixture.create({ id: "closed" });
    await fixture.create({ id: "overdue", idleTimeoutMs: 1_000 });
    await fixture.end({ id: "closed", reason: "server_closed" });
    const beats = ["closed", "nobody", "alive", "overdue", "alive"].map((id) => beatOf(id, { requests: 1 }));
    expect(await beatAt(LATER, ...beats)).toEqual([
      { outcome: "gone", status: "closed", reason: "server_closed" },
      { outcome: "unknown" },
      { outcome: "ok", deadlineAt: START + 60_000 },
      { outcome: "gone", status: "expired", reason: "idle_timeout" },
      { outcome: "ok", deadlineAt: START + 60_000 },
    ]);
    expect((await activityOf("alive")).requestCount).toBe(2);
    expect((await activityOf("overdue")).requestCount).toBe(0);
  });

  it("takes a beat up to the last millisecond before the deadline", async () => {
    await fixture.create({ id: "s" });
    const use = (now: number) => beatAt(now, beatOf("s", { activityAt: now }));
    expect(await use(START + 59_999)).toMatchObject([{ outcome: "ok" }]);
    expect(await use(START + 119_999)).toMatchObject([{ outcome: "gone", status: "expired" }]);
    expect((await fixture.read("s")).activity.deadlineAt).toBe(START + 119_999);
  });

  it("judges beats of one commit each by its own moment", async () => {
    await fixture.create({ id: "saved" });
    await fixture.create({ id: "lost" });
    const results = await Promise.all([
      beatAt(START + 59_999, beatOf("saved", { activityAt: START + 59_999 }), beatOf("lost")),
      beatAt(START + 60_001, beatOf("saved", { activityAt: START + 60_001 }), beatOf("lost", { requests: 5 })),
    ]);
    expect(results).toEqual([
      [
        { outcome: "ok", deadlineAt: START + 119_999 },
        { outcome: "ok", deadlineAt: START + 60_000 },
      ],
      [
        { outcome: "ok", deadlineAt: START + 120_001 },
        { outcome: "gone", status: "expired", reason: "idle_timeout" },
      ],
    ]);
    expect((await activityOf("lost")).requestCount).toBe(0);
  });

  it("takes the beat of a session whose registration overtakes it", async () => {
    const [results] = await Promise.all([beatAt(START, beatOf("late")), fixture.create({ id: "late" })]);
    expect(results).toEqual([{ outcome: "ok", deadlineAt: START + 60_000 }]);
  });

  it("folds beats that arrive together into what they come to one by one", async () => {
    const report = fc.record({
      activityAt: fc.option(fc.integer({ min: LATER - 20_000, max: LATER })),
      inFlight: fc.nat(2),
      requests: fc.nat(5),
      errors: fc.nat(2),
      later: fc.constantFrom(0, 0, 0, 1, 40),
    });
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(report, { minLength: 2, maxLength: 6 }), async (reports) => {
        round += 1;
        const [together, alone] = [`together-${String(round)}`, `alone-${String(round)}`];
        await Promise.all([fixture.create({ id: together }), fixture.create({ id: alone })]);
        let now = LATER;
        const moments = reports.map(({ later, ...report }) => ({ now: (now += later), report }));
        for (const moment of moments) await beatAt(moment.now, beatOf(alone, moment.report));
        await Promise.all(moments.map((moment) => beatAt(moment.now, beatOf(together, moment.report))));
        expect(await activityOf(together)).toEqual(await activityOf(alone));
      }),
      { numRuns: 40 },
    );
  });

  it("reports a touch per session and commit, with the idle time's beginning and the deadline", async () => {
    const { pk } = await fixture.create({ id: "s" });
    fixture.changes.length = 0;
    await beatAt(LATER, beatOf("s", { inFlight: 1 }), beatOf("nobody"));
    const deadlineAt = LATER + IN_FLIGHT_TRUST_MS + 60_000;
    expect(fixture.changes).toEqual([
      {
        type: "touched",
        pk,
        activity: { lastActivityAt: LATER, lastHeartbeatAt: LATER, idleSince: LATER + IN_FLIGHT_TRUST_MS, deadlineAt },
      },
    ]);
  });

  it("writes no event for a heartbeat", async () => {
    await fixture.create({ id: "s" });
    await beatAt(LATER, beatOf("s", { activityAt: LATER }));
    expect(await fixture.eventTypes("s")).toEqual(["created"]);
  });

  it("answers an empty batch with nothing", async () => {
    expect(await beatAt(LATER)).toEqual([]);
  });
}
