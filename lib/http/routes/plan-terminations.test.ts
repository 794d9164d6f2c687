import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Session } from "@/lib/contract/session";
import { instanceCalls } from "@/lib/testing/instance-calls";
import { TERMINATIONS, terminationCalls } from "@/lib/testing/termination-calls";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";

describe("plans of terminations", () => {
  let registry: TestRegistry;
  let calls: ReturnType<typeof instanceCalls>;
  let terminations: ReturnType<typeof terminationCalls>;
  beforeEach(async () => {
    registry = await startTestRegistry();
    calls = instanceCalls(registry);
    terminations = terminationCalls(registry);
  });
  afterEach(() => registry.close());

  it("show what they would end, and end nothing", async () => {
    const notes = await terminations.openMany("notes", 24);
    await terminations.openMany("search", 3, { server: "search" });
    await terminations.end("notes-003");
    await calls.disconnect("notes-004");
    const answer = await terminations.plan({ filter: { server: "notes" }, reason: "leaking", perSecond: 10 });
    expect(answer.headers.get("location")).toBe(`${TERMINATIONS}/${answer.body.id}`);
    expect(answer.body).toMatchObject({
      ...{ state: "planned", reason: "leaking", perSecond: 10, filter: { server: "notes" }, count: 23 },
      ...{ byStatus: { active: 22, disconnected: 1, expired: 0 }, byServer: [{ server: "notes", count: 23 }] },
      ...{ otherServers: 0, excluded: [{ reason: "already_ended", count: 1 }], needsConfirmation: false },
      progress: { queued: 23, ended: 0, acknowledged: 0, failed: 0, skipped: 0 },
    });
    const sampled = answer.body.sample.map(({ id }) => id);
    expect(new Set(sampled).size).toBe(20);
    expect(notes).toEqual(expect.arrayContaining(sampled));
    expect(sampled).toEqual(expect.arrayContaining(["notes-000", "notes-023"]));
    expect(await terminations.terminatedIds()).toEqual(["notes-003"]);
    expect(await terminations.read(answer.body.id)).toEqual(answer.body);
    expect((await terminations.results(answer.body.id)).map(({ outcome }) => outcome)).toEqual(
      Array(23).fill("queued"),
    );
  });

  it("mean by a filter what the list means", async () => {
    await terminations.openMany("a", 5, { principal: "ada" });
    await terminations.openMany("b", 5, { principal: "ben", clientInfo: { name: "cli" } });
    await calls.disconnect("b-004");
    registry.time.advance(11 * 60_000);
    for (const id of ["a-000", "b-000"]) await registry.call("POST", `/api/mcp/sessions/${id}/heartbeat`);
    for (const [filter, count] of [
      [{}, 10],
      [{ principal: "ada" }, 5],
      [{ client: "cli", status: "active" }, 4],
      [{ q: "b-00" }, 5],
      [{ status: "disconnected" }, 1],
      [{ health: "stale" }, 7],
      [{ query: "client:cl* -id:b-003", server: "notes" }, 4],
    ] as const) {
      const query = new URLSearchParams({ limit: "200", ...filter }).toString();
      const list = await registry.call<{ sessions: Session[] }>("GET", `/api/mcp/sessions?${query}`);
      const { id } = await terminations.planned({ filter });
      const shown = list.body.sessions.map((session) => session.id);
      expect(shown).toHaveLength(count);
      expect((await terminations.results(id)).map((result) => result.id)).toEqual(shown.reverse());
    }
  });

  it("take named sessions, each once, and say which are unknown or have ended", async () => {
    await terminations.openMany("s", 3);
    await terminations.end("s-001", { as: "closed" });
    const { count, filter, excluded } = await terminations.planned({
      ids: ["s-002", "s-000", "s-002", "s-001", "nobody"],
    });
    expect({ count, filter, excluded }).toEqual({
      ...{ count: 2, filter: null },
      excluded: [
        { reason: "already_ended", count: 1 },
        { reason: "unknown", count: 1 },
      ],
    });
  });

  it("hold an expired session only while a token could bring it back", async () => {
    await terminations.openMany("s", 2, { idleTimeoutMs: 1_000 });
    await registry.call("POST", "/api/mcp/sessions/s-000/token");
    registry.time.advance(2_000);
    for (const sweeps of [false, true]) {
      if (sweeps) await registry.sweep();
      const { id, byStatus, excluded } = await terminations.planned({ filter: {} });
      expect({ byStatus, excluded }).toEqual({
        byStatus: { active: 0, disconnected: 0, expired: 1 },
        excluded: [{ reason: "already_ended", count: 1 }],
      });
      expect((await terminations.results(id)).map((result) => result.id)).toEqual(["s-000"]);
    }
    const { id } = await terminations.planned({ filter: {} });
    await terminations.start(id);
    await terminations.run(id, 100);
    expect(await terminations.results(id)).toMatchObject([
      { outcome: "ended", status: "terminated", isCommanded: false },
    ]);
  });

  it("are refused without sessions, with both ways to name them, or at an impossible pace", async () => {
    for (const body of [{}, { filter: {}, ids: ["a"] }, { ids: [] }, { filter: { nobody: "x" } }, { dryRun: false }])
      expect((await terminations.plan(body)).body).toMatchObject({ code: "invalid_request" });
    for (const perSecond of [0, 1.5, 1_001])
      expect((await terminations.plan({ filter: {}, perSecond })).status).toBe(400);
  });

  it("expire after a quarter of an hour", async () => {
    await terminations.openMany("s", 1);
    const { id, expiresAt } = await terminations.planned({ filter: {} });
    expect(Date.parse(expiresAt) - registry.time.now()).toBe(15 * 60_000);
    registry.time.advance(15 * 60_000);
    expect(await terminations.start(id)).toMatchObject({
      status: 410,
      body: { code: "termination_expired", terminationId: id },
    });
    expect(await terminations.read(id)).toMatchObject({ state: "expired", progress: { queued: 1 } });
    expect(await terminations.terminatedIds()).toEqual([]);
  });
});
