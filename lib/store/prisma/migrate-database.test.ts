import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isStartupError } from "@/lib/domain/startup-error";
import { migrateDatabase } from "./migrate-database";

const ROOT = process.cwd();
const ENDLESS =
  "CREATE TABLE never AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT max(x) FROM c;";
const MIGRATOR = `
  import { migrateDatabase } from "./lib/store/prisma/migrate-database.ts";
  await migrateDatabase(process.argv[1], process.argv[2]);
`;

describe("migrateDatabase", () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "holdfast-test-"));
    path = join(folder, "holdfast.db");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** A project whose migrations are ours and then one more. */
  function projectWith(sql: string): string {
    const rootDir = join(folder, "project");
    cpSync(join(ROOT, "prisma"), join(rootDir, "prisma"), { recursive: true });
    const migration = join(rootDir, "prisma", "migrations", "29990101000000_more");
    mkdirSync(migration);
    writeFileSync(join(migration, "migration.sql"), sql);
    return rootDir;
  }

  function inDatabase<Result>(query: (database: Database.Database) => Result): Result {
    const database = new Database(path);
    try {
      return query(database);
    } finally {
      database.close();
    }
  }

  function addServer(name: string): void {
    inDatabase((database) => database.prepare(`INSERT INTO "Server" ("name", "createdAt") VALUES (?, 1)`).run(name));
  }

  function serverNames(): unknown[] {
    return inDatabase((database) => database.prepare(`SELECT "name" FROM "Server"`).pluck().all());
  }

  async function refusal(): Promise<string> {
    const error: unknown = await migrateDatabase(path, ROOT).catch((reason: unknown) => reason);
    expect(isStartupError(error)).toBe(true);
    return (error as Error).message;
  }

  it("makes a new database from nothing and names what it applied", async () => {
    expect(await migrateDatabase(path, ROOT)).toEqual([
      expect.stringMatching(/_foundation$/),
      expect.stringMatching(/_session_content$/),
      expect.stringMatching(/_lifecycle$/),
    ]);
    addServer("notes");
    expect(serverNames()).toEqual(["notes"]);
    expect(existsSync(`${path}.migrating`)).toBe(false);
  });

  it("leaves a database alone that has everything", async () => {
    await migrateDatabase(path, ROOT);
    addServer("notes");
    const before = readFileSync(path);
    expect(await migrateDatabase(path, ROOT)).toEqual([]);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it("brings an older database up to date and keeps what is in it, also what only its log holds", async () => {
    await migrateDatabase(path, ROOT);
    const writer = new Database(path);
    writer.pragma("journal_mode = WAL");
    writer.pragma("wal_autocheckpoint = 0");
    writer.exec(`INSERT INTO "Server" ("name", "createdAt") VALUES ('in-the-log', 1)`);
    const log = readFileSync(`${path}-wal`);
    writer.close();
    writeFileSync(`${path}-wal`, log);
    const rootDir = projectWith(`ALTER TABLE "Server" ADD COLUMN "note" TEXT;`);
    expect(await migrateDatabase(path, rootDir)).toEqual(["29990101000000_more"]);
    expect(inDatabase((database) => database.prepare(`SELECT "name", "note" FROM "Server"`).all())).toEqual([
      { name: "in-the-log", note: null },
    ]);
  });

  it("leaves the old database as it was when it is killed midway, and starts over the next time", async () => {
    await migrateDatabase(path, ROOT);
    addServer("notes");
    const rootDir = projectWith(ENDLESS);
    const args = ["--import", "tsx", "--input-type=module", "--eval", MIGRATOR, path, rootDir];
    const seesCopy = new AbortController();
    const copying = new Promise<void>((resolve) => {
      watch(folder, { signal: seesCopy.signal }, (_, name) => {
        if (name === "holdfast.db.migrating") resolve();
      });
    });
    const migrator = spawn(process.execPath, args, { stdio: "inherit" });
    await copying;
    seesCopy.abort();
    migrator.kill("SIGKILL");
    await once(migrator, "exit");
    expect(serverNames()).toEqual(["notes"]);
    rmSync(rootDir, { recursive: true });
    expect(await migrateDatabase(path, projectWith("CREATE TABLE fine (x TEXT);"))).toEqual(["29990101000000_more"]);
    expect(serverNames()).toEqual(["notes"]);
  });

  it("leaves the old database as it was when a migration fails", async () => {
    await migrateDatabase(path, ROOT);
    addServer("notes");
    const failing = migrateDatabase(path, projectWith("CREATE TABLE half (x TEXT); SELECT nonsense;"));
    await expect(failing).rejects.toThrow();
    expect(inDatabase((database) => database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'half'").all())).toEqual(
      [],
    );
    expect(await migrateDatabase(path, ROOT)).toEqual([]);
  });

  it("refuses a database of a newer version in words", async () => {
    await migrateDatabase(path, projectWith("CREATE TABLE later (x TEXT);"));
    expect(await refusal()).toMatch(/was written by a newer Holdfast \(migration 29990101000000_more\)/);
  });

  it("refuses a file that is no database in words, and leaves it alone", async () => {
    writeFileSync(path, "This is somebody's letter, not a database. ".repeat(200));
    expect(await refusal()).toContain(`The database ${path} cannot be opened`);
    expect(readFileSync(path, "utf8")).toMatch(/^This is somebody's letter/);
  });

  it("refuses somebody else's database in words, and leaves it alone", async () => {
    inDatabase((database) => database.exec("CREATE TABLE theirs (x TEXT); INSERT INTO theirs VALUES ('precious')"));
    expect(await refusal()).toBe(`The database ${path} cannot be opened: it holds somebody else's tables`);
    expect(inDatabase((database) => database.prepare("SELECT x FROM theirs").pluck().all())).toEqual(["precious"]);
  });
});
