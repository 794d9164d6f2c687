import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SessionEventList } from "@/lib/contract/events";
import { sampleFacts } from "@/lib/store/contract/sample-facts";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";
import { recordNotices } from "./record-notices";

const SESSIONS = "/api/mcp/sessions";
const MINUTE_MS = 60_000;

describe("what is noticed of a session", () => {
  let registry: TestRegistry;
  let start: number;
  beforeEach(async () => {
    registry = await startTestRegistry();
    start = registry.time.now();
  });
  afterEach(() => registry.close());

  const create = (id: string, body: object = {}) =>
    registry.call("POST", SESSIONS, { body: { id, server: "notes", ...body } });
  const beat = (id: string, body: object = {}) => registry.call("POST", `${SESSIONS}/${id}/heartbeat`, { body });
  const record = () => recordNotices(registry.runtime.context);

  /** Type, minutes since the start and data of every event but the first. */
  async function timeline(id: string) {
    const { body } = await registry.call<SessionEventList>("GET", `${SESSIONS}/${id}/events`);
    return body.events.slice(1).map(({ type, at, data }) => [type, (Date.parse(at) - start) / MINUTE_MS, data]);
  }
  const toAging = ["health_changed", 5, { from: "healthy", to: "aging" }];
  const toStale = ["health_changed", 10 + 1 / MINUTE_MS, { from: "aging", to: "stale" }];

  it("is in its timeline: how it aged, and that it came back, each dated to its own moment", async () => {
    await create("s");
    registry.time.advance(12 * MINUTE_MS);
    expect(await record()).toBe(2);
    await beat("s");
    expect(await record()).toBe(1);
    expect(await timeline("s")).toEqual([toAging, toStale, ["health_changed", 12, { from: "stale", to: "healthy" }]]);
    expect(await record()).toBe(0);
  });

  it("includes silences of its server, which state and messages do not break", async () => {
    await create("s");
    await beat("s");
    registry.time.advance(MINUTE_MS);
    await beat("s");
    registry.time.advance(MINUTE_MS);
    await registry.call("PUT", `${SESSIONS}/s/state`, { body: {} });
    registry.time.advance(MINUTE_MS);
    await beat("s");
    await record();
    expect((await timeline("s")).filter(([type]) => type !== "state_written")).toEqual([
      ["heartbeat_gap", 3, { silentMs: 120_000 }],
    ]);
  });

  it("is written down also when the session has ended meanwhile, and left out when it is gone", async () => {
    await create("ended");
    await create("gone");
    registry.time.advance(6 * MINUTE_MS);
    await registry.call("DELETE", `${SESSIONS}/ended`);
    await registry.call("DELETE", `${SESSIONS}/gone`);
    const { store } = registry.runtime.context;
    const gone = await store.findSession("gone");
    await store.recordNotices([{ pk: (gone?.pk ?? 0) + 1_000, type: "heartbeat_gap", at: start, data: {} }]);
    await record();
    expect((await timeline("ended")).map(([type]) => type)).toEqual(["terminated", "health_changed"]);
  });

  it("outlives a stop, and begins anew with a start", async () => {
    await create("s", { idleTimeoutMs: 60 * MINUTE_MS });
    await beat("s");
    registry.time.advance(6 * MINUTE_MS);
    await registry.restart();
    registry.time.advance(MINUTE_MS);
    await beat("s", { idleMs: 7 * MINUTE_MS });
    await record();
    expect(await timeline("s")).toEqual([toAging]);
  });

  it("is kept when the disk takes no writes, until it does again", async () => {
    await create("s");
    registry.time.advance(6 * MINUTE_MS);
    const { context } = registry.runtime;
    const recordNoticesNow = context.store.recordNotices.bind(context.store);
    context.store.recordNotices = () => Promise.reject(new Error("disk full"));
    await expect(record()).rejects.toThrow("disk full");
    context.store.recordNotices = recordNoticesNow;
    await record();
    expect(await timeline("s")).toEqual([toAging]);
  });

  it("is written for a crowd in pieces, so that nothing else has to wait for long", async () => {
    const { context } = registry.runtime;
    const now = context.clock.now();
    await Promise.all(
      Array.from({ length: 2_500 }, (_, index) => {
        const facts = sampleFacts({ id: `s-${String(index)}`, idleTimeoutMs: 30 * MINUTE_MS });
        return context.store.createSession({ facts, idempotency: null, now });
      }),
    );
    registry.time.advance(5 * MINUTE_MS);
    expect([await recordNotices(context, 1), await recordNotices(context), await record()]).toEqual([1_000, 1_500, 0]);
    expect([await timeline("s-0"), await timeline("s-2499")]).toEqual([[toAging], [toAging]]);
  });
});
