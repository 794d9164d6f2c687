import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import type { SqlDriverAdapter } from "@prisma/driver-adapter-utils";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { assertDurability, createGuardedAdapter } from "./guarded-adapter";

const query = (sql: string) => ({ sql, args: [], argTypes: [] });

describe("createGuardedAdapter", () => {
  let folder: string;
  let path: string;
  const open: SqlDriverAdapter[] = [];
  const keep = (connection: SqlDriverAdapter): SqlDriverAdapter => {
    open.push(connection);
    return connection;
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "holdfast-test-"));
    path = join(folder, "holdfast.db");
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((connection) => connection.dispose()));
    rmSync(folder, { recursive: true });
  });

  it.each([
    ["journal_mode", "wal"],
    ["synchronous", "2"],
    ["foreign_keys", "1"],
  ])("opens every connection with %s=%s, also to a file that exists", async (pragma, expected) => {
    for (let opening = 0; opening < 3; opening += 1) {
      const connection = keep(await createGuardedAdapter(path).connect());
      const { rows } = await connection.queryRaw(query(`PRAGMA ${pragma}`));
      expect(String(rows[0]?.[0])).toBe(expected);
    }
  });

  it("waits no longer than a quarter of a second for a lock, since that blocks everything else", async () => {
    const connection = keep(await createGuardedAdapter(path).connect());
    const { rows } = await connection.queryRaw(query("PRAGMA busy_timeout"));
    expect(Number(rows[0]?.[0])).toBeGreaterThan(0);
    expect(Number(rows[0]?.[0])).toBeLessThanOrEqual(250);
  });

  it("refuses a database that cannot keep a write-ahead log", async () => {
    const connecting = createGuardedAdapter(":memory:").connect();
    await expect(connecting).rejects.toThrow("SQLite runs with journal_mode=memory, not wal");
  });

  it.each([
    ["PRAGMA synchronous = NORMAL", "SQLite runs with synchronous=1, not 2"],
    ["PRAGMA foreign_keys = OFF", "SQLite runs with foreign_keys=0, not 1"],
    ["PRAGMA journal_mode = DELETE", "SQLite runs with journal_mode=delete, not wal"],
  ])("refuses a connection after %s", async (script, message) => {
    const connection = keep(await new PrismaBetterSqlite3({ url: `file:${path}` }).connect());
    await connection.executeScript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
    await expect(assertDurability(connection)).resolves.toBeUndefined();
    await connection.executeScript(script);
    await expect(assertDurability(connection)).rejects.toThrow(message);
  });

  it("forgives a rollback of what SQLite has rolled back itself, and no other failure", async () => {
    const connection = keep(await createGuardedAdapter(path).connect());
    await connection.executeScript("CREATE TABLE t (x TEXT)");
    const transaction = await connection.startTransaction();
    await transaction.executeRaw(query("ROLLBACK"));
    await expect(transaction.executeRaw(query("ROLLBACK"))).resolves.toBe(0);
    await expect(transaction.executeRaw(query("INSERT INTO nowhere VALUES (1)"))).rejects.toThrow();
    await transaction.rollback();
  });
});
