import { afterEach, beforeEach, expect, it } from "vitest";
import type { SessionHealthHistory } from "@/lib/contract/health";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";

const DAY_MS = 86_400_000;

let registry: TestRegistry;
beforeEach(async () => {
  registry = await startTestRegistry();
});
afterEach(() => registry.close());

const restarts = async () => {
  const path = "/api/mcp/sessions/health/history?range=7d";
  return (await registry.call<SessionHealthHistory>("GET", path)).body.restarts;
};

it("marks where the registry came back, also when it was away for longer than the history shows", async () => {
  expect(await restarts()).toEqual([]);
  await registry.restart(8 * DAY_MS);
  const cameBack = new Date(registry.time.now()).toISOString();
  expect(await restarts()).toEqual([cameBack]);
  await registry.restart(DAY_MS);
  expect(await restarts()).toEqual([cameBack, new Date(registry.time.now()).toISOString()]);
});
