import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import type { SessionHealthSummary } from "@/lib/contract/health";
import type { SessionList } from "@/lib/contract/session-list";
import { AGE_BUCKETS } from "@/lib/domain/health";
import type { History } from "@/lib/domain/projection/history";
import { HealthProjection } from "@/lib/domain/projection/health-projection";
import { SESSION_STATUSES } from "@/lib/domain/session";
import { dispatch } from "@/lib/http/dispatch";
import { SteadyClock } from "@/lib/runtime/steady-clock";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";

const SESSIONS = "/api/mcp/sessions";

const life = fc.record({
  idleTimeoutMs: fc.integer({ min: 1_000, max: 1_200_000 }),
  usedAfterMs: fc.option(fc.nat(600_000)),
  inFlight: fc.nat(1),
  isLost: fc.boolean(),
  isBack: fc.boolean(),
  end: fc.constantFrom(null, null, "closed", "terminated"),
});
/** Shorter than the waits, so that some of the lost sessions have expired, recorded or not. */
const RECOVERY_WINDOW_MS = "300000";
const population = fc.record({
  lives: fc.array(life, { minLength: 1, maxLength: 12 }),
  waitMs: fc.oneof(fc.nat(2_000), fc.nat(900_000)),
  sweeps: fc.boolean(),
});

/** A history without what is seen only while it happens: ages and peaks are not in the log. */
function ofLog({ points, ...history }: History) {
  return { ...history, points: points.map(({ ages: _ages, peak: _peak, ...point }) => point) };
}

describe("the same numbers from every path", () => {
  let registry: TestRegistry;
  afterEach(() => registry.close());

  async function page(query: string, cursor: string): Promise<SessionList> {
    const path = `${SESSIONS}?limit=200&${query}${cursor && `&cursor=${cursor}`}`;
    return (await registry.call<SessionList>("GET", path)).body;
  }

  async function count(query: string): Promise<number> {
    let total = 0;
    for (let cursor: string | null = ""; cursor !== null;) {
      const { sessions, nextCursor } = await page(query, cursor);
      total += sessions.length;
      cursor = nextCursor;
    }
    return total;
  }

  it("has the health figures equal counts of the list, whatever lives the sessions led", async () => {
    registry = await startTestRegistry({ env: { HOLDFAST_RECOVERY_WINDOW_MS: RECOVERY_WINDOW_MS } });
    const boot = { bootId: "boot-1" };
    await registry.call("PUT", "/api/mcp/instances/notes-1", {
      body: { ...boot, server: "notes", leaseMs: 3_600_000 },
    });
    let born = 0;
    await fc.assert(
      fc.asyncProperty(population, async ({ lives, waitMs, sweeps }) => {
        await Promise.all(
          lives.map(async ({ idleTimeoutMs, usedAfterMs, inFlight, isLost, isBack, end }) => {
            const path = `${SESSIONS}/s-${String((born += 1))}`;
            const body = { id: path.slice(SESSIONS.length + 1), server: "notes", idleTimeoutMs };
            await registry.call("POST", SESSIONS, { body });
            if (usedAfterMs !== null) await registry.call("POST", `${path}/heartbeat`, { body: { inFlight } });
            if (isLost) await registry.call("POST", `${path}/disconnect`);
            if (isBack) await registry.call("POST", `${path}/claim`, { body: { instanceId: "notes-1", ...boot } });
            if (end !== null) await registry.call("DELETE", path, { body: { as: end } });
          }),
        );
        registry.time.advance(waitMs);
        await registry.call("POST", "/api/mcp/instances/notes-1/heartbeat", { body: boot });
        if (sweeps) await registry.sweep();
        const { body } = await registry.call<SessionHealthSummary>("GET", `${SESSIONS}/health`);
        const { active, total, disconnected, byStatus } = body.statusBreakdown;
        const counted = Object.fromEntries(
          await Promise.all(SESSION_STATUSES.map(async (status) => [status, await count(`status=${status}`)] as const)),
        );
        expect({ active, ...byStatus }).toEqual(counted);
        expect([total, disconnected]).toEqual([await count(""), total - active]);
        for (const bucket of AGE_BUCKETS) expect(body.ageDistribution[bucket]).toBe(await count(`health=${bucket}`));
        expect(Object.values(body.ageDistribution).reduce((sum, size) => sum + size, 0)).toBe(active);
        const { points } = (await registry.call<{ points: { active: number }[] }>("GET", `${SESSIONS}/health/history`))
          .body;
        expect(points.at(-1)?.active).toBe(active);
      }),
      { numRuns: 25 },
    );
    const { store, clock, health } = registry.runtime.context;
    const rebuilt = new HealthProjection(registry.runtime.config.policy.thresholds);
    await store.rebuild(rebuilt, clock.now());
    expect(rebuilt.statusBreakdownAt(clock.now())).toEqual(health.statusBreakdownAt(clock.now()));
    expect(rebuilt.connectionHealthAt(clock.now())).toEqual(health.connectionHealthAt(clock.now()));
    expect(ofLog(rebuilt.historyAt("24h", clock.now()))).toEqual(ofLog(health.historyAt("24h", clock.now())));
  });

  it("speaks of one moment in every answer, though time goes on while it is put together", async () => {
    registry = await startTestRegistry();
    for (let index = 0; index < 20; index += 1) {
      const body = { id: `s-${String(index)}`, server: "notes", idleTimeoutMs: 1_000 + index };
      await registry.call("POST", SESSIONS, { body });
    }
    let now = registry.time.now() + 990;
    const clock = new SteadyClock({ wall: () => now, monotonic: () => now });
    const ticking = { now: () => (now += 1) && clock.now() };
    const { runtime } = registry;
    const hurried = { ...runtime, context: { ...runtime.context, clock: ticking } };
    const get = async (path: string) => {
      const response = await dispatch(new Request(`http://127.0.0.1:3738${SESSIONS}${path}`), hurried);
      return (await response.json()) as SessionList & SessionHealthSummary;
    };
    const isActive = ({ status }: { status: string }) => status === "active";
    for (let rounds = 0; rounds < 30; rounds += 1) {
      expect((await get("?status=active")).sessions.every(isActive)).toBe(true);
      const { statusBreakdown, recentActivity } = await get("/health");
      expect(recentActivity.filter(isActive)).toHaveLength(statusBreakdown.active);
    }
    expect((await get("/health")).statusBreakdown.active).toBe(0);
  });
});
