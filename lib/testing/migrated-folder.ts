import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrateDatabase } from "@/lib/store/prisma/migrate-database";

let template: Promise<Buffer> | undefined;

/** A new data folder with an empty, migrated database: migrated once per test file, then copied. */
export async function createMigratedFolder(): Promise<string> {
  const database = await (template ??= migrateTemplate());
  const folder = createFolder();
  writeFileSync(join(folder, "holdfast.db"), database);
  return folder;
}

async function migrateTemplate(): Promise<Buffer> {
  const folder = createFolder();
  const path = join(folder, "holdfast.db");
  await migrateDatabase(path, process.cwd());
  const database = readFileSync(path);
  rmSync(folder, { recursive: true });
  return database;
}

function createFolder(): string {
  return mkdtempSync(join(tmpdir(), "holdfast-test-"));
}
