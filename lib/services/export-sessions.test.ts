import { afterEach, beforeEach, expect, it } from "vitest";
import { terminationCalls } from "@/lib/testing/termination-calls";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";
import { exportSessions } from "./export-sessions";

let registry: TestRegistry;
beforeEach(async () => {
  registry = await startTestRegistry();
});
afterEach(() => registry.close());

it("reads no more than a hundred sessions in one go, and each once", async () => {
  const ids = await terminationCalls(registry).openMany("s", 250);
  const pages: string[][] = [];
  const query = { format: "jsonl", sort: "createdAt", order: "asc" } as const;
  for await (const page of exportSessions(registry.runtime.context, query)) pages.push(page.map(({ id }) => id));
  expect(pages.map(({ length }) => length)).toEqual([100, 100, 50]);
  expect(pages.flat()).toEqual(ids);
});
