import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { HoldfastError } from "@/lib/domain/errors";
import { sweepInstances } from "@/lib/services/sweep-instances";
import { instanceCalls } from "@/lib/testing/instance-calls";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";

const LEASE_MS = 30_000;
const WINDOW_MS = 15 * 60_000;

describe("leases over HTTP", () => {
  let registry: TestRegistry;
  let calls: ReturnType<typeof instanceCalls>;
  beforeEach(async () => {
    registry = await startTestRegistry();
    calls = instanceCalls(registry);
  });
  afterEach(() => registry.close());

  const sweep = () => sweepInstances(registry.runtime.context);
  const typesOf = async (id: string) => (await calls.events(id)).map(({ type }) => type);
  const loseLease = async () => {
    registry.time.advance(LEASE_MS);
    await sweep();
  };

  describe("a lease", () => {
    it("is renewed by heartbeats, which report on the instance's sessions", async () => {
      await calls.register("notes-1", "boot-a");
      await calls.open("s", { instanceId: "notes-1", bootId: "boot-a" });
      registry.time.advance(20_000);
      const reply = await calls.beat("notes-1", "boot-a", {
        sessions: [{ id: "s", idleMs: 500, requests: 3 }, { id: "x" }],
      });
      expect(reply).toMatchObject({
        status: 200,
        body: {
          revived: 0,
          leaseExpiresAt: new Date(registry.time.now() + LEASE_MS).toISOString(),
          results: [
            { id: "s", outcome: "ok", status: "active" },
            { id: "x", outcome: "unknown" },
          ],
        },
      });
      expect(await calls.session("s")).toMatchObject({ idleMs: 500, requestCount: 3 });
      registry.time.advance(20_000);
      expect(await sweep()).toBe(0);
    });

    it("that comes back gives its sessions time, and their expiry is on record as soon as it is over", async () => {
      await calls.register("notes-1", "boot-a");
      await calls.open("s", { instanceId: "notes-1", idleTimeoutMs: LEASE_MS + 10_000 });
      registry.time.advance(LEASE_MS);
      await sweep();
      registry.time.advance(9_000);
      const sessions = [{ id: "s", idleMs: LEASE_MS + 8_000 }];
      expect(await calls.beat("notes-1", "boot-a", { sessions })).toMatchObject({ body: { revived: 1 } });
      registry.time.advance(2_000);
      await registry.sweep();
      const types = (await calls.events("s")).map(({ type }) => type);
      expect(types).toEqual(["created", "disconnected", "revived", "expired"]);
    });

    it("that runs out disconnects all sessions of the instance in one sweep, and no others", async () => {
      await calls.register("notes-1", "boot-a");
      await calls.register("notes-2", "boot-b", { leaseMs: 3_600_000 });
      await Promise.all(
        Array.from({ length: 2_500 }, (_, n) => calls.open(`s-${String(n)}`, { instanceId: "notes-1" })),
      );
      await calls.open("other", { instanceId: "notes-2" });
      await calls.open("free");
      registry.time.advance(LEASE_MS - 1);
      expect(await sweep()).toBe(0);
      registry.time.advance(1);
      expect(await sweep()).toBe(1);
      const health = await registry.call<{ statusBreakdown: unknown }>("GET", "/api/mcp/sessions/health");
      expect(health.body.statusBreakdown).toMatchObject({
        active: 2,
        disconnected: 2_500,
        byStatus: { disconnected: 2_500 },
      });
      const now = registry.time.now();
      expect(await calls.session("s-2499")).toMatchObject({
        ...{ status: "disconnected", endReason: "instance_lost", health: null },
        endedAt: new Date(now).toISOString(),
        expiresAt: new Date(now + WINDOW_MS).toISOString(),
      });
      expect(await calls.session("other")).toMatchObject({ status: "active" });
      expect(await calls.read("notes-1")).toMatchObject({ body: { status: "lost", leaseExpiresAt: null } });
    });

    it("that is taken up again by the same boot revives its sessions, and nothing else", async () => {
      await calls.register("notes-1", "boot-a");
      await Promise.all(["s", "gone", "cut"].map((id) => calls.open(id, { instanceId: "notes-1" })));
      await registry.call("DELETE", "/api/mcp/sessions/gone", { body: { as: "closed" } });
      await calls.disconnect("cut");
      await loseLease();
      const reply = await calls.beat("notes-1", "boot-a", { sessions: [{ id: "s", idleMs: 0 }] });
      expect(reply).toMatchObject({ status: 200, body: { revived: 1, results: [{ id: "s", outcome: "ok" }] } });
      expect(await calls.session("s")).toMatchObject({ status: "active", endReason: null, endedAt: null, epoch: 1 });
      expect(await calls.session("cut")).toMatchObject({ status: "disconnected", endReason: "transport_lost" });
      expect(await calls.session("gone")).toMatchObject({ status: "closed" });
      expect(await typesOf("s")).toEqual(["created", "disconnected", "revived"]);
    });

    it("is found again when its instance creates a session, which is a sign of life", async () => {
      await calls.register("notes-1", "boot-a");
      await calls.open("before", { instanceId: "notes-1" });
      await loseLease();
      await calls.open("after", { instanceId: "notes-1", bootId: "boot-a" });
      expect(await calls.read("notes-1")).toMatchObject({ body: { status: "alive", sessions: { active: 2 } } });
      await loseLease();
      expect(await calls.session("after")).toMatchObject({ status: "disconnected", endReason: "instance_lost" });
    });

    it("that has run out is none for a session whose creator does not say which boot it is", async () => {
      await calls.register("notes-1", "boot-a");
      await loseLease();
      await calls.open("s", { instanceId: "notes-1" });
      expect(await calls.read("notes-1")).toMatchObject({ body: { status: "lost", sessions: { active: 0 } } });
      await calls.register("notes-2", "boot-b");
      expect(await calls.claim("s", "notes-2", "boot-b")).toMatchObject({ status: 200, body: { epoch: 2 } });
    });

    it("revives by registration as well", async () => {
      await calls.register("notes-1", "boot-a");
      await calls.open("s", { instanceId: "notes-1" });
      await loseLease();
      await calls.register("notes-1", "boot-a");
      expect(await calls.session("s")).toMatchObject({ status: "active" });
    });

    it("does not revive after the recovery window: the session has expired for good reason", async () => {
      await calls.register("notes-1", "boot-a");
      await calls.open("s", { instanceId: "notes-1", idleTimeoutMs: 3_600_000 });
      await loseLease();
      registry.time.advance(WINDOW_MS - 1);
      expect(await calls.session("s")).toMatchObject({ status: "disconnected" });
      registry.time.advance(1);
      const expired = {
        status: "expired",
        endReason: "recovery_window_over",
        endedAt: new Date(registry.time.now()).toISOString(),
      };
      expect(await calls.session("s")).toMatchObject(expired);
      const reply = await calls.beat("notes-1", "boot-a", { sessions: [{ id: "s" }] });
      expect(reply).toMatchObject({
        body: { revived: 0, results: [{ outcome: "gone", reason: "recovery_window_over" }] },
      });
      await registry.sweep();
      expect(await calls.session("s")).toMatchObject(expired);
      expect(await typesOf("s")).toEqual(["created", "disconnected", "expired"]);
    });

    it("never outlives a session's lifetime while it waits", async () => {
      await calls.register("notes-1", "boot-a");
      await calls.open("s", { instanceId: "notes-1", lifetimeMs: 60_000 });
      await loseLease();
      registry.time.advance(30_000);
      expect(await calls.session("s")).toMatchObject({ status: "expired", endReason: "lifetime_exceeded" });
    });

    it("that ran out while Holdfast was down gets a grace period", async () => {
      await calls.register("notes-1", "boot-a");
      await calls.open("s", { instanceId: "notes-1" });
      registry.time.advance(10 * 60_000);
      await registry.restart();
      await sweep();
      expect(await calls.session("s")).toMatchObject({ status: "active" });
      registry.time.advance(60_000);
      await sweep();
      expect(await calls.session("s")).toMatchObject({ status: "disconnected", endReason: "instance_lost" });
    });

    it("whose loss was half recorded when the process was killed is recorded to its end at the next start", async () => {
      await calls.register("notes-1", "boot-a");
      await calls.open("s", { instanceId: "notes-1" });
      registry.time.advance(LEASE_MS);
      await registry.runtime.context.store.instances.recordLostInstances(registry.time.now());
      await registry.crash();
      expect(await calls.session("s")).toMatchObject({ status: "disconnected", endReason: "instance_lost" });
    });
  });

  describe("when the database fails between two steps", () => {
    const failOnce = (method: "disconnectOrphans" | "reviveSessions") => {
      const { instances } = registry.runtime.context.store;
      vi.spyOn(instances, method).mockRejectedValueOnce(new HoldfastError("storage_full", "The disk is full."));
    };

    it("the next sweep disconnects what a lost lease or a goodbye has left", async () => {
      await calls.register("notes-1", "boot-a");
      await calls.open("s", { instanceId: "notes-1" });
      failOnce("disconnectOrphans");
      registry.time.advance(LEASE_MS);
      await expect(sweep()).rejects.toThrow();
      expect(await calls.session("s")).toMatchObject({ status: "active" });
      expect(await sweep()).toBe(0);
      expect(await calls.session("s")).toMatchObject({ status: "disconnected", endReason: "instance_lost" });
    });

    it("the next sweep revives what a heartbeat has left", async () => {
      await calls.register("notes-1", "boot-a");
      await calls.open("s", { instanceId: "notes-1" });
      await loseLease();
      failOnce("reviveSessions");
      expect(await calls.beat("notes-1", "boot-a")).toMatchObject({ status: 507 });
      await sweep();
      expect(await calls.session("s")).toMatchObject({ status: "active" });
    });
  });
});
