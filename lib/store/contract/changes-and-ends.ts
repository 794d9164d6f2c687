import { expect, it } from "vitest";
import { MAX_LABELS } from "@/lib/contract/primitives";
import type { SessionUpdate } from "../session-store";
import { beatOf, type OpenFreshStore, START, storeFixture } from "./store-fixture";

const LATER = START + 10_000;

export function updateContract(openFresh: OpenFreshStore): void {
  const fixture = storeFixture(openFresh);
  const update = (id: string, changes: SessionUpdate["changes"], now = LATER) =>
    fixture.store.updateSession({ id, now, changes });

  it("changes what is named and leaves the rest", async () => {
    const before = await fixture.create({ id: "s", clientId: "client-1", principal: "user-1", labels: { a: "1" } });
    const changes = { clientInfo: { name: "cli" }, capabilities: { tools: {} }, principal: null, serverVersion: "2" };
    const result = await update("s", changes);
    expect(result).toEqual({ outcome: "won", session: { ...before, ...changes } });
    expect(await fixture.read("s")).toEqual({ ...before, ...changes });
  });

  it("merges labels: new ones join, known ones change, null removes one", async () => {
    await fixture.create({ id: "s", labels: { keep: "1", change: "1", drop: "1" } });
    const result = await update("s", { labels: { change: "2", drop: null, add: "3", "was-never-there": null } });
    expect(result).toMatchObject({ outcome: "won", session: { labels: { keep: "1", change: "2", add: "3" } } });
  });

  it("refuses labels beyond the limit as a whole, counted after the merge", async () => {
    const full = Object.fromEntries(Array.from({ length: MAX_LABELS }, (_, index) => [`k${String(index)}`, "v"]));
    await fixture.create({ id: "s", labels: full });
    expect(await update("s", { labels: { extra: "v" }, principal: "new" })).toEqual({ outcome: "lost" });
    expect(await fixture.read("s")).toMatchObject({ labels: full, principal: null });
    expect(await fixture.eventTypes("s")).toEqual(["created"]);
    expect(await update("s", { labels: { extra: "v", k0: null } })).toMatchObject({ outcome: "won" });
  });

  it("moves the deadline when a timeout changes, forwards and backwards", async () => {
    await fixture.create({ id: "s" });
    const deadlines = [];
    for (const changes of [{ idleTimeoutMs: 90_000 }, { lifetimeMs: 40_000 }, { lifetimeMs: null }]) {
      const result = await update("s", changes);
      deadlines.push(result.outcome === "won" && result.session.activity.deadlineAt - START);
    }
    expect(deadlines).toEqual([90_000, 40_000, 90_000]);
  });

  it("has a session with a shortened timeout expire on time, as the sweep learns too", async () => {
    await fixture.create({ id: "s", idleTimeoutMs: 3_600_000 });
    await update("s", { idleTimeoutMs: 20_000 });
    expect(await fixture.store.recordExpired(START + 19_999, 10)).toMatchObject({ expired: 0 });
    expect(await fixture.store.recordExpired(START + 20_000, 10)).toMatchObject({ expired: 1 });
    expect(await fixture.read("s")).toMatchObject({ status: "expired", endedAt: START + 20_000 });
  });

  it("applies the changed timeout to later heartbeats", async () => {
    await fixture.create({ id: "s" });
    await update("s", { idleTimeoutMs: 5_000 });
    const [outcome] = await fixture.store.recordBeats([beatOf("s", { activityAt: START + 4_000 })], START + 4_000);
    expect(outcome).toEqual({ outcome: "ok", deadlineAt: START + 9_000 });
  });

  it("is no activity and reports nothing when no deadline moves", async () => {
    const { activity } = await fixture.create({ id: "s" });
    fixture.changes.length = 0;
    await update("s", { principal: "user-2" });
    expect((await fixture.read("s")).activity).toEqual(activity);
    expect(fixture.changes).toEqual([]);
  });

  it("loses on a session that is unknown, has ended or is overdue", async () => {
    await fixture.create({ id: "closed" });
    await fixture.end({ id: "closed" });
    await fixture.create({ id: "overdue", idleTimeoutMs: 10_000 });
    const results = await Promise.all(["nobody", "closed", "overdue"].map((id) => update(id, { principal: "late" })));
    expect(results).toEqual(Array(3).fill({ outcome: "lost" }));
    expect(await fixture.read("overdue")).toMatchObject({ principal: null });
  });

  it("carries out changes of one session in the order in which they came", async () => {
    await fixture.create({ id: "s" });
    const steps = Array.from({ length: 20 }, (_, index) => `user-${String(index)}`);
    await Promise.all(steps.map((principal) => update("s", { principal, labels: { [principal]: "yes" } })));
    expect(await fixture.read("s")).toMatchObject({
      principal: "user-19",
      labels: Object.fromEntries(steps.map((step) => [step, "yes"])),
    });
  });
}

