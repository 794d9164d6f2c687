import { expect, it } from "vitest";
import { beatOf, type OpenFreshStore, START, storeFixture } from "./store-fixture";

/** Deadlines move back, too: nothing may be found late, and nothing may end in the past. */
export function movedDeadlineContract(openFresh: OpenFreshStore): void {
  const fixture = storeFixture(openFresh);
  const sweep = (now: number) => fixture.store.recordExpired(now, 100);
  const keepAlive = (id: string, now: number) => fixture.store.recordBeats([beatOf(id, { activityAt: now })], now);

  it("finds in time a session whose request in flight ended after a check", async () => {
    await fixture.create({ id: "s", idleTimeoutMs: 60_000 });
    await fixture.store.recordBeats([beatOf("s", { activityAt: START + 1, inFlight: 1 })], START + 1);
    await sweep(START + 60_000);
    await fixture.store.recordBeats([beatOf("s", { activityAt: START + 61_000 })], START + 61_000);
    expect(await sweep(START + 121_000)).toMatchObject({ expired: 1 });
  });

  it("finds in time a session that was used in its grace period after a check", async () => {
    await fixture.create({ id: "s", idleTimeoutMs: 2_000 });
    await fixture.store.grantGrace({ from: START, to: START + 5_000, until: START + 65_000 });
    await sweep(START + 5_000);
    await keepAlive("s", START + 6_000);
    expect(await sweep(START + 8_000)).toMatchObject({ expired: 1 });
  });

  it("ends a session now, not in the past, when its request in flight turns out to have ended long ago", async () => {
    await fixture.create({ id: "s", idleTimeoutMs: 1_000 });
    await fixture.store.recordBeats([beatOf("s", { activityAt: START, inFlight: 1 })], START);
    const now = START + 5_000;
    const outcomes = await fixture.store.recordBeats([beatOf("s", { activityAt: START + 1_000 })], now);
    expect(outcomes).toEqual([{ outcome: "gone", status: "expired", reason: "idle_timeout" }]);
    await sweep(now);
    expect(await fixture.read("s")).toMatchObject({ status: "expired", endedAt: now });
  });

  it("lets a shorter timeout end a session now, not in the past", async () => {
    await fixture.create({ id: "s", idleTimeoutMs: 60_000 });
    const now = START + 5_000;
    await fixture.store.updateSession({ id: "s", now, changes: { idleTimeoutMs: 1_000 } });
    await sweep(now);
    expect(await fixture.read("s")).toMatchObject({ status: "expired", endedAt: now });
  });

  it("does not let new timeouts cut a grace period short", async () => {
    await fixture.create({ id: "s", idleTimeoutMs: 2_000 });
    await fixture.store.grantGrace({ from: START, to: START + 5_000, until: START + 65_000 });
    await fixture.store.updateSession({ id: "s", now: START + 6_000, changes: { idleTimeoutMs: 3_000 } });
    expect(await sweep(START + 64_999)).toMatchObject({ expired: 0 });
    expect(await sweep(START + 65_000)).toMatchObject({ expired: 1 });
  });
}
