import { expect, it } from "vitest";
import { type OpenFreshStore, START } from "./store-fixture";
import { factsOf, LATER, tokenFixture } from "./token-fixture";

export function tokenInstanceContract(openFresh: OpenFreshStore): void {
  const fixture = tokenFixture(openFresh);
  const register = async (id: string, bootId = "boot-1", server = "notes") => {
    const about = { serverVersion: null, host: null, pid: 7, sdk: null, protocolVersions: [] };
    const facts = { id, bootId, server, ...about, startedAt: START, leaseMs: 30_000 };
    await fixture.store.instances.registerInstance({ facts, now: START });
  };

  it("gives the session to the boot that redeems, under its lease", async () => {
    await register("i-1");
    await fixture.create({ id: "s", instanceId: "i-0" });
    await fixture.issue("a");
    expect(await fixture.redeem("a", { instance: { id: "i-1", bootId: "boot-1" } })).toBe("won");
    const { instanceId, instancePk } = await fixture.read("s");
    expect(instanceId).toBe("i-1");
    expect(instancePk).toBe((await fixture.store.instances.findInstance("i-1"))?.pk);
    expect(await fixture.lastEvent()).toMatchObject({ data: { instanceId: "i-1" } });
    const open = await fixture.store.instances.countOpenSessions(LATER);
    expect(open).toEqual([{ server: "notes", instancePk, status: "active", count: 1 }]);
  });

  it("leaves it with the boot that has it when none is named, as long as that lives", async () => {
    await register("i-1");
    await fixture.create({ id: "s", instanceId: "i-1" });
    const { instancePk } = await fixture.read("s");
    await fixture.issue("a");
    await fixture.redeem("a");
    const counted = async () => (await fixture.store.instances.countOpenSessions(LATER))[0]?.instancePk;
    expect(await counted()).toBe(instancePk);
    await fixture.store.instances.stopInstance({ id: "i-1", bootId: "boot-1", now: LATER });
    await fixture.redeem("a'", { successor: factsOf("a''", { epoch: 3 }) });
    expect(await counted()).toBeNull();
    expect(await fixture.read("s")).toMatchObject({ instanceId: "i-1", instancePk });
  });

  it("is lost for a boot that is unknown, superseded, draining or another server's, and leaves the token good", async () => {
    await register("old", "boot-1");
    await register("old", "boot-2");
    await register("draining");
    await fixture.store.instances.drainInstance({ id: "draining", now: START, drain: { deadlineAt: null } });
    await register("foreign", "boot-1", "calendar");
    await fixture.create({ id: "s" });
    await fixture.issue("a");
    for (const id of ["nobody", "old", "draining", "foreign"]) {
      expect(await fixture.redeem("a", { instance: { id, bootId: "boot-1" } }), id).toBe("lost");
    }
    expect(await fixture.redeem("a", { instance: { id: "old", bootId: "boot-2" } })).toBe("won");
  });
}

export function tokenReuseContract(openFresh: OpenFreshStore): void {
  const fixture = tokenFixture(openFresh);
  const createRedeemed = async () => {
    const { pk } = await fixture.create({ id: "s", instanceId: "i-1" });
    await fixture.issue("a");
    await fixture.issue("b", { now: START + 1 });
    await fixture.redeem("a");
    fixture.changes.length = 0;
    return pk;
  };

  it("terminates the session, revokes its tokens and tells its server", async () => {
    const pk = await createRedeemed();
    expect(await fixture.punish("a", LATER + 1)).toBe("won");
    expect(await fixture.read("s")).toMatchObject({
      ...{ status: "terminated", endReason: "token_reuse", endedAt: LATER + 1, tokenExpiresAt: null },
    });
    for (const hash of ["a", "a'", "b"]) expect(await fixture.find(hash)).toMatchObject({ revokedAt: LATER + 1 });
    expect(await fixture.lastEvent()).toMatchObject({
      ...{ type: "terminated", at: LATER + 1, reason: "token_reuse", data: { commandId: "c" } },
    });
    const end = { from: "active", status: "terminated", reason: "token_reuse", createdAt: START, endedAt: LATER + 1 };
    expect(fixture.changes).toEqual([{ type: "ended", pk, ...end, recoverUntil: null }]);
    const [command] = await fixture.store.openCommands(["s"], START);
    expect(command).toMatchObject({ id: "c", type: "terminate", sessionId: "s" });
    expect(fixture.store.openCommandsOf({ server: "notes", id: "i-1" }, START)).toEqual([command]);
    expect(await fixture.redeem("b", { successor: factsOf("x", { epoch: 3 }) })).toBe("lost");
    expect(await fixture.store.recordExpired(START + 86_400_000, 10)).toMatchObject({ expired: 0 });
  });

  it("terminates an expired session without a command: its server has dropped it", async () => {
    await createRedeemed();
    await fixture.store.recordExpired(LATER + 60_000, 10);
    expect(await fixture.punish("a", LATER + 60_001)).toBe("won");
    expect(await fixture.lastEvent()).toMatchObject({ type: "terminated", data: { from: "expired" } });
    expect(fixture.changes.at(-1)).toMatchObject({ type: "ended", from: "expired", status: "terminated" });
    expect(await fixture.store.openCommands(["s"], START)).toEqual([]);
  });

  it("happens once, to sessions that have not ended for good, for tokens of theirs that were used", async () => {
    await createRedeemed();
    await fixture.create({ id: "other" });
    expect(await fixture.punish("b")).toBe("lost");
    expect(await fixture.punish("unknown")).toBe("lost");
    expect(await fixture.punish("a", LATER, "other")).toBe("lost");
    const outcomes = await Promise.all([fixture.punish("a"), fixture.punish("a")]);
    expect(outcomes).toEqual(["won", "lost"]);
    expect((await fixture.eventTypes("s")).filter((type) => type === "terminated")).toHaveLength(1);
    expect(await fixture.read("other")).toMatchObject({ status: "active" });
  });

  it("leaves a closed session closed", async () => {
    await createRedeemed();
    await fixture.end({ id: "s", now: LATER });
    expect(await fixture.punish("a", LATER + 1)).toBe("lost");
    expect(await fixture.read("s")).toMatchObject({
      status: "closed",
      endReason: "client_closed",
      tokenExpiresAt: null,
    });
  });
}