export function endContract(openFresh: OpenFreshStore): void {
  const fixture = storeFixture(openFresh);

  it("records how, why and when a session ended, and reports it", async () => {
    const { pk } = await fixture.create({ id: "s" });
    fixture.changes.length = 0;
    const reason = "operator_terminated";
    await fixture.end({ id: "s", as: "terminated", reason, detail: "stuck", commandId: "c", now: LATER });
    expect(await fixture.read("s")).toMatchObject({
      status: "terminated",
      endReason: reason,
      endDetail: "stuck",
      endedAt: LATER,
    });
    expect(fixture.changes).toEqual([
      {
        type: "ended",
        pk,
        from: "active",
        status: "terminated",
        reason,
        createdAt: START,
        endedAt: LATER,
        recoverUntil: null,
      },
    ]);
  });

  it("answers the ended session to the one who ended it", async () => {
    await fixture.create({ id: "s" });
    const end = { id: "s", as: "closed", reason: "server_closed", detail: null, commandId: null, now: LATER } as const;
    expect(await fixture.store.endSession(end)).toMatchObject({ outcome: "won", session: await fixture.read("s") });
  });

  it("ends a session once, whoever tries at the same time and however often", async () => {
    await fixture.create({ id: "s" });
    const attempts = Array.from({ length: 10 }, (_, index) => ({
      id: "s",
      as: index % 2 === 0 ? ("closed" as const) : ("terminated" as const),
      detail: String(index),
    }));
    const outcomes = await Promise.all(attempts.map((attempt) => fixture.end(attempt)));
    expect(outcomes).toEqual(["won", ...Array<string>(9).fill("lost")]);
    expect(await fixture.read("s")).toMatchObject({ status: "closed", endDetail: "0" });
    expect(await fixture.eventTypes("s")).toEqual(["created", "closed"]);
  });

  it("does not end what is unknown, or what has reached its deadline", async () => {
    await fixture.create({ id: "s" });
    expect(await fixture.end({ id: "nobody" })).toBe("lost");
    expect(await fixture.end({ id: "s", now: START + 60_000 })).toBe("lost");
    expect(await fixture.end({ id: "s", now: START + 59_999 })).toBe("won");
  });

  it("is final: neither heartbeat nor sweep nor change touches it again", async () => {
    await fixture.create({ id: "s" });
    await fixture.end({ id: "s", now: LATER });
    const ended = await fixture.read("s");
    await fixture.store.recordBeats([beatOf("s", { activityAt: LATER + 1, requests: 9 })], LATER + 1);
    await fixture.store.updateSession({ id: "s", now: LATER + 1, changes: { principal: "late" } });
    await fixture.store.recordExpired(START + 3_600_000, 100);
    expect(await fixture.read("s")).toEqual(ended);
    expect(await fixture.eventTypes("s")).toEqual(["created", "closed"]);
  });

  it("ends many sessions at once, each with its own reason and one event", async () => {
    const ids = Array.from({ length: 50 }, (_, index) => `s-${String(index)}`);
    await Promise.all(ids.map((id) => fixture.create({ id })));
    const outcomes = await Promise.all(ids.map((id) => fixture.end({ id, detail: `because ${id}` })));
    expect(outcomes).toEqual(ids.map(() => "won"));
    for (const id of ids) {
      const [, event] = await fixture.store.listEvents(id, { after: 0, limit: 10 });
      expect(event).toMatchObject({ type: "closed", reason: "client_closed", data: { detail: `because ${id}` } });
    }
  });
}
