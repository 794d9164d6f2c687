import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { instanceCalls } from "@/lib/testing/instance-calls";
import { terminationCalls } from "@/lib/testing/termination-calls";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";

describe("the time from a command to its answer", () => {
  let registry: TestRegistry;
  let calls: ReturnType<typeof instanceCalls>;
  let terminations: ReturnType<typeof terminationCalls>;
  let terminationId: string;
  beforeEach(async () => {
    registry = await startTestRegistry();
    calls = instanceCalls(registry);
    terminations = terminationCalls(registry);
    await calls.register("i", "boot");
    await calls.open("s", { instanceId: "i" });
    terminationId = (await terminations.planned({ filter: {} })).id;
    await terminations.start(terminationId);
    await terminations.run(terminationId, 100);
  });
  afterEach(() => registry.close());

  async function acknowledge(): Promise<void> {
    const { body } = await calls.beat("i", "boot");
    const acks = (body["commands"] as { id: string }[]).map(({ id }) => ({ id }));
    await calls.beat("i", "boot", { acks });
  }
  const recorded = async () => (await calls.events("s")).find(({ type }) => type === "command_acknowledged")?.data;
  const answered = async () => (await terminations.results(terminationId)).map(({ answer }) => answer?.elapsedMs);

  it("is none when the clock was set back in between", async () => {
    registry.time.jumpWall(-10_000);
    registry.time.clock.adoptJump();
    await acknowledge();
    expect(await recorded()).toMatchObject({ outcome: "done", elapsedMs: 0 });
    expect(await answered()).toEqual([0]);
  });

  it("is read as none where less was recorded once", async () => {
    await acknowledge();
    const database = new Database(join(registry.dataDir, "holdfast.db"));
    database.exec(`UPDATE "SessionEvent" SET "data" = json_set("data", '$.elapsedMs', -10000)
      WHERE "type" = 'command_acknowledged'`);
    database.close();
    expect(await recorded()).toMatchObject({ elapsedMs: -10_000 });
    expect(await answered()).toEqual([0]);
  });
});
