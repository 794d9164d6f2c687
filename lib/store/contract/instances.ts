import { expect, it } from "vitest";
import type { InstanceFacts } from "@/lib/domain/instance";
import type { BootRef } from "../instance-store";
import { beatOf, type OpenFreshStore, START, type StoreFixture, storeFixture } from "./store-fixture";

const LEASE_MS = 30_000;
const WINDOW_MS = 900_000;
const GRACE_MS = 60_000;

function factsOf(id: string, bootId: string, facts: Partial<InstanceFacts> = {}): InstanceFacts {
  return {
    ...{ id, bootId, server: "notes", serverVersion: "1.0.0", host: "web-1", pid: 4121, sdk: "sdk 1" },
    ...{ protocolVersions: ["2025-11-25"], startedAt: START - 5_000, leaseMs: LEASE_MS },
    ...facts,
  };
}

export function instanceContract(openFresh: OpenFreshStore): void {
  const fixture = storeFixture(openFresh);
  const instances = () => fixture.store.instances;
  const register = async (id: string, bootId: string, now = START) => {
    const result = await instances().registerInstance({ facts: factsOf(id, bootId), now });
    if (!("instance" in result)) throw new Error(`${id} was ${result.outcome}`);
    return result.instance;
  };

  it("keeps what a boot says of itself, and answers it by id and by key", async () => {
    const instance = await register("a", "boot-1");
    expect(instance).toEqual({
      ...factsOf("a", "boot-1"),
      ...{ pk: instance.pk, status: "alive", registeredAt: START, lastHeartbeatAt: START, endedAt: null, drain: null },
      leaseExpiresAt: START + LEASE_MS,
    });
    expect(await instances().findInstance("a")).toEqual(instance);
    expect(await instances().findInstanceByPk(instance.pk)).toEqual(instance);
    expect(await instances().findInstance("b")).toBeNull();
  });

  it("has one boot of an id that can come back: the latest", async () => {
    await register("a", "boot-1");
    await register("a", "boot-2", START + 1);
    expect(await instances().renewLease({ id: "a", bootId: "boot-1", now: START + 2 })).toEqual({ outcome: "lost" });
    expect(await instances().registerInstance({ facts: factsOf("a", "boot-1"), now: START + 2 })).toEqual({
      outcome: "superseded",
    });
    expect(await instances().findInstance("a")).toMatchObject({ bootId: "boot-2", status: "alive" });
  });

  it("refuses the id of another server's living boot without a trace", async () => {
    await register("a", "boot-1");
    const facts = factsOf("a", "boot-2", { server: "files" });
    expect(await instances().registerInstance({ facts, now: START })).toEqual({ outcome: "taken" });
    expect(await instances().findInstance("a")).toMatchObject({ bootId: "boot-1", status: "alive", server: "notes" });
  });

  it("loses a lease at its very millisecond, and finds it again", async () => {
    await register("a", "boot-1");
    expect(await instances().recordLostInstances(START + LEASE_MS - 1)).toEqual([]);
    expect(await instances().recordLostInstances(START + LEASE_MS)).toEqual([{ id: "a", server: "notes" }]);
    expect(await instances().findInstance("a")).toMatchObject({ status: "lost", endedAt: START + LEASE_MS });
    const renewed = await instances().renewLease({ id: "a", bootId: "boot-1", now: START + LEASE_MS + 5 });
    expect(renewed).toMatchObject({ outcome: "won", wasLost: true, instance: { status: "alive", endedAt: null } });
  });

  it("keeps leases over a time without a witness", async () => {
    await register("a", "boot-1");
    await instances().extendLeases(START + 100_000);
    expect(await instances().recordLostInstances(START + 99_999)).toEqual([]);
    expect(await instances().recordLostInstances(START + 100_000)).toHaveLength(1);
  });

  it("ends a boot that says goodbye, once", async () => {
    await register("a", "boot-1");
    const boot = { id: "a", bootId: "boot-1" };
    expect(await instances().stopInstance({ ...boot, now: START + 1 })).toMatchObject({
      instance: { status: "stopped" },
    });
    expect(await instances().stopInstance({ ...boot, now: START + 2 })).toEqual({ outcome: "lost" });
    expect(await instances().purgeInstances(START + 1, 10)).toBe(0);
    expect(await instances().purgeInstances(START + 2, 10)).toBe(1);
  });

  it("drains a living boot: no session is created for it meanwhile", async () => {
    await register("a", "boot-1");
    const drain = (until: number | null | undefined) =>
      instances().drainInstance({ id: "a", now: START, drain: until === undefined ? null : { deadlineAt: until } });
    expect(await drain(START + 5)).toMatchObject({ instance: { drain: { since: START, deadlineAt: START + 5 } } });
    await expect(fixture.create({ id: "s", server: "notes", instanceId: "a" })).rejects.toThrow();
    expect(await drain(undefined)).toMatchObject({ instance: { drain: null } });
    expect(await fixture.create({ id: "s", server: "notes", instanceId: "a" })).toMatchObject({ status: "active" });
  });

  it("lists the living, then those that ended lately", async () => {
    await register("old", "o");
    await register("gone", "g");
    await register("here", "h");
    await instances().stopInstance({ id: "old", bootId: "o", now: START + 1 });
    await instances().stopInstance({ id: "gone", bootId: "g", now: START + 10 });
    const listed = await instances().listInstances({ endedAfter: START + 5, limit: 10 });
    expect(listed.map(({ id }) => id)).toEqual(["here", "gone"]);
  });
}

