import { rm } from "node:fs/promises";
import { describe } from "vitest";
import { createMigratedFolder } from "@/lib/testing/migrated-folder";
import type { FreshStore } from "../contract/store-fixture";
import { describeSessionStore } from "../session-store-contract";
import { openSessionStore } from "./open-session-store";

async function openFresh(): Promise<FreshStore> {
  const dataDir = await createMigratedFolder();
  const open = async () => (await openSessionStore({ dataDir, rootDir: process.cwd() })).store;
  let store = await open();
  return {
    store,
    reopen: async () => {
      await store.close();
      return (store = await open());
    },
    remove: async () => {
      await store.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

describe("PrismaSessionStore", () => {
  describeSessionStore(openFresh);
});
