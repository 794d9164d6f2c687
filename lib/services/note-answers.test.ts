import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { instanceCalls } from "@/lib/testing/instance-calls";
import { terminationCalls } from "@/lib/testing/termination-calls";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";

const MINUTE_MS = 60_000;

describe("what MCP servers answered to a termination", () => {
  let registry: TestRegistry;
  let calls: ReturnType<typeof instanceCalls>;
  let terminations: ReturnType<typeof terminationCalls>;
  beforeEach(async () => {
    registry = await startTestRegistry();
    calls = instanceCalls(registry);
    terminations = terminationCalls(registry);
    await calls.register("i", "boot", { pid: 4121 });
  });
  afterEach(() => registry.close());

  async function terminate(count: number): Promise<string> {
    await terminations.openMany("s", count, { instanceId: "i" });
    const { id } = await terminations.planned({ filter: {}, perSecond: 100 });
    await terminations.start(id);
    await terminations.run(id, 200);
    return id;
  }

  async function acknowledge(count: number): Promise<void> {
    const { body } = await calls.beat("i", "boot");
    const commands = body["commands"] as { id: string }[];
    await calls.beat("i", "boot", { acks: commands.slice(0, count).map(({ id }) => ({ id })) });
  }

  it("is counted whenever somebody asks first", async () => {
    const id = await terminate(3);
    await acknowledge(3);
    registry.time.advance(60 * MINUTE_MS);
    expect((await terminations.read(id)).progress).toMatchObject({ ended: 3, acknowledged: 3 });
  });

  it("is read until the last could have answered, and then no more", async () => {
    const id = await terminate(3);
    await acknowledge(1);
    expect((await terminations.read(id)).progress.acknowledged).toBe(1);
    await acknowledge(1);
    registry.time.advance(12 * MINUTE_MS);
    expect((await terminations.read(id)).progress.acknowledged).toBe(2);
    const entry = registry.runtime.context.terminations.find(id);
    const read = { ...entry?.details.readUpTo };
    await terminations.openMany("later", 1);
    await terminations.read(id);
    expect(entry?.details.readUpTo).toEqual(read);
  });
});
