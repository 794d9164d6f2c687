import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TerminationList } from "@/lib/contract/termination-jobs";
import { advanceTermination } from "@/lib/services/advance-termination";
import { instanceCalls } from "@/lib/testing/instance-calls";
import { TERMINATIONS, terminationCalls } from "@/lib/testing/termination-calls";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";

describe("terminations of many sessions", () => {
  let registry: TestRegistry;
  let calls: ReturnType<typeof instanceCalls>;
  let terminations: ReturnType<typeof terminationCalls>;
  beforeEach(async () => {
    registry = await startTestRegistry();
    calls = instanceCalls(registry);
    terminations = terminationCalls(registry);
  });
  afterEach(() => registry.close());

  describe("started", () => {
    it("end exactly the set that was shown, whatever happens to the sessions in between", async () => {
      const shown = await terminations.openMany("s", 30, { idleTimeoutMs: 60_000 });
      await calls.register("i", "boot-1");
      await calls.open("owned", { instanceId: "i" });
      const { id, count } = await terminations.planned({ filter: {}, reason: "rotten batch", perSecond: 100 });
      expect(count).toBe(31);

      await terminations.openMany("later", 5);
      await terminations.end("s-005", { as: "closed", by: "client" });
      await terminations.end("s-006", { reason: "by hand" });
      await calls.register("j", "boot-2");
      await calls.stop("i", "boot-1");
      expect(await calls.claim("owned", "j", "boot-2")).toMatchObject({ status: 200, body: { epoch: 2 } });
      registry.time.advance(50_000);
      for (const kept of shown.filter((name) => name !== "s-007"))
        await registry.call("POST", `/api/mcp/sessions/${kept}/heartbeat`);
      await calls.beat("j", "boot-2");
      registry.time.advance(20_000);

      expect(await terminations.start(id, { confirm: 31 })).toMatchObject({ status: 200, body: { state: "running" } });
      await terminations.run(id, 1_000);
      expect(await terminations.read(id)).toMatchObject({
        state: "finished",
        progress: { queued: 0, ended: 28, failed: 0, skipped: 3 },
        etaMs: null,
      });
      const gone = new Set(["s-005", "s-007"]);
      expect(await terminations.terminatedIds()).toEqual(["owned", ...shown.filter((name) => !gone.has(name))]);
      const all = await terminations.results(id);
      expect(all.map((result) => result.id)).toEqual([...shown, "owned"]);
      expect(all.filter(({ outcome }) => outcome === "skipped")).toMatchObject([
        { id: "s-005", number: 6, status: "closed", endReason: "client_closed" },
        { id: "s-006", number: 7, status: "terminated", endDetail: "by hand" },
        { id: "s-007", number: 8 },
      ]);
      expect(all[0]).toMatchObject({
        ...{ outcome: "ended", status: "terminated", endReason: "operator_terminated", endDetail: "rotten batch" },
        ...{ isCommanded: true, answer: null, code: null },
      });
      expect((await terminations.page(id, "?outcome=skipped&limit=2")).nextAfter).toBe(7);
    });

    it("need their number as confirmation above 25", async () => {
      await terminations.openMany("s", 26);
      const small = await terminations.planned({
        ids: Array.from({ length: 25 }, (_, index) => `s-${String(index).padStart(3, "0")}`),
      });
      expect(small.needsConfirmation).toBe(false);
      const { id, needsConfirmation } = await terminations.planned({ filter: {} });
      expect(needsConfirmation).toBe(true);
      for (const body of [undefined, {}, { confirm: 25 }, { confirm: 27 }, { confirm: 0 }])
        expect(await terminations.start(id, body)).toMatchObject({
          status: 422,
          body: { code: "termination_not_confirmed", count: 26, terminationId: id },
        });
      expect(await terminations.start(small.id, { confirm: 3 })).toMatchObject({ status: 422 });
      expect(await terminations.read(id)).toMatchObject({ state: "planned" });
      expect(await terminations.start(id, { confirm: 26 })).toMatchObject({ status: 200 });
    });

    it("keep their pace", async () => {
      await terminations.openMany("s", 20);
      const { id } = await terminations.planned({ filter: {}, perSecond: 10 });
      await terminations.start(id);
      await terminations.run(id, 1_000);
      expect(await terminations.read(id)).toMatchObject({
        state: "running",
        progress: { ended: 10, queued: 10 },
        etaMs: 1_000,
      });
    });

    it("are carried out once, however often they are started", async () => {
      await terminations.openMany("s", 2);
      const { id } = await terminations.planned({ filter: {} });
      await Promise.all([terminations.start(id), terminations.start(id)]);
      await terminations.run(id, 500);
      expect(await terminations.start(id)).toMatchObject({
        status: 200,
        body: { state: "finished", progress: { ended: 2 } },
      });
      for (const name of ["s-000", "s-001"])
        expect((await calls.events(name)).filter(({ type }) => type === "terminated")).toHaveLength(1);
    });

    it("stop midway when they are cancelled, and leave the rest alone", async () => {
      await terminations.openMany("s", 20);
      const { id } = await terminations.planned({ filter: {}, perSecond: 10 });
      await terminations.start(id);
      await terminations.run(id, 500);
      expect(await terminations.cancel(id)).toMatchObject({
        status: 200,
        body: { state: "cancelled", stoppedBy: "operator", progress: { ended: 5, queued: 15 } },
      });
      await terminations.run(id, 1_000);
      expect(await terminations.terminatedIds()).toHaveLength(5);
      expect(await terminations.start(id)).toMatchObject({ status: 409, body: { code: "termination_cancelled" } });
      expect(await terminations.cancel(id)).toMatchObject({ status: 200, body: { state: "cancelled" } });
    });

    it("end a session once when two of them name it", async () => {
      await terminations.openMany("s", 10);
      const [first, second] = [await terminations.planned({ filter: {} }), await terminations.planned({ filter: {} })];
      const third = await terminations.planned({ filter: {} });
      await Promise.all([terminations.start(first.id), terminations.start(second.id)]);
      expect(await terminations.start(third.id)).toMatchObject({
        status: 409,
        body: { code: "too_many_terminations" },
      });
      await Promise.all([
        terminations.run(first.id, 1_000),
        (async () => {
          for (let round = 0; round < 10; round += 1)
            await advanceTermination(registry.runtime.context, terminations.jobOf(second.id));
        })(),
      ]);
      await terminations.run(second.id, 1_000);
      const [one, two] = [await terminations.read(first.id), await terminations.read(second.id)];
      expect([one.state, two.state]).toEqual(["finished", "finished"]);
      expect(one.progress.ended + two.progress.ended).toBe(10);
      expect([one.progress.ended + one.progress.skipped, two.progress.ended + two.progress.skipped]).toEqual([10, 10]);
      for (let index = 0; index < 10; index += 1) {
        const events = await calls.events(`s-00${String(index)}`);
        expect(events.filter(({ type }) => type === "terminated")).toHaveLength(1);
      }
      expect(await terminations.start(third.id)).toMatchObject({ status: 200 });
    });

    it("show what the MCP servers answered", async () => {
      await calls.register("i", "boot-1", { pid: 4121 });
      await terminations.openMany("s", 4, { instanceId: "i" });
      const { id } = await terminations.planned({ filter: {}, perSecond: 100 });
      await terminations.start(id);
      await terminations.run(id, 200);
      registry.time.advance(240);
      const { body } = await calls.beat("i", "boot-1");
      const commands = body["commands"] as { id: string; sessionId: string }[];
      const commandFor = (sessionId: string) => commands.find((command) => command.sessionId === sessionId)?.id;
      await calls.beat("i", "boot-1", {
        acks: [
          { id: commandFor("s-000") },
          { id: commandFor("s-001"), outcome: "unknown_session" },
          { id: commandFor("s-002"), outcome: "failed", detail: "stuck in a call" },
        ],
      });
      expect((await terminations.read(id)).progress).toMatchObject({ ended: 4, acknowledged: 2 });
      expect((await terminations.read(id)).progress).toMatchObject({ ended: 4, acknowledged: 2 });
      expect(await terminations.results(id)).toMatchObject([
        { id: "s-000", isCommanded: true, answer: { outcome: "done", pid: 4121, instanceId: "i" } },
        { answer: { outcome: "unknown_session" } },
        { answer: { outcome: "failed", detail: "stuck in a call" } },
        { answer: null, isCommanded: true },
      ]);
    });
  });

  it("are listed, latest first", async () => {
    await terminations.openMany("s", 1);
    const [first, second] = [
      await terminations.planned({ filter: {} }),
      await terminations.planned({ ids: ["s-000"] }),
    ];
    await terminations.start(first.id);
    await terminations.run(first.id, 100);
    const { body } = await registry.call<TerminationList>("GET", TERMINATIONS);
    expect(body.terminations).toMatchObject([
      { id: second.id, state: "planned" },
      { id: first.id, state: "finished", progress: { ended: 1 } },
    ]);
  });

  it("are forgotten by a restart, which leaves what was queued as it is", async () => {
    await terminations.openMany("s", 20);
    const { id } = await terminations.planned({ filter: {}, perSecond: 10 });
    await terminations.start(id);
    await terminations.run(id, 500);
    await registry.restart();
    expect(await terminations.terminatedIds()).toHaveLength(5);
    for (const [method, path] of [
      ["GET", id],
      ["GET", `${id}/results`],
      ["POST", `${id}/start`],
      ["POST", `${id}/cancel`],
    ] as const)
      expect(await registry.call(method, `${TERMINATIONS}/${path}`)).toMatchObject({
        status: 404,
        body: { code: "termination_not_found" },
      });
  });
});
