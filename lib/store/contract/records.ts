import { expect, it } from "vitest";
import { HealthProjection } from "@/lib/domain/projection/health-projection";
import { beatOf, type OpenFreshStore, START, storeFixture } from "./store-fixture";

const DAY_MS = 86_400_000;

export function retentionContract(openFresh: OpenFreshStore): void {
  const fixture = storeFixture(openFresh);

  it("deletes what ended before the limit, oldest first, with all that belongs to it", async () => {
    for (const [index, id] of ["a", "b", "c"].entries()) {
      await fixture.create({ id, idleTimeoutMs: 30 * DAY_MS });
      await fixture.end({ id, as: "terminated", commandId: `command-${id}`, now: START + index });
    }
    fixture.changes.length = 0;
    expect(await fixture.store.purgeEnded(START + 2, 1)).toBe(1);
    await expect(fixture.store.findSession("a")).resolves.toBeNull();
    expect(await fixture.eventTypes("a")).toEqual([]);
    expect(await fixture.store.purgeEnded(START + 2, 10)).toBe(1);
    expect(await fixture.store.purgeEnded(START + 2, 10)).toBe(0);
    expect(await fixture.eventTypes("c")).toEqual(["created", "terminated"]);
    expect(fixture.changes).toEqual([
      { type: "purged", pk: 1, status: "terminated" },
      { type: "purged", pk: 2, status: "terminated" },
    ]);
  });

  it("never deletes what is still active, however old", async () => {
    await fixture.create({ id: "s", idleTimeoutMs: 1_000 });
    expect(await fixture.store.purgeEnded(START + 400 * DAY_MS, 10)).toBe(0);
    expect(await fixture.read("s")).toMatchObject({ status: "active" });
  });

  it("frees the id and the idempotency key of what it deleted, but not its place in the order", async () => {
    const { pk } = await fixture.create({ id: "s" });
    await fixture.end({ id: "s" });
    await fixture.store.purgeEnded(START + 1, 10);
    const again = await fixture.create({ id: "s" });
    expect(again.pk).toBeGreaterThan(pk);
    expect(await fixture.eventTypes("s")).toEqual(["created"]);
  });
}

export function eventContract(openFresh: OpenFreshStore): void {
  const fixture = storeFixture(openFresh);

  it("has one event per transition, in one order over all sessions", async () => {
    await fixture.create({ id: "a" });
    await fixture.create({ id: "b" });
    await fixture.store.updateSession({ id: "a", now: START + 1, changes: { principal: "p", labels: { x: "y" } } });
    await fixture.end({ id: "b", as: "terminated", reason: "operator_terminated", detail: "why", now: START + 2 });
    await fixture.store.recordExpired(START + 60_000, 10);
    const [a, b] = await Promise.all(["a", "b"].map((id) => fixture.store.listEvents(id, { after: 0, limit: 10 })));
    expect([...(a ?? []), ...(b ?? [])].sort((x, y) => x.seq - y.seq)).toEqual([
      { seq: 1, type: "created", at: START, reason: null, data: null },
      { seq: 2, type: "created", at: START, reason: null, data: null },
      { seq: 3, type: "updated", at: START + 1, reason: null, data: { changed: ["principal", "labels"] } },
      { seq: 4, type: "terminated", at: START + 2, reason: "operator_terminated", data: { detail: "why" } },
      { seq: 5, type: "expired", at: START + 60_000, reason: "idle_timeout", data: null },
    ]);
  });

  it("pages through a timeline by sequence number", async () => {
    await fixture.create({ id: "s" });
    for (const principal of ["1", "2", "3", "4"]) {
      await fixture.store.updateSession({ id: "s", now: START, changes: { principal } });
    }
    const first = await fixture.store.listEvents("s", { after: 0, limit: 2 });
    const second = await fixture.store.listEvents("s", { after: first.at(-1)?.seq ?? 0, limit: 10 });
    expect([first.length, second.length]).toEqual([2, 3]);
    expect(new Set([...first, ...second].map(({ seq }) => seq)).size).toBe(5);
  });
}