const LATER = START + LEASE_MS;

/** Sessions of a boot whose lease has just run out, and short ways to say what happens to them. */
function lostSessions(fixture: StoreFixture) {
  const instances = () => fixture.store.instances;
  return {
    instances,
    openLost: async (ids: readonly string[]): Promise<void> => {
      await instances().registerInstance({ facts: factsOf("a", "boot-1"), now: START });
      for (const id of ids) await fixture.create({ id, server: "notes", instanceId: "a", idleTimeoutMs: 3_600_000 });
      await instances().recordLostInstances(LATER);
      fixture.changes.length = 0;
    },
    orphans: (limit = 100) => instances().disconnectOrphans({ now: LATER, limit, recoveryWindowMs: WINDOW_MS }),
    claim: (sessionId: string, boot: BootRef, now = LATER + 1) => instances().claimSession({ sessionId, ...boot, now }),
  };
}

export function claimContract(openFresh: OpenFreshStore): void {
  const fixture = storeFixture(openFresh);
  const { instances, openLost, orphans, claim } = lostSessions(fixture);

  it("gives a lost session to one claimant, under a new epoch that fences the old owner", async () => {
    await openLost(["s"]);
    await orphans();
    for (const id of ["b", "c"]) await instances().registerInstance({ facts: factsOf(id, `boot-${id}`), now: LATER });
    const results = await Promise.all([
      claim("s", { id: "b", bootId: "boot-b" }),
      claim("s", { id: "c", bootId: "boot-c" }),
    ]);
    expect(results.map(({ outcome }) => outcome)).toEqual(["won", "lost"]);
    const session = await fixture.read("s");
    expect(session).toMatchObject({ status: "active", instanceId: "b", endReason: null, activity: { epoch: 2 } });
    const write = {
      id: "s",
      mode: "merge",
      document: { a: 1 },
      ifVersion: null,
      maxBytes: 100,
      now: LATER + 2,
    } as const;
    expect(await fixture.store.writeState({ ...write, ifEpoch: 1 })).toEqual({ outcome: "lost" });
    expect(await fixture.store.writeState({ ...write, ifEpoch: 2 })).toMatchObject({ outcome: "won" });
    const late = { ...beatOf("s"), ifInstancePk: -1 };
    expect(await fixture.store.recordBeats([late], LATER + 2)).toEqual([{ outcome: "fenced" }]);
    expect(await fixture.eventTypes("s")).toEqual(["created", "disconnected", "claimed", "state_written"]);
  });

  it("does not give away what a living boot owns, nor anything to a boot that is none", async () => {
    await instances().registerInstance({ facts: factsOf("a", "boot-1"), now: START });
    await instances().registerInstance({ facts: factsOf("b", "boot-b"), now: START });
    await fixture.create({ id: "s", server: "notes", instanceId: "a" });
    expect(await claim("s", { id: "b", bootId: "boot-b" }, START + 1)).toEqual({ outcome: "lost" });
    expect(await claim("s", { id: "b", bootId: "nonsense" }, START + 1)).toEqual({ outcome: "lost" });
    expect(await fixture.read("s")).toMatchObject({ instanceId: "a", activity: { epoch: 1 } });
  });
}

