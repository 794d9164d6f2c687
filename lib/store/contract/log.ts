import { expect, it } from "vitest";
import type { LogQuery } from "../log-store";
import { beatOf, type OpenFreshStore, START, storeFixture } from "./store-fixture";

export function logContract(openFresh: OpenFreshStore): void {
  const fixture = storeFixture(openFresh);
  const read = async (query: Partial<LogQuery> = {}) => {
    const all = { after: 0, upTo: null, limit: 100, server: null, sessionId: null };
    const entries = await fixture.store.log.read({ ...all, ...query });
    return entries.map(({ seq, type, sessionId }) => `${String(seq)} ${sessionId} ${type}`);
  };

  it("is one sequence over all sessions, each entry with its session", async () => {
    const { pk } = await fixture.create({ id: "a", server: "notes" });
    await fixture.create({ id: "b", server: "files" });
    await fixture.end({ id: "a", detail: "done", now: START + 1 });
    const [first, , last] = await fixture.store.log.read({
      ...{ after: 0, upTo: null, limit: 10, server: null, sessionId: null },
    });
    const session = { pk, sessionId: "a", server: "notes" };
    expect(first).toEqual({ seq: 1, type: "created", at: START, reason: null, data: null, ...session });
    expect(last).toEqual({
      ...{ seq: 3, type: "closed", at: START + 1, reason: "client_closed", data: { detail: "done" } },
      ...session,
    });
    expect(await read()).toEqual(["1 a created", "2 b created", "3 a closed"]);
  });

  it("can be read in pieces, and for one server or one session", async () => {
    await fixture.create({ id: "a", server: "notes" });
    await fixture.create({ id: "b", server: "files" });
    await fixture.create({ id: "c", server: "notes" });
    await fixture.end({ id: "a" });
    expect(await read({ after: 1, limit: 2 })).toEqual(["2 b created", "3 c created"]);
    expect(await read({ after: 1, upTo: 3 })).toEqual(["2 b created", "3 c created"]);
    expect(await read({ server: "notes", limit: 2 })).toEqual(["1 a created", "3 c created"]);
    expect(await read({ sessionId: "a" })).toEqual(["1 a created", "4 a closed"]);
    expect(await read({ sessionId: "a", server: "files" })).toEqual([]);
  });

  it("knows how far it goes, also when its last entries have been purged", async () => {
    expect(await fixture.store.log.position()).toBe(0);
    await fixture.create({ id: "a" });
    await fixture.end({ id: "a" });
    expect(await fixture.store.log.position()).toBe(2);
    await fixture.store.purgeEnded(START + 1, 10);
    expect([await read(), await fixture.store.log.position()]).toEqual([[], 2]);
  });

  it("tells when it may have grown, before the writer is answered, and is silent about mere heartbeats", async () => {
    const order: string[] = [];
    fixture.store.log.onGrowth(() => order.push("grown"));
    await fixture.create({ id: "a" }).then(() => order.push("created"));
    await fixture.store.recordBeats([beatOf("a")], START).then(() => order.push("beat"));
    await fixture.store
      .updateSession({ id: "a", now: START, changes: { principal: "p" } })
      .then(() => order.push("updated"));
    expect(order).toEqual(["grown", "created", "beat", "grown", "updated"]);
  });

  it("finds the keys of those sessions that are on record", async () => {
    const { pk } = await fixture.create({ id: "a" });
    expect(await fixture.store.log.findPks(["a", "nobody"])).toEqual(new Map([["a", pk]]));
  });
}
