import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createMigratedFolder } from "@/lib/testing/migrated-folder";
import { sampleFacts } from "../contract/sample-facts";
import { beatOf, START } from "../contract/store-fixture";
import type { SessionStore } from "../session-store";
import { type Client, openConnection } from "./connection";
import { PrismaSessionStore } from "./prisma-session-store";

const TABLES = ["Server", "Session", "SessionActivity", "SessionEvent", "Command"];

describe("storage trouble", () => {
  let folder: string;
  let databasePath: string;
  let writer: Client;
  let store: SessionStore;
  let heard: number;

  beforeEach(async () => {
    folder = await createMigratedFolder();
    databasePath = join(folder, "holdfast.db");
    writer = await openConnection(databasePath);
    const reader = await openConnection(databasePath);
    store = new PrismaSessionStore({ writer, reader, databasePath, release: () => undefined });
    heard = 0;
    store.onCommit((changes) => (heard += changes.length));
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  const create = (id: string, bytes = 0) => {
    const clientInfo = { name: "x".repeat(bytes) };
    return store.createSession({ facts: sampleFacts({ id, clientInfo }), idempotency: null, now: START });
  };
  const terminate = (id: string, detail: string) =>
    store.endSession({ id, as: "terminated", reason: "operator_terminated", detail, commandId: `c-${id}`, now: START });

  function rowCounts(): unknown[] {
    const database = new Database(databasePath, { readonly: true });
    const counts = TABLES.map((table) => database.prepare(`SELECT count(*) FROM "${table}"`).pluck().get());
    database.close();
    return counts;
  }

  describe("a full disk", () => {
    /** The database may not grow by a single page more. */
    const fill = () => writer.$queryRawUnsafe("PRAGMA max_page_count = 1");
    const free = () => writer.$queryRawUnsafe("PRAGMA max_page_count = 1073741823");

    it("refuses what does not fit as storage_full, writes none of it, and recovers by itself", async () => {
      await create("before");
      const before = rowCounts();
      await fill();
      await expect(create("large", 100_000)).rejects.toMatchObject({ code: "storage_full" });
      expect(rowCounts()).toEqual(before);
      await expect(store.findSession("large")).resolves.toBeNull();
      await free();
      await expect(create("large", 100_000)).resolves.toMatchObject({ outcome: "created" });
    });

    it("refuses all writes of the commit that did not fit, so that each can be repeated", async () => {
      await create("before");
      const before = rowCounts();
      await fill();
      const settled = await Promise.allSettled([
        store.recordBeats([beatOf("before", { requests: 1 })], START),
        create("large", 100_000),
        terminate("before", "why"),
      ]);
      expect(settled).toMatchObject(Array(3).fill({ status: "rejected", reason: { code: "storage_full" } }));
      expect(rowCounts()).toEqual(before);
      expect(await store.findSession("before")).toMatchObject({ status: "active", activity: { requestCount: 0 } });
      await free();
      expect(await terminate("before", "why")).toMatchObject({ outcome: "won" });
    });

    it("tells nobody of a commit that did not happen", async () => {
      await fill();
      await create("large", 100_000).catch(() => undefined);
      expect(heard).toBe(0);
    });

    it("still takes what needs no room", async () => {
      await create("before");
      await fill();
      await create("large", 100_000).catch(() => undefined);
      const outcomes = await store.recordBeats([beatOf("before", { activityAt: START + 5 })], START + 5);
      expect(outcomes).toEqual([{ outcome: "ok", deadlineAt: START + 60_005 }]);
      await expect(store.ping()).resolves.toBeUndefined();
    });
  });

  describe("a database that another process holds", () => {
    let intruder: Database.Database;
    beforeEach(() => {
      intruder = new Database(databasePath);
    });
    afterEach(() => {
      intruder.close();
    });

    it("refuses writes as storage_busy, still reads, and recovers by itself", async () => {
      await create("before");
      const before = rowCounts();
      intruder.exec("BEGIN IMMEDIATE");
      const settled = await Promise.allSettled([create("during"), terminate("before", "why")]);
      expect(settled).toMatchObject(Array(2).fill({ status: "rejected", reason: { code: "storage_busy" } }));
      expect(await store.findSession("before")).toMatchObject({ status: "active" });
      intruder.exec("ROLLBACK");
      expect(rowCounts()).toEqual(before);
      await expect(create("during")).resolves.toMatchObject({ outcome: "created" });
      await expect(terminate("before", "why")).resolves.toMatchObject({ outcome: "won" });
    });

    it("gives up within half a second, since waiting blocks everything else", async () => {
      intruder.exec("BEGIN IMMEDIATE");
      const begin = performance.now();
      await create("during").catch(() => undefined);
      expect(performance.now() - begin).toBeLessThan(500);
    });
  });

  it("refuses a database whose file is damaged as storage_unavailable, not as a fault of its own", async () => {
    await create("before");
    const root = await writer.$queryRawUnsafe<{ rootpage: bigint }[]>(
      `SELECT rootpage FROM sqlite_master WHERE name = 'SessionEvent'`,
    );
    await writer.$queryRawUnsafe("PRAGMA wal_checkpoint(TRUNCATE)");
    const file = openSync(databasePath, "r+");
    writeSync(file, Buffer.alloc(4_096, 0xff), 0, 4_096, (Number(root[0]?.rootpage) - 1) * 4_096);
    closeSync(file);
    const fresh = await openConnection(databasePath);
    const damaged = new PrismaSessionStore({
      ...{ writer: fresh, reader: fresh, databasePath },
      release: () => undefined,
    });
    const input = { facts: sampleFacts({ id: "after" }), idempotency: null, now: START };
    await expect(damaged.createSession(input)).rejects.toMatchObject({ code: "storage_unavailable" });
    await expect(damaged.listEvents("before", { after: 0, limit: 1 })).rejects.toMatchObject({
      code: "storage_unavailable",
    });
    await expect(damaged.findSession("after")).resolves.toBeNull();
    await damaged.close();
  });
});