export function ownershipContract(openFresh: OpenFreshStore): void {
  const fixture = storeFixture(openFresh);
  const { instances, openLost, orphans, claim } = lostSessions(fixture);

  it("disconnects the sessions of lost boots batch by batch, each with its event, and reports them", async () => {
    await openLost(["s", "t", "u"]);
    expect([await orphans(2), await orphans(2), await orphans(2)]).toEqual([
      { more: true },
      { more: false },
      { more: false },
    ]);
    expect(await fixture.read("u")).toMatchObject({
      ...{ status: "disconnected", endReason: "instance_lost", endedAt: LATER },
      activity: { disconnectedAt: LATER, deadlineAt: LATER + WINDOW_MS },
    });
    expect(fixture.changes).toHaveLength(3);
    expect(fixture.changes[0]).toMatchObject({ type: "ended", from: "active", status: "disconnected" });
    expect(await fixture.eventTypes("s")).toEqual(["created", "disconnected"]);
  });

  it("takes no beat for a disconnected session, and says so", async () => {
    await openLost(["s"]);
    await orphans();
    const outcomes = await fixture.store.recordBeats([beatOf("s", { activityAt: LATER, requests: 1 })], LATER + 1);
    expect(outcomes).toEqual([{ outcome: "disconnected", status: "disconnected", reason: "instance_lost" }]);
    expect((await fixture.read("s")).activity).toMatchObject({ requestCount: 0, lastHeartbeatAt: null });
  });

  it("revives what was lost with a boot that is alive again, with time for its heartbeats to arrive", async () => {
    await openLost(["s", "t"]);
    await orphans();
    const revive = (limit: number) => instances().reviveSessions({ now: LATER + 5, limit, graceMs: GRACE_MS });
    expect(await revive(10)).toEqual({ revived: 0, more: false });
    await instances().renewLease({ id: "a", bootId: "boot-1", now: LATER + 5 });
    expect([await revive(1), await revive(1), await revive(1)]).toEqual([
      { revived: 1, more: true },
      { revived: 1, more: true },
      { revived: 0, more: false },
    ]);
    expect(await fixture.read("s")).toMatchObject({
      ...{ status: "active", endReason: null, endedAt: null },
      activity: { disconnectedAt: null, epoch: 1, deadlineAt: START + 3_600_000 },
    });
    expect(await fixture.eventTypes("t")).toEqual(["created", "disconnected", "revived"]);
  });

  it("records a recovery window that is over as an expiry", async () => {
    await openLost(["s"]);
    await orphans();
    fixture.changes.length = 0;
    expect(await fixture.store.recordExpired(LATER + WINDOW_MS - 1, 10)).toMatchObject({ expired: 0 });
    expect(await fixture.store.recordExpired(LATER + WINDOW_MS, 10)).toMatchObject({ expired: 1 });
    const endedAt = LATER + WINDOW_MS;
    expect(await fixture.read("s")).toMatchObject({ status: "expired", endReason: "recovery_window_over", endedAt });
    expect(fixture.changes).toMatchObject([{ type: "ended", from: "disconnected", status: "expired" }]);
    expect(await claim("s", { id: "a", bootId: "boot-1" }, endedAt + 1)).toEqual({ outcome: "lost" });
  });

  it("closes and terminates disconnected sessions, and remembers what they were", async () => {
    await openLost(["s", "t"]);
    await orphans();
    fixture.changes.length = 0;
    expect(await fixture.end({ id: "s", now: LATER + 1 })).toBe("won");
    const termination = { as: "terminated", reason: "operator_terminated", commandId: "c", now: LATER + 1 } as const;
    expect(await fixture.end({ id: "t", ...termination })).toBe("won");
    expect(fixture.changes).toMatchObject([
      { type: "ended", from: "disconnected", status: "closed" },
      { type: "ended", from: "disconnected", status: "terminated" },
    ]);
    expect(await fixture.end({ id: "t", ...termination })).toBe("lost");
  });

  it("counts open sessions by server and boot", async () => {
    const registration = await instances().registerInstance({ facts: factsOf("a", "boot-1"), now: START });
    const instancePk = "instance" in registration ? registration.instance.pk : null;
    for (const id of ["s", "t"]) await fixture.create({ id, server: "notes", instanceId: "a" });
    await fixture.create({ id: "free", server: "notes" });
    const disconnect = {
      id: "t",
      reason: "transport_lost",
      detail: null,
      recoveryWindowMs: WINDOW_MS,
      now: START,
    } as const;
    await instances().disconnectSession(disconnect);
    const counts = await instances().countOpenSessions(START + 1);
    expect(counts).toHaveLength(3);
    expect(counts).toEqual(
      expect.arrayContaining([
        { server: "notes", instancePk, status: "active", count: 1 },
        { server: "notes", instancePk, status: "disconnected", count: 1 },
        { server: "notes", instancePk: null, status: "active", count: 1 },
      ]),
    );
  });
}
