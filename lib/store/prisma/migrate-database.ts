import { existsSync, renameSync, rmSync } from "node:fs";
import Database from "better-sqlite3";
import type { MigrationList } from "@prisma/schema-engine-wasm";
import { StartupError } from "@/lib/domain/startup-error";
import { readMigrations, readSchema } from "./migrations-folder";
import { openSchemaEngine } from "./schema-engine";

/**
 * Brings the database file up to date and answers the migrations applied. They are applied to a copy that then takes
 * the file's place, so a process killed midway leaves the old database as it was.
 */
export async function migrateDatabase(databasePath: string, rootDir: string): Promise<string[]> {
  const migrations = await readMigrations(rootDir);
  const known = migrations.migrationDirectories.map(({ path }) => path);
  const applied = appliedMigrations(databasePath);
  const foreign = applied.find((name) => !known.includes(name));
  if (foreign !== undefined) {
    throw new StartupError(
      `The database ${databasePath} was written by a newer Holdfast (migration ${foreign}). Install that version or a later one.`,
    );
  }
  if (applied.length === known.length) return [];

  const copy = `${databasePath}.migrating`;
  removeDatabase(copy);
  if (existsSync(databasePath)) copyDatabase(databasePath, copy);
  const names = await applyMigrations(copy, rootDir, migrations);
  renameSync(copy, databasePath);
  return names;
}

function appliedMigrations(databasePath: string): string[] {
  if (!existsSync(databasePath)) return [];
  try {
    const database = new Database(databasePath, { fileMustExist: true });
    try {
      const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all();
      if (tables.length === 0) return [];
      if (!tables.includes("_prisma_migrations")) throw new Error("it holds somebody else's tables");
      const rows = database
        .prepare("SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL")
        .all();
      return (rows as { name: string }[]).map(({ name }) => name);
    } finally {
      database.close();
    }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new StartupError(`The database ${databasePath} cannot be opened: ${detail}`, { cause: error });
  }
}

function copyDatabase(from: string, to: string): void {
  const database = new Database(from, { fileMustExist: true });
  try {
    database.prepare("VACUUM INTO ?").run(to);
    database.pragma("wal_checkpoint(TRUNCATE)");
  } finally {
    database.close();
  }
  removeSideFiles(from);
}

async function applyMigrations(path: string, rootDir: string, migrationsList: MigrationList): Promise<string[]> {
  const { engine, close } = await openSchemaEngine(await readSchema(rootDir), `file:${path}`);
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList,
      filters: { externalTables: [], externalEnums: [] },
    });
    return appliedMigrationNames;
  } finally {
    await close();
    removeSideFiles(path);
  }
}

function removeDatabase(path: string): void {
  rmSync(path, { force: true });
  removeSideFiles(path);
}

/** Left over only when empty or belonging to a file that is gone. */
function removeSideFiles(path: string): void {
  for (const suffix of ["-wal", "-shm", "-journal"]) rmSync(`${path}${suffix}`, { force: true });
}
