import { expect, it } from "vitest";
import { beatOf, type OpenFreshStore, START, storeFixture } from "./store-fixture";

const DEADLINE = START + 60_000;

export function expiryContract(openFresh: OpenFreshStore): void {
  const fixture = storeFixture(openFresh);
  const sweep = (now: number, limit = 100) => fixture.store.recordExpired(now, limit);
  const keepAlive = (id: string, now: number) => fixture.store.recordBeats([beatOf(id, { activityAt: now })], now);

  it("records an expiry from the millisecond of its deadline, dated to it", async () => {
    const { pk } = await fixture.create({ id: "s" });
    expect(await sweep(DEADLINE - 1)).toEqual({ expired: 0, more: false });
    fixture.changes.length = 0;
    expect(await sweep(DEADLINE)).toEqual({ expired: 1, more: false });
    expect(await fixture.read("s")).toMatchObject({
      status: "expired",
      endReason: "idle_timeout",
      endedAt: DEADLINE,
      endDetail: null,
    });
    const [, event] = await fixture.store.listEvents("s", { after: 0, limit: 10 });
    expect(event).toMatchObject({ type: "expired", at: DEADLINE, reason: "idle_timeout" });
    const reason = "idle_timeout";
    expect(fixture.changes).toEqual([
      {
        ...{ type: "ended", pk, from: "active", status: "expired", reason },
        ...{ createdAt: START, endedAt: DEADLINE, recoverUntil: null },
      },
    ]);
  });

  it("dates it to the deadline also when it comes late", async () => {
    await fixture.create({ id: "s" });
    await sweep(DEADLINE + 3_600_000);
    expect(await fixture.read("s")).toMatchObject({ endedAt: DEADLINE });
  });

  it("names the lifetime when that is what ran out", async () => {
    await fixture.create({ id: "s", lifetimeMs: 5_000 });
    await sweep(START + 5_000);
    expect(await fixture.read("s")).toMatchObject({ endReason: "lifetime_exceeded", endedAt: START + 5_000 });
  });

  it("records an expiry once", async () => {
    await fixture.create({ id: "s" });
    expect(await Promise.all([sweep(DEADLINE), sweep(DEADLINE)])).toMatchObject([{ expired: 1 }, { expired: 0 }]);
    expect(await sweep(DEADLINE + 1)).toEqual({ expired: 0, more: false });
    expect(await fixture.eventTypes("s")).toEqual(["created", "expired"]);
  });

  it("spares what a heartbeat has kept alive, and finds it again at its new deadline", async () => {
    await fixture.create({ id: "s" });
    await keepAlive("s", START + 30_000);
    expect(await sweep(DEADLINE)).toMatchObject({ expired: 0 });
    await keepAlive("s", START + 80_000);
    expect(await sweep(START + 139_999)).toMatchObject({ expired: 0 });
    expect(await sweep(START + 140_000)).toMatchObject({ expired: 1 });
  });

  it("lets a heartbeat that came first win over a sweep of the same commit", async () => {
    await fixture.create({ id: "s" });
    const [[beat], swept] = await Promise.all([keepAlive("s", DEADLINE - 1), sweep(DEADLINE)]);
    expect(beat).toMatchObject({ outcome: "ok" });
    expect(swept).toMatchObject({ expired: 0 });
    expect(await fixture.read("s")).toMatchObject({ status: "active" });
  });

  it("works in batches and says when there is more", async () => {
    await Promise.all(Array.from({ length: 7 }, (_, index) => fixture.create({ id: `s-${String(index)}` })));
    expect(await sweep(DEADLINE, 3)).toEqual({ expired: 3, more: true });
    expect(await sweep(DEADLINE, 3)).toEqual({ expired: 3, more: true });
    expect(await sweep(DEADLINE, 3)).toEqual({ expired: 1, more: false });
  });

  it("gets to the overdue in batches through any number that were kept alive", async () => {
    const alive = Array.from({ length: 9 }, (_, index) => `alive-${String(index)}`);
    await Promise.all(alive.map((id) => fixture.create({ id })));
    await fixture.create({ id: "dead", idleTimeoutMs: 60_001 });
    await fixture.store.recordBeats(
      alive.map((id) => beatOf(id, { activityAt: START + 50_000 })),
      START + 50_000,
    );
    let rounds = 0;
    for (let more = true; more && rounds < 20; rounds += 1) ({ more } = await sweep(DEADLINE + 1, 2));
    expect(rounds).toBeLessThan(20);
    expect(await fixture.read("dead")).toMatchObject({ status: "expired" });
    for (const id of alive) expect(await fixture.read(id)).toMatchObject({ status: "active" });
  });

  it("grants grace to what became due in the window, and to nothing else", async () => {
    const window = { from: START + 10_000, to: START + 20_000, until: START + 80_000 };
    for (const idleTimeoutMs of [10_000, 10_001, 20_000, 20_001]) {
      await fixture.create({ id: `due-${String(idleTimeoutMs)}`, idleTimeoutMs });
    }
    await fixture.create({ id: "closed", idleTimeoutMs: 15_000 });
    await fixture.end({ id: "closed" });
    expect(await fixture.store.grantGrace(window)).toBe(2);
    const deadlines = [];
    for (const id of ["due-10000", "due-10001", "due-20000", "due-20001", "closed"]) {
      deadlines.push((await fixture.read(id)).activity.deadlineAt - START);
    }
    expect(deadlines).toEqual([10_000, 80_000, 80_000, 20_001, 15_000]);
  });

  it("expires a session whose grace nobody used at the end of it", async () => {
    await fixture.create({ id: "s" });
    await fixture.store.grantGrace({ from: START, to: DEADLINE, until: DEADLINE + 30_000 });
    expect(await sweep(DEADLINE + 29_999)).toMatchObject({ expired: 0 });
    expect(await sweep(DEADLINE + 30_000)).toMatchObject({ expired: 1 });
    expect(await fixture.read("s")).toMatchObject({ endedAt: DEADLINE + 30_000, endReason: "idle_timeout" });
  });

  it("lets a request in the grace period set the deadline anew", async () => {
    await fixture.create({ id: "s" });
    await fixture.store.grantGrace({ from: START, to: DEADLINE + 3_600_000, until: DEADLINE + 3_630_000 });
    const now = DEADLINE + 3_600_100;
    expect(await keepAlive("s", now)).toEqual([{ outcome: "ok", deadlineAt: now + 60_000 }]);
  });

  it("does not let a mere sign of life cut the grace period short", async () => {
    await fixture.create({ id: "s" });
    await fixture.create({ id: "old", lifetimeMs: 30_000 });
    await fixture.store.grantGrace({ from: START, to: DEADLINE, until: DEADLINE + 30_000 });
    const now = DEADLINE + 1_000;
    const outcomes = await fixture.store.recordBeats([beatOf("s"), beatOf("old", { activityAt: now })], now);
    expect(outcomes).toEqual(Array(2).fill({ outcome: "ok", deadlineAt: DEADLINE + 30_000 }));
  });

  it("reports those in grace as touched", async () => {
    const { pk } = await fixture.create({ id: "s" });
    fixture.changes.length = 0;
    await fixture.store.grantGrace({ from: START, to: DEADLINE, until: DEADLINE + 1 });
    const activity = { lastActivityAt: START, lastHeartbeatAt: null, idleSince: START, deadlineAt: DEADLINE + 1 };
    expect(fixture.changes).toEqual([{ type: "touched", pk, activity }]);
  });
}
