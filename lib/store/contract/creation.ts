import { expect, it } from "vitest";
import type { SessionFacts } from "@/lib/domain/session";
import { sampleFacts } from "./sample-facts";
import { type OpenFreshStore, START, storeFixture } from "./store-fixture";

const EVERYTHING: SessionFacts = {
  id: "a/b?c#d%20e",
  kind: "handle",
  server: "notes",
  serverVersion: "1.0.0",
  instanceId: "boot-1",
  clientId: "client-1",
  clientInfo: { name: "claude-ai", version: "0.9", icons: [{ src: "https://example.com/🎈.png" }] },
  capabilities: { tools: {}, resources: { subscribe: true } },
  protocolVersion: "2025-11-25",
  transport: "streamable-http",
  principal: "user-42",
  mcpServers: ["notes", "search"],
  labels: { team: "core", "app.kubernetes.io/name": "notes ✓" },
  idleTimeoutMs: 45_000,
  lifetimeMs: 3_600_000,
};

export function creationContract(openFresh: OpenFreshStore): void {
  const fixture = storeFixture(openFresh);
  const createWith = (id: string, key: string, hash = "hash") =>
    fixture.store.createSession({ facts: sampleFacts({ id }), idempotency: { key, hash }, now: START });

  it("keeps every fact as it was told and answers what it kept", async () => {
    const created = await fixture.create(EVERYTHING);
    expect(created).toMatchObject({
      ...EVERYTHING,
      status: "active",
      createdAt: START,
      endedAt: null,
      endReason: null,
    });
    expect(created.activity).toEqual({
      disconnectedAt: null,
      epoch: 1,
      lastActivityAt: START,
      lastHeartbeatAt: null,
      inFlight: 0,
      requestCount: 0,
      errorCount: 0,
      lifetimeEndsAt: START + 3_600_000,
      deadlineAt: START + 45_000,
    });
    expect(await fixture.read(EVERYTHING.id)).toEqual(created);
  });

  it("keeps what is not known as null, not as something else", async () => {
    const created = await fixture.create({ id: "bare" });
    expect(await fixture.read("bare")).toEqual(created);
    expect(created).toMatchObject({ clientInfo: null, capabilities: null, lifetimeMs: null, principal: null });
  });

  it("lets the lifetime set the first deadline when it is the shorter one", async () => {
    const { activity } = await fixture.create({ id: "short", idleTimeoutMs: 60_000, lifetimeMs: 5_000 });
    expect(activity.deadlineAt).toBe(START + 5_000);
  });

  it("knows no session that was never created", async () => {
    await expect(fixture.store.findSession("nobody")).resolves.toBeNull();
    await expect(fixture.store.findSessionByIdempotencyKey("nobody")).resolves.toBeNull();
  });

  it("leaves an id to whoever took it first, without a trace of the loser", async () => {
    const first = await fixture.create({ id: "same", server: "first" });
    const loser = { facts: sampleFacts({ id: "same", server: "second" }), idempotency: null, now: START + 1 };
    expect(await fixture.store.createSession(loser)).toEqual({ outcome: "lost" });
    expect(await fixture.read("same")).toEqual(first);
    expect(await fixture.eventTypes("same")).toEqual(["created"]);
    expect(fixture.changes).toHaveLength(1);
  });

  it("gives an id to exactly one of many that ask for it at once", async () => {
    const askers = Array.from({ length: 20 }, (_, index) =>
      sampleFacts({ id: "same", clientId: `asker-${String(index)}` }),
    );
    const results = await Promise.all(
      askers.map((facts) => fixture.store.createSession({ facts, idempotency: null, now: START })),
    );
    const winners = results.filter(({ outcome }) => outcome === "created");
    expect(winners).toHaveLength(1);
    expect(winners).toMatchObject([{ outcome: "created", session: await fixture.read("same") }]);
    expect(await fixture.eventTypes("same")).toEqual(["created"]);
  });

  it("creates many at once, each with its own facts, in the order in which they came", async () => {
    const ids = Array.from({ length: 200 }, (_, index) => `s-${String(index)}`);
    const created = await Promise.all(ids.map((id) => fixture.create({ id, server: `server-${id.slice(-1)}` })));
    expect(created.map(({ id }) => id)).toEqual(ids);
    expect(created.map(({ pk }) => pk)).toEqual(created.map(({ pk }) => pk).sort((a, b) => a - b));
    const stored = await fixture.store.findSessionsByPk(created.map(({ pk }) => pk));
    expect(stored).toEqual(created);
  });

  it("finds a session by its idempotency key, with the hash of the request", async () => {
    await createWith("keyed", "key-1", "hash-1");
    const found = await fixture.store.findSessionByIdempotencyKey("key-1");
    expect(found).toEqual({ session: await fixture.read("keyed"), hash: "hash-1" });
  });

  it("creates one session per idempotency key, also when two ask at once", async () => {
    const results = await Promise.all([
      createWith("one", "key-1"),
      createWith("two", "key-1"),
      createWith("three", "key-2"),
    ]);
    expect(results.map(({ outcome }) => outcome)).toEqual(["created", "lost", "created"]);
    await expect(fixture.store.findSession("two")).resolves.toBeNull();
  });

  it("answers sessions by key in the order asked for, leaving out what is missing", async () => {
    const [a, b] = [await fixture.create({ id: "a" }), await fixture.create({ id: "b" })];
    expect(await fixture.store.findSessionsByPk([b.pk, 999_999, a.pk])).toEqual([b, a]);
    expect(await fixture.store.findSessionsByPk([])).toEqual([]);
  });

  it("still has everything after it was closed and opened again", async () => {
    const created = await fixture.create(EVERYTHING);
    await fixture.reopen();
    expect(await fixture.read(EVERYTHING.id)).toEqual(created);
  });
}
