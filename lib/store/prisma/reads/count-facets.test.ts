import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { SessionFacets } from "@/lib/contract/session-list";
import { instanceCalls } from "@/lib/testing/instance-calls";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";

let registry: TestRegistry;
beforeEach(async () => {
  registry = await startTestRegistry();
});
afterEach(() => registry.close());

const clientFacet = async () =>
  (await registry.call<SessionFacets>("GET", "/api/mcp/sessions/facets")).body.facets.client;

it("counts no client without a name, as no query could ask for it", async () => {
  const { open } = instanceCalls(registry);
  await open("named", { clientInfo: { name: "atlas" } });
  await open("empty", { clientInfo: { name: "" } });
  await open("control", { clientInfo: { name: "\u0007" } });
  expect(await clientFacet()).toEqual([{ value: "atlas", count: 1 }]);
});

it("counts no client whose empty name was stored once", async () => {
  await instanceCalls(registry).open("early", { clientInfo: { name: "atlas" } });
  const database = new Database(join(registry.dataDir, "holdfast.db"));
  database.exec(`UPDATE "Session" SET "clientName" = ''`);
  database.close();
  expect(await clientFacet()).toEqual([]);
});
