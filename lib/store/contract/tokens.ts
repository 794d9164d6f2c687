import { expect, it } from "vitest";
import { beatOf, type OpenFreshStore, START } from "./store-fixture";
import { factsOf, LATER, redemptionOf, tokenFixture, TTL } from "./token-fixture";

export function tokenIssueContract(openFresh: OpenFreshStore): void {
  const fixture = tokenFixture(openFresh);

  it("keeps the facts of a token, says so in the log, and when the last good one expires", async () => {
    const { activity } = await fixture.create({ id: "s" });
    expect(await fixture.issue("a")).toBe("won");
    expect(await fixture.find("a")).toEqual({
      ...factsOf("a"),
      sessionId: "s",
      ...{ redeemedAt: null, successor: null, isSuccessorRedeemed: false, revokedAt: null },
    });
    expect(await fixture.find("b")).toBeNull();
    expect(await fixture.issue("b", { now: START + 5, expiresAt: START + 500 })).toBe("won");
    expect(await fixture.read("s")).toMatchObject({ tokenExpiresAt: START + TTL, activity });
    const data = { expiresAt: new Date(START + 500).toISOString() };
    expect(await fixture.lastEvent()).toMatchObject({ type: "token_issued", at: START + 5, data });
  });

  it("is for open sessions at the epoch that the token names", async () => {
    await fixture.create({ id: "s" });
    await fixture.create({ id: "closed" });
    await fixture.end({ id: "closed" });
    expect(await fixture.issue("a", { sessionId: "nobody" })).toBe("lost");
    expect(await fixture.issue("a", { sessionId: "closed" })).toBe("lost");
    expect(await fixture.issue("a", { now: START + 60_000 })).toBe("lost");
    expect(await fixture.issue("a", { epoch: 2 })).toBe("lost");
    expect(await fixture.find("a")).toBeNull();
    expect(await fixture.eventTypes("s")).toEqual(["created"]);
    const disconnect = {
      id: "s",
      reason: "transport_lost",
      detail: null,
      recoveryWindowMs: 60_000,
      now: START,
    } as const;
    await fixture.store.instances.disconnectSession(disconnect);
    expect(await fixture.issue("a")).toBe("won");
  });

  it("forgets the oldest good token of a session when there are too many, and no other's", async () => {
    await Promise.all([fixture.create({ id: "s" }), fixture.create({ id: "other" })]);
    await fixture.issue("other", { sessionId: "other", now: START - 1 });
    await fixture.issue("expired", { expiresAt: START + 1 });
    for (const [index, hash] of ["a", "b", "c"].entries()) await fixture.issue(hash, { now: START + 2 + index });
    await fixture.redeem("a", { now: START + 10 });
    await fixture.issue("d", { now: START + 11, maxGood: 3, epoch: 2 });
    const left = await Promise.all(["other", "expired", "a", "b", "c", "a'", "d"].map((hash) => fixture.find(hash)));
    expect(left.map((token) => token !== null)).toEqual([true, true, true, false, true, true, true]);
  });

  it("deletes tokens that expired long ago, as many as asked, and those of a purged session with it", async () => {
    await fixture.create({ id: "s" });
    for (const [index, hash] of ["a", "b", "c"].entries()) await fixture.issue(hash, { expiresAt: START + 10 + index });
    expect(await fixture.store.tokens.purgeTokens(START + 10, 10)).toBe(0);
    expect(await fixture.store.tokens.purgeTokens(START + 12, 1)).toBe(1);
    expect(await fixture.store.tokens.purgeTokens(START + 12, 10)).toBe(1);
    expect([await fixture.find("a"), await fixture.find("b")]).toEqual([null, null]);
    expect(await fixture.find("c")).not.toBeNull();
    await fixture.end({ id: "s" });
    await fixture.store.purgeEnded(START + 1, 10);
    expect(await fixture.find("c")).toBeNull();
  });
}

