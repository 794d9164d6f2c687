import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { HeartbeatsReply } from "@/lib/contract/heartbeat";
import type { Session } from "@/lib/contract/session";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";

const SESSIONS = "/api/mcp/sessions";
const TIMEOUT_MS = 60_000;
const GRACE_MS = 60_000;

describe("a restart", () => {
  let registry: TestRegistry;
  beforeEach(async () => {
    registry = await startTestRegistry();
  });
  afterEach(() => registry.close());

  const create = (id: string, body: object = {}) =>
    registry.call("POST", SESSIONS, { body: { id, server: "notes", idleTimeoutMs: TIMEOUT_MS, ...body } });
  const read = async (id: string) => (await registry.call<Session>("GET", `${SESSIONS}/${id}`)).body;
  const isoIn = (ms: number) => new Date(registry.time.now() + ms).toISOString();

  /** Holdfast is away for a while: stopped in order, or killed. */
  async function isDownFor(ms: number, how: "stopped" | "killed"): Promise<void> {
    const { store, clock } = registry.runtime.context;
    if (how === "killed") await store.markRunAlive(1, clock.now());
    const restarted = how === "killed" ? registry.crash.bind(registry) : registry.restart.bind(registry);
    await afterDownTime(ms, restarted);
  }

  /** The old run ends at its own time; only then does time pass, and the new one begins. */
  async function afterDownTime(ms: number, restart: () => Promise<void>): Promise<void> {
    const { runtime } = registry;
    const close = runtime.close;
    runtime.close = async () => {
      await close();
      registry.time.advance(ms);
    };
    await restart();
  }

  describe.each(["stopped", "killed"] as const)("after Holdfast was %s", (how) => {
    it("finds every acknowledged session as it was", async () => {
      await create("s", { labels: { a: "b" } });
      await registry.call("POST", `${SESSIONS}/s/heartbeat`, { body: { requests: 7 } });
      await create("ended");
      await registry.call("DELETE", `${SESSIONS}/ended`, { body: { reason: "why" } });
      const before = [await read("s"), await read("ended")];
      await isDownFor(0, how);
      expect([await read("s"), await read("ended")]).toEqual(before);
    });

    it("leaves a deadline alone that did not pass meanwhile", async () => {
      await create("s");
      await isDownFor(TIMEOUT_MS - 1, how);
      expect(await read("s")).toMatchObject({ status: "active", expiresAt: isoIn(1) });
    });

    it("gives a session whose deadline passed meanwhile one grace period, no more", async () => {
      await create("s");
      await isDownFor(10 * TIMEOUT_MS, how);
      expect(await read("s")).toMatchObject({ status: "active", expiresAt: isoIn(GRACE_MS) });
      registry.time.advance(GRACE_MS - 1);
      await registry.sweep();
      expect(await read("s")).toMatchObject({ status: "active" });
      registry.time.advance(1);
      await registry.sweep();
      expect(await read("s")).toMatchObject({ status: "expired", endReason: "idle_timeout", endedAt: isoIn(0) });
    });

    it("lets a heartbeat in the grace period save the session", async () => {
      await create("s");
      await isDownFor(10 * TIMEOUT_MS, how);
      registry.time.advance(1_000);
      expect((await registry.call("POST", `${SESSIONS}/s/heartbeat`)).status).toBe(200);
      expect(await read("s")).toMatchObject({ status: "active", expiresAt: isoIn(TIMEOUT_MS) });
    });

    it("leaves a session expired that expired before", async () => {
      await create("s");
      registry.time.advance(TIMEOUT_MS + 1);
      const before = await read("s");
      await isDownFor(TIMEOUT_MS, how);
      expect(await read("s")).toMatchObject({ status: "expired", endedAt: before.endedAt });
      expect((await registry.call("POST", `${SESSIONS}/s/heartbeat`)).status).toBe(410);
    });

    it("leaves ended sessions ended", async () => {
      await create("s");
      await registry.call("DELETE", `${SESSIONS}/s`);
      await isDownFor(10 * TIMEOUT_MS, how);
      expect(await read("s")).toMatchObject({ status: "terminated" });
      const beats = { beats: [{ id: "s" }] };
      const reply = await registry.call<HeartbeatsReply>("POST", "/api/mcp/heartbeats", { body: beats });
      expect(reply.body.results).toMatchObject([{ outcome: "gone", status: "terminated" }]);
    });
  });

  it("grants as much grace as the operator says, also none", async () => {
    await registry.close();
    registry = await startTestRegistry({ env: { HOLDFAST_BOOT_GRACE_MS: "0" } });
    await create("s");
    await isDownFor(2 * TIMEOUT_MS, "stopped");
    expect(await read("s")).toMatchObject({ status: "expired" });
  });

  it("shows the time it was away as a gap in the history", async () => {
    await create("s", { idleTimeoutMs: 3_600_000 });
    await isDownFor(30 * 60_000, "stopped");
    const { body } = await registry.call<{ points: { active: number | null }[] }>(
      "GET",
      `${SESSIONS}/health/history?range=1h`,
    );
    const actives = body.points.map(({ active }) => active);
    expect(actives.slice(-32)).toEqual([null, 1, ...Array<null>(29).fill(null), 1]);
  });

  it("can be closed twice", async () => {
    await registry.runtime.close();
    await expect(registry.runtime.close()).resolves.toBeUndefined();
  });
});
