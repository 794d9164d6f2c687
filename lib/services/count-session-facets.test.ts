import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";
import { countSessionFacets } from "./count-session-facets";

describe("facets that are kept for a while", () => {
  let registry: TestRegistry;
  beforeEach(async () => {
    registry = await startTestRegistry();
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await registry.close();
  });

  /** The counts that are made, each of which takes its time. */
  function counts(tookMs = 0) {
    const { store } = registry.runtime.context;
    const countFacets = store.countFacets.bind(store);
    return vi.spyOn(store, "countFacets").mockImplementation((query) => {
      registry.time.advance(tookMs);
      return countFacets(query);
    });
  }
  const ask = (query = "") => countSessionFacets(registry.runtime.context, { query });

  it("are ten seconds old at most, however long they took", async () => {
    const made = counts(3_000);
    await ask();
    registry.time.advance(9_999);
    await ask();
    expect(made).toHaveBeenCalledTimes(1);
    registry.time.advance(1);
    await ask();
    expect(made).toHaveBeenCalledTimes(2);
  });

  it("are counted once for all who ask meanwhile, however many other queries come in between", async () => {
    const made = counts();
    const queries = Array.from({ length: 60 }, (_, index) => `server:s-${String(index)}`);
    await Promise.all([...queries, ...queries].map(ask));
    expect(made).toHaveBeenCalledTimes(60);
  });

  it("make room for others once they are counted", async () => {
    const made = counts();
    await ask("server:first");
    for (let index = 0; index < 50; index += 1) await ask(`server:s-${String(index)}`);
    await ask("server:s-49");
    expect(made).toHaveBeenCalledTimes(51);
    await ask("server:first");
    expect(made).toHaveBeenCalledTimes(52);
  });
});
