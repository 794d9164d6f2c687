import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { terminationCalls } from "@/lib/testing/termination-calls";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";

describe("starting a termination", () => {
  let registry: TestRegistry;
  let terminations: ReturnType<typeof terminationCalls>;
  beforeEach(async () => {
    registry = await startTestRegistry();
    terminations = terminationCalls(registry);
    await terminations.openMany("s", 3);
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await registry.close();
  });

  /** What happens while the start looks where the log ends. */
  function meanwhile(happens: () => Promise<unknown>): void {
    const store = registry.runtime.context.store.terminations;
    const lastEventSeq = store.lastEventSeq.bind(store);
    vi.spyOn(store, "lastEventSeq").mockImplementationOnce(async () => {
      await happens();
      return lastEventSeq();
    });
  }

  it("begins nothing when others have taken the plan's place meanwhile", async () => {
    const { id } = await terminations.planned({ filter: {} });
    const job = terminations.jobOf(id);
    meanwhile(async () => {
      for (let plans = 0; plans < 40; plans += 1) await terminations.planned({ filter: {} });
    });
    expect(await terminations.start(id)).toMatchObject({ status: 404, body: { code: "termination_not_found" } });
    expect(job.isRunning).toBe(false);
  });

  it("begins once when another start comes first", async () => {
    const { id } = await terminations.planned({ filter: {} });
    let begun = 0;
    registry.runtime.context.terminations.onStart(() => (begun += 1));
    meanwhile(() => terminations.start(id));
    expect(await terminations.start(id)).toMatchObject({ status: 200, body: { state: "running" } });
    expect(begun).toBe(1);
  });
});
