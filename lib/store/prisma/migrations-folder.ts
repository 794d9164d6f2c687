import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { MigrationList } from "@prisma/schema-engine-wasm";

/** Reads `prisma/schema.prisma` below `rootDir`. */
export async function readSchema(rootDir: string): Promise<{ path: string; content: string }> {
  const path = join(rootDir, "prisma", "schema.prisma");
  return { path, content: await readFile(path, "utf8") };
}

/** Reads every migration below `rootDir`, oldest first, in the form the schema engine takes. */
export async function readMigrations(rootDir: string): Promise<MigrationList> {
  const baseDir = join(rootDir, "prisma", "migrations");
  const entries = await readdir(baseDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const migrationDirectories = await Promise.all(
    names.sort().map(async (name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: {
          tag: "ok" as const,
          value: await readFile(join(baseDir, name, "migration.sql"), "utf8"),
        },
      },
    })),
  );
  const lockfile = await readFile(join(baseDir, "migration_lock.toml"), "utf8");
  return {
    baseDir,
    lockfile: { path: "migration_lock.toml", content: lockfile },
    shadowDbInitScript: "",
    migrationDirectories,
  };
}
