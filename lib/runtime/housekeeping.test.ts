import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Session } from "@/lib/contract/session";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";
import { type Housekeeping, startHousekeeping } from "./housekeeping";

const SESSIONS = "/api/mcp/sessions";
const ROUND_MS = 250;

describe("housekeeping", () => {
  let registry: TestRegistry;
  let housekeeping: Housekeeping;
  const messages: string[] = [];

  beforeEach(async () => {
    registry = await startTestRegistry();
    messages.length = 0;
    // Only the rounds' own timer: the database keeps working in real time.
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const note = (_: object, message: string): void => {
      messages.push(message);
    };
    const context = { ...registry.runtime.context, log: { info: note, warn: note, error: note } };
    housekeeping = startHousekeeping(context, registry.time.clock, 1);
  });
  afterEach(async () => {
    await housekeeping.stop();
    vi.useRealTimers();
    await registry.close();
  });

  /** Lets rounds happen one by one: each sets its timer anew once it is over. */
  async function rounds(count: number): Promise<void> {
    for (let round = 0; round < count; round += 1) {
      registry.time.advance(ROUND_MS);
      vi.advanceTimersByTime(ROUND_MS);
      while (vi.getTimerCount() === 0) await new Promise(setImmediate);
    }
  }

  const create = (id: string, idleTimeoutMs = 60_000) =>
    registry.call("POST", SESSIONS, { body: { id, server: "notes", idleTimeoutMs } });
  const read = async (id: string) => (await registry.call<Session>("GET", `${SESSIONS}/${id}`)).body;
  const eventsOf = async (id: string) => {
    const { body } = await registry.call<{ events: { type: string }[] }>("GET", `${SESSIONS}/${id}/events`);
    return body.events.map(({ type }) => type).filter((type) => type !== "health_changed");
  };

  it("records what is due within a second, again and again", async () => {
    await create("a", 1_000);
    await create("b", 2_000);
    await rounds(7);
    expect([await eventsOf("a"), await eventsOf("b")]).toEqual([["created", "expired"], ["created"]]);
    await rounds(1);
    expect(await eventsOf("b")).toEqual(["created", "expired"]);
  });

  it("writes down how a session aged within a round, and before it records its end", async () => {
    const noticed = async (id: string) => {
      const events = await registry.runtime.context.store.listEvents(id, { after: 0, limit: 10 });
      return events.map(({ type }) => type);
    };
    await create("s", 301_000);
    registry.time.advance(300_000 - ROUND_MS);
    await rounds(1);
    expect(await noticed("s")).toEqual(["created", "health_changed"]);
    await create("t", 301_000);
    registry.time.advance(400_000);
    await rounds(1);
    expect(await noticed("t")).toEqual(["created", "health_changed", "expired"]);
  });

  it("never runs two rounds at once", async () => {
    await create("a", 1_000);
    registry.time.advance(1_000);
    vi.advanceTimersByTime(ROUND_MS);
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(100 * ROUND_MS);
    while (vi.getTimerCount() === 0) await new Promise(setImmediate);
    expect(await eventsOf("a")).toEqual(["created", "expired"]);
  });

  it("starts no round after it was stopped", async () => {
    await create("a", 1_000);
    await housekeeping.stop();
    registry.time.advance(5_000);
    expect(vi.getTimerCount()).toBe(0);
    expect(await eventsOf("a")).toEqual(["created"]);
  });

  it("notes every ten seconds that Holdfast is alive", async () => {
    const database = new Database(join(registry.dataDir, "holdfast.db"), { readonly: true });
    const lastSeenAt = () => database.prepare(`SELECT "lastSeenAt" FROM "RegistryRun"`).pluck().get();
    const start = registry.time.now();
    await rounds(39);
    expect(lastSeenAt()).toBe(start);
    await rounds(1);
    expect(lastSeenAt()).toBe(start + 10_000);
    database.close();
  });

  it("deletes within a minute what ended before the retention period, and nothing else", async () => {
    await create("old");
    await registry.call("DELETE", `${SESSIONS}/old`);
    await create("old-and-active", 30 * 86_400_000);
    registry.time.advance(29 * 86_400_000);
    await registry.call("POST", `${SESSIONS}/old-and-active/heartbeat`);
    await create("young");
    await registry.call("DELETE", `${SESSIONS}/young`);
    registry.time.advance(86_400_000);
    await rounds(240);
    const statuses = await Promise.all(
      ["old", "young", "old-and-active"].map((id) => registry.call("GET", `${SESSIONS}/${id}`)),
    );
    expect(statuses.map(({ status }) => status)).toEqual([404, 200, 200]);
  });

  describe("when the wall clock jumps", () => {
    it("ends no session by a leap forward: what it skips gets a grace period", async () => {
      await create("skipped");
      await create("beyond", 7_200_000);
      registry.time.jumpWall(3_600_000);
      expect(await read("skipped")).toMatchObject({ status: "active", idleMs: 0 });
      await rounds(1);
      expect(messages).toContain("the wall clock jumped; skipped a sweep");
      const now = registry.time.now();
      expect(await read("skipped")).toMatchObject({
        status: "active",
        expiresAt: new Date(now + 60_000).toISOString(),
      });
      await rounds(4);
      expect(await read("skipped")).toMatchObject({ status: "active" });
      expect((await registry.call("POST", `${SESSIONS}/skipped/heartbeat`)).status).toBe(200);
      registry.time.advance(59_000);
      await rounds(1);
      expect([(await read("skipped")).status, (await read("beyond")).status]).toEqual(["active", "active"]);
      registry.time.advance(1_000);
      await rounds(1);
      expect(await eventsOf("skipped")).toEqual(["created", "expired"]);
    });

    it("tells the new time in every answer once it has looked after the deadlines", async () => {
      registry.time.jumpWall(3_600_000);
      const before = await registry.call<{ generatedAt: string }>("GET", `${SESSIONS}/health`);
      await rounds(1);
      const after = await registry.call<{ generatedAt: string }>("GET", `${SESSIONS}/health`);
      expect(Date.parse(after.body.generatedAt) - Date.parse(before.body.generatedAt)).toBe(3_600_000 + ROUND_MS);
    });

    it("ends no session early by a leap back, and counts right in the time that comes again", async () => {
      await create("s", 1_200_000);
      registry.time.advance(700_000);
      const counts = async () => {
        const { body } = await registry.call<{ ageDistribution: object }>("GET", `${SESSIONS}/health`);
        const { health, status } = await read("s");
        return { ages: body.ageDistribution, health, status };
      };
      expect(await counts()).toEqual({ ages: { healthy: 0, aging: 0, stale: 1 }, health: "stale", status: "active" });
      registry.time.jumpWall(-650_000);
      await rounds(1);
      expect(await counts()).toEqual({ ages: { healthy: 1, aging: 0, stale: 0 }, health: "healthy", status: "active" });
      registry.time.advance(1_149_000);
      await rounds(1);
      expect(await read("s")).toMatchObject({ status: "active" });
      registry.time.advance(1_000);
      await rounds(1);
      expect(await eventsOf("s")).toEqual(["created", "expired"]);
    });
  });

  it("goes on after a failure, says so once, and says when it works again", async () => {
    await create("s", 1_000);
    const intruder = new Database(join(registry.dataDir, "holdfast.db"));
    intruder.exec("BEGIN IMMEDIATE");
    await rounds(6);
    expect(messages).toEqual(["housekeeping failed; trying again"]);
    expect(await read("s")).toMatchObject({ status: "expired" });
    intruder.exec("ROLLBACK");
    intruder.close();
    await rounds(1);
    expect(messages).toEqual(["housekeeping failed; trying again", "housekeeping works again"]);
    expect(await eventsOf("s")).toEqual(["created", "expired"]);
  });
});