export function tokenRedemptionContract(openFresh: OpenFreshStore): void {
  const fixture = tokenFixture(openFresh);

  it("resumes an expired session under a new epoch; the successor takes the token's place", async () => {
    const { pk } = await fixture.create({ id: "s", instanceId: "i-0" });
    await fixture.issue("a");
    await fixture.store.recordBeats([beatOf("s", { activityAt: START + 1, inFlight: 2, requests: 4 })], START + 1);
    const now = START + 500_000;
    await fixture.store.recordExpired(now, 10);
    fixture.changes.length = 0;
    const successor = factsOf("b", { epoch: 2, issuedAt: now, expiresAt: now + TTL });
    const result = await fixture.store.tokens.redeemToken(redemptionOf("a", { successor, now }));
    const session = await fixture.read("s");
    expect(result).toEqual({ outcome: "won", session });
    expect(session).toMatchObject({
      ...{ status: "active", endReason: null, endDetail: null, endedAt: null, instanceId: "i-0", instancePk: null },
      ...{ reconnectCount: 1, tokenExpiresAt: now + TTL },
      activity: {
        ...{ epoch: 2, lastActivityAt: now, inFlight: 0, requestCount: 4 },
        ...{ deadlineAt: now + 60_000, disconnectedAt: null },
      },
    });
    expect(await fixture.find("a")).toMatchObject({ redeemedAt: now, successor, isSuccessorRedeemed: false });
    expect(await fixture.find("b")).toMatchObject({ ...successor, sessionId: "s", redeemedAt: null, successor: null });
    const data = { from: "expired", epoch: 2, instanceId: "i-0" };
    expect(await fixture.lastEvent()).toMatchObject({ type: "reconnected", at: now, data });
    const activity = { lastActivityAt: now, idleSince: now, deadlineAt: now + 60_000, lastHeartbeatAt: START + 1 };
    const origin = { server: "notes", client: null, protocol: null };
    const resumed = { type: "resumed", pk, from: "expired", createdAt: START, at: now, activity, origin };
    expect(fixture.changes).toEqual([resumed]);
    expect(await fixture.store.recordExpired(now + 59_999, 10)).toMatchObject({ expired: 0 });
    expect(await fixture.store.recordExpired(now + 60_000, 10)).toMatchObject({ expired: 1 });
  });

  it("takes over an active session, which stays one", async () => {
    const { pk } = await fixture.create({ id: "s" });
    await fixture.issue("a");
    fixture.changes.length = 0;
    expect(await fixture.redeem("a")).toBe("won");
    expect(fixture.changes).toMatchObject([{ type: "touched", pk, activity: { deadlineAt: LATER + 60_000 } }]);
    expect(await fixture.lastEvent()).toMatchObject({ data: { from: "active", epoch: 2, instanceId: null } });
  });

  it("resumes a disconnected session within its lifetime", async () => {
    await fixture.create({ id: "s", lifetimeMs: 30_000 });
    await fixture.issue("a");
    const disconnect = { reason: "transport_lost", detail: "gone", recoveryWindowMs: 60_000, now: START } as const;
    await fixture.store.instances.disconnectSession({ id: "s", ...disconnect });
    expect(await fixture.redeem("a", { now: START + 29_999 })).toBe("won");
    expect(await fixture.read("s")).toMatchObject({
      ...{ status: "active", endReason: null, endDetail: null, endedAt: null },
      activity: { disconnectedAt: null, deadlineAt: START + 30_000 },
    });
    expect(fixture.changes.at(-1)).toMatchObject({ type: "resumed", from: "disconnected", at: START + 29_999 });
  });

  it("has one winner, however many redeem a token at once, and one event", async () => {
    await fixture.create({ id: "s" });
    await fixture.issue("a");
    const attempts = Array.from({ length: 100 }, (_, index) =>
      fixture.redeem("a", { successor: factsOf(`b${String(index)}`, { epoch: 2 }) }),
    );
    const outcomes = await Promise.all(attempts);
    expect(outcomes).toEqual(["won", ...Array<string>(99).fill("lost")]);
    expect(await fixture.read("s")).toMatchObject({ reconnectCount: 1, activity: { epoch: 2 } });
    expect(await fixture.eventTypes("s")).toEqual(["created", "token_issued", "reconnected"]);
    expect(await fixture.find("a")).toMatchObject({ successor: { hash: "b0" } });
    expect(await fixture.find("b1")).toBeNull();
  });

  it("takes each of several tokens of a session, one after the other", async () => {
    await fixture.create({ id: "s" });
    await fixture.issue("a");
    await fixture.issue("b", { now: START + 1, expiresAt: START + 2 * TTL });
    expect(await fixture.redeem("a")).toBe("won");
    expect(await fixture.read("s")).toMatchObject({ tokenExpiresAt: START + 2 * TTL });
    expect(await fixture.redeem("b")).toBe("lost");
    expect(await fixture.redeem("b", { successor: factsOf("b'", { epoch: 3, expiresAt: LATER + TTL }) })).toBe("won");
    expect(await fixture.read("s")).toMatchObject({ reconnectCount: 2, tokenExpiresAt: LATER + TTL });
  });

  it("knows to which successor a token led, and whether that was redeemed in turn", async () => {
    await fixture.create({ id: "s" });
    await fixture.issue("a");
    await fixture.redeem("a");
    await fixture.redeem("a'", { successor: factsOf("a''", { epoch: 3 }) });
    expect(await fixture.find("a")).toMatchObject({ successor: { hash: "a'" }, isSuccessorRedeemed: true });
    expect(await fixture.find("a'")).toMatchObject({ successor: { hash: "a''" }, isSuccessorRedeemed: false });
  });

  it("is lost on a token that is unknown, used, expired or another session's", async () => {
    await Promise.all([fixture.create({ id: "s" }), fixture.create({ id: "other" })]);
    await fixture.issue("a", { expiresAt: START + 100 });
    expect(await fixture.redeem("unknown")).toBe("lost");
    expect(await fixture.redeem("a", { sessionId: "other" })).toBe("lost");
    expect(await fixture.redeem("a", { now: START + 100 })).toBe("lost");
    expect(await fixture.redeem("a", { now: START + 99 })).toBe("won");
    expect(await fixture.redeem("a", { now: START + 99, successor: factsOf("b", { epoch: 3 }) })).toBe("lost");
    expect(await fixture.read("s")).toMatchObject({ reconnectCount: 1 });
    expect(await fixture.eventTypes("other")).toEqual(["created"]);
  });

  it("is lost on a session that ended for good, has a successor, has lived out, or whose end is not on record", async () => {
    await fixture.create({ id: "closed" });
    await fixture.create({ id: "renewed" });
    await fixture.create({ id: "lived", lifetimeMs: 20_000 });
    await fixture.create({ id: "overdue", idleTimeoutMs: 300_000 });
    const ids = ["closed", "renewed", "lived", "overdue"];
    for (const id of ids) await fixture.issue(id, { sessionId: id });
    await fixture.end({ id: "closed" });
    await fixture.store.recordExpired(START + 100_000, 10);
    await fixture.store.renewSession({ id: "renewed", newId: "next", now: START + 100_000 });
    const before = await Promise.all(ids.map((id) => fixture.read(id)));
    for (const id of ids) expect(await fixture.redeem(id, { sessionId: id, now: START + 300_000 }), id).toBe("lost");
    expect(await Promise.all(ids.map((id) => fixture.read(id)))).toEqual(before);
  });

  it("survives the store's end", async () => {
    await fixture.create({ id: "s" });
    await fixture.issue("a");
    const store = await fixture.reopen();
    expect(await store.tokens.redeemToken(redemptionOf("a"))).toMatchObject({ outcome: "won" });
  });
}