export function commandContract(openFresh: OpenFreshStore): void {
  const fixture = storeFixture(openFresh);
  const terminate = (id: string, now = START) =>
    fixture.end({
      id,
      as: "terminated",
      reason: "operator_terminated",
      detail: `end ${id}`,
      commandId: `c-${id}`,
      now,
    });
  const open = async (ids: string[], since = START) =>
    (await fixture.store.openCommands(ids, since)).map(({ id }) => id);

  it("keeps a termination open for its server until it is acknowledged", async () => {
    await fixture.create({ id: "victim", server: "notes" });
    await fixture.create({ id: "other", server: "notes" });
    await terminate("victim");
    const command = { id: "c-victim", type: "terminate", sessionId: "victim", reason: "end victim", createdAt: START };
    expect(await fixture.store.openCommands(["other"], START)).toEqual([command]);
    expect(await fixture.store.openCommands(["victim"], START)).toEqual([command]);
    const acks = ["c-victim", "never-issued"].map((id) => ({ id, outcome: "done" as const, detail: null, by: null }));
    expect(await fixture.store.acknowledgeCommands(acks, START + 1)).toEqual(["c-victim"]);
    expect(await open(["other", "victim"])).toEqual([]);
  });

  it("leaves no command for an end that lost, or that its server already knows of", async () => {
    await fixture.create({ id: "s" });
    await fixture.end({ id: "s" });
    expect(await terminate("s")).toBe("lost");
    expect(await open(["s"])).toEqual([]);
  });

  it("speaks to the server concerned, and to the very instance if it has one", async () => {
    await fixture.create({ id: "one", server: "notes", instanceId: "i1" });
    await fixture.create({ id: "same-instance", server: "notes", instanceId: "i1" });
    await fixture.create({ id: "other-instance", server: "notes", instanceId: "i2" });
    await fixture.create({ id: "other-server", server: "search", instanceId: "i1" });
    await terminate("one");
    expect(await open(["same-instance"])).toEqual(["c-one"]);
    expect(await open(["other-instance"])).toEqual([]);
    expect(await open(["other-server"])).toEqual([]);
    expect(await open(["nobody"])).toEqual([]);
    expect(await open(["other-server", "other-instance", "same-instance"])).toEqual(["c-one"]);
  });

  it("answers the oldest first, and none that is older than asked for", async () => {
    await fixture.create({ id: "a" });
    await fixture.create({ id: "b" });
    await terminate("b", START + 1);
    await terminate("a", START + 2);
    expect(await open(["a"])).toEqual(["c-b", "c-a"]);
    expect(await open(["a"], START + 2)).toEqual(["c-a"]);
  });

  it("still has them after it was closed and opened again, once its figures are rebuilt", async () => {
    await fixture.create({ id: "a" });
    await terminate("a");
    await fixture.reopen();
    await fixture.store.rebuild(new HealthProjection({ agingAfterMs: 1, staleAfterMs: 2 }), START);
    expect(await open(["a"])).toEqual(["c-a"]);
  });
}

export function lifeContract(openFresh: OpenFreshStore): void {
  const fixture = storeFixture(openFresh);

  it("remembers when the last run was last seen alive", async () => {
    const first = await fixture.store.startRun(START);
    expect(first.lastSeenAt).toBeNull();
    await fixture.store.markRunAlive(first.runId, START + 5_000);
    const second = await fixture.store.startRun(START + 9_000);
    expect(second).toEqual({ runId: first.runId + 1, lastSeenAt: START + 5_000 });
    await fixture.store.stopRun(second.runId, START + 12_000);
    expect(await fixture.store.startRun(START + 20_000)).toMatchObject({ lastSeenAt: START + 12_000 });
  });

  it("tells its listeners of a write before the writer is answered", async () => {
    const order: string[] = [];
    fixture.store.onCommit((changes) => order.push(...changes.map(({ type }) => `heard ${type}`)));
    await fixture.create({ id: "s" }).then(() => order.push("answered create"));
    await fixture.store.recordBeats([beatOf("s")], START).then(() => order.push("answered beat"));
    await fixture.end({ id: "s" }).then(() => order.push("answered end"));
    expect(order).toEqual([
      "heard created",
      "answered create",
      "heard touched",
      "answered beat",
      "heard ended",
      "answered end",
    ]);
  });

  it("has written what it answered: another reader sees it at once", async () => {
    await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        const { id } = await fixture.create({ id: `s-${String(index)}` });
        expect(await fixture.read(id)).toMatchObject({ status: "active" });
        await fixture.end({ id });
        expect(await fixture.read(id)).toMatchObject({ status: "closed" });
      }),
    );
  });

  it("answers a ping and says how large its log is", async () => {
    await expect(fixture.store.ping()).resolves.toBeUndefined();
    expect((await fixture.store.maintain()).walBytes).toBeGreaterThanOrEqual(0);
  });

  it("finishes accepted writes when it is closed, and refuses later ones", async () => {
    const writes = Array.from({ length: 20 }, (_, index) => fixture.create({ id: `s-${String(index)}` }));
    const { store } = fixture;
    const reopening = fixture.reopen();
    await expect(store.recordBeats([beatOf("s-1")], START)).rejects.toMatchObject({ code: "shutting_down" });
    await reopening;
    for (const { id } of await Promise.all(writes)) expect(await fixture.read(id)).toMatchObject({ id });
  });
}
