import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Termination } from "@/lib/contract/termination-jobs";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";
import { startTerminationRunner, type TerminationRunner } from "./termination-runner";

const TERMINATIONS = "/api/mcp/terminations";

describe("the runner of terminations", () => {
  let registry: TestRegistry;
  let runner: TerminationRunner;

  beforeEach(async () => {
    registry = await startTestRegistry();
    for (let index = 0; index < 10; index += 1) {
      await registry.call("POST", "/api/mcp/sessions", { body: { id: `s-${String(index)}`, server: "notes" } });
    }
    // Only the runner's own timers: the database keeps working in real time.
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    runner = startTerminationRunner(registry.runtime.context);
  });
  afterEach(async () => {
    await runner.stop();
    vi.useRealTimers();
    await registry.close();
  });

  const begin = async (perSecond: number): Promise<string> => {
    const { body } = await registry.call<Termination>("POST", TERMINATIONS, { body: { filter: {}, perSecond } });
    await registry.call("POST", `${TERMINATIONS}/${body.id}/start`);
    return body.id;
  };
  const read = async (id: string) => (await registry.call<Termination>("GET", `${TERMINATIONS}/${id}`)).body;
  /** Lets time pass until the next look is over: with the job, or with a timer for the one after. */
  const pass = async (id: string, ms: number): Promise<Termination> => {
    registry.time.advance(ms);
    vi.advanceTimersByTime(ms);
    for (;;) {
      await new Promise(setImmediate);
      const job = await read(id);
      if (job.state !== "running" || vi.getTimerCount() > 0) return job;
    }
  };

  it("ends one session after the other, at its pace, until the job is finished", async () => {
    const id = await begin(4);
    expect((await pass(id, 0)).progress).toMatchObject({ ended: 1 });
    expect((await pass(id, 249)).progress).toMatchObject({ ended: 1 });
    expect((await pass(id, 1)).progress).toMatchObject({ ended: 2 });
    let job = await read(id);
    for (let step = 0; step < 8; step += 1) job = await pass(id, 250);
    expect(job).toMatchObject({ state: "finished", progress: { ended: 10, queued: 0 } });
    expect(vi.getTimerCount()).toBe(0);
  });

  it("gathers those of a tenth of a second when the pace is high", async () => {
    const id = await begin(50);
    expect((await pass(id, 0)).progress).toMatchObject({ ended: 1 });
    expect((await pass(id, 99)).progress).toMatchObject({ ended: 1 });
    expect((await pass(id, 1)).progress).toMatchObject({ ended: 6 });
    expect(await pass(id, 100)).toMatchObject({ state: "finished" });
  });

  it("looks no more once the job is cancelled", async () => {
    const id = await begin(4);
    await pass(id, 0);
    await registry.call("POST", `${TERMINATIONS}/${id}/cancel`);
    expect(await pass(id, 60_000)).toMatchObject({ state: "cancelled", progress: { ended: 1, queued: 9 } });
  });

  it("stops between two sessions when the process stops", async () => {
    const id = await begin(4);
    await pass(id, 0);
    await runner.stop();
    expect(vi.getTimerCount()).toBe(0);
    expect(await read(id)).toMatchObject({ state: "cancelled", stoppedBy: "shutdown", progress: { ended: 1 } });
  });

  it("leaves no timer behind for a job that nobody else knows of, stopped amid a round", async () => {
    const { context } = registry.runtime;
    const planned = await registry.call<Termination>("POST", TERMINATIONS, { body: { filter: {}, perSecond: 4 } });
    const entry = context.terminations.find(planned.body.id);
    for (let plans = 0; plans < 40; plans += 1) await registry.call("POST", TERMINATIONS, { body: { filter: {} } });
    if (!entry) throw new Error("the plan is not in the book");
    context.terminations.start(entry, registry.time.now());
    vi.advanceTimersByTime(0);
    await runner.stop();
    expect(vi.getTimerCount()).toBe(0);
    expect(entry.job).toMatchObject({ isRunning: false, stoppedBy: "shutdown", counts: { ended: 1, queued: 9 } });
  });

  it("begins nothing once it has stopped", async () => {
    await runner.stop();
    const id = await begin(4);
    expect(vi.getTimerCount()).toBe(0);
    expect(await read(id)).toMatchObject({ state: "cancelled", stoppedBy: "shutdown" });
  });

  it("runs two jobs beside each other", async () => {
    const [first, second] = [await begin(10), await begin(10)];
    for (let step = 0; step < 12; step += 1) await pass(first, 100);
    const [one, two] = [await read(first), await read(second)];
    expect([one.state, two.state]).toEqual(["finished", "finished"]);
    expect(one.progress.ended + two.progress.ended).toBe(10);
    expect(one.progress.skipped + two.progress.skipped).toBe(10);
  });
});
